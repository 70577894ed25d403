import { describe, expect, it } from "vitest";
import { sideBySide } from "../../src/sync/side-by-side.ts";

describe("work side by side", () => {
  it("answers in the order of the items, with no more in hand than the width", async () => {
    let inHand = 0;
    let most = 0;
    const gates = [3, 1, 2, 0].map(() => Promise.withResolvers<void>());
    const done = sideBySide([0, 1, 2, 3], 2, async (item) => {
      inHand += 1;
      most = Math.max(most, inHand);
      await gates[item]?.promise;
      inHand -= 1;
      return item * 10;
    });
    for (const place of [1, 2, 0, 3]) gates[place]?.resolve();
    expect(await done).toEqual([0, 10, 20, 30]);
    expect(most).toBe(2);
  });

  it("begins nothing after a failure, and throws it when what is in hand has ended", async () => {
    const begun: number[] = [];
    const slow = Promise.withResolvers<void>();
    let ended = false;
    const done = sideBySide([0, 1, 2, 3], 2, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("broken");
      await slow.promise;
      ended = true;
    });
    slow.resolve();
    await expect(done).rejects.toThrow("broken");
    expect(ended).toBe(true);
    expect(begun).toEqual([0, 1]);
  });
});
