import fc from "fast-check";
import { expect, it } from "vitest";
import { ahead } from "../../src/domain/ahead.ts";

it("answers every item in its order, and never asks further ahead than it may", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer(), { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (items, depth) => {
        let [asked, taken] = [0, 0];
        const fetch = async (item: number) => {
          asked += 1;
          return item;
        };
        const results: number[] = [];
        for await (const result of ahead(items, depth, fetch)) {
          results.push(result);
          taken += 1;
          expect(asked).toBe(Math.min(items.length, taken + depth));
        }
        expect(results).toEqual(items);
      },
    ),
  );
});

it("throws what went wrong when its turn comes, not before", async () => {
  const seen: number[] = [];
  const read = async () => {
    for await (const result of ahead([1, 2, 3, 4], 2, async (item) => {
      if (item === 3) throw new Error("the third");
      return item;
    }))
      seen.push(result);
  };
  await expect(read()).rejects.toThrow("the third");
  expect(seen).toEqual([1, 2]);
});
