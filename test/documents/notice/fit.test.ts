import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstTrial, nextTrial, type Trial } from "../../../src/documents/notice/fit.ts";
import { bareFacts, fullFacts, usualFacts } from "../../domain/notice/sample.ts";
import { compose } from "./orders.ts";

const room = 671;
const sheetOf = (notice = compose(usualFacts()), post: { addressee: string; address: string } | null = null) => ({
  id: 1,
  notice,
  post,
});
const post = { addressee: "Берёзкиной О. В.", address: "Город" };

/** Tries until nothing changes, where a notice is so tall in each size. */
function settle(sheet: ReturnType<typeof sheetOf>, tall: (size: number) => number) {
  const tried: (number | null)[] = [];
  let trial: Trial = firstTrial(sheet);
  for (;;) {
    tried.push(trial.size);
    if (tried.length > 40) throw new Error(`no end: ${tried}`);
    const next = nextTrial(trial, trial.size === null ? null : { tall: tall(trial.size), room });
    if (next === trial) return { size: trial.size, tried };
    trial = next;
  }
}

describe("the size of type of a notice", () => {
  it("is the usual one for a short notice, a smaller one the more it says", () => {
    const sizes = [bareFacts(), usualFacts(), fullFacts(14, 5)].map((one) => firstTrial(sheetOf(compose(one))).size);
    expect(sizes[0]).toBe(11.5);
    expect(sizes[1]).toBe(11.5);
    expect(sizes[2]).toBeLessThan(11);
  });

  it("is larger in large print, and never below its least", () => {
    expect(firstTrial(sheetOf(compose(bareFacts(), { largePrint: true }))).size).toBe(18);
    expect(firstTrial(sheetOf(compose(fullFacts(20, 60), { largePrint: true }))).size).toBe(15);
    expect(firstTrial(sheetOf(compose(fullFacts(20, 60)))).size).toBe(7);
    expect(firstTrial(sheetOf(compose(fullFacts(20, 60)), post)).size).toBe(8.5);
  });

  it("is found by few layouts, and fits, and leaves little of the page empty", () => {
    const heights = fc.record({
      usual: fc.integer({ min: 100, max: 3000 }),
      power: fc.double({ min: 1, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(heights, fc.boolean(), ({ usual, power }, largePrint) => {
        const height = (size: number) => usual * (size / 11.5) ** power;
        const { size, tried } = settle(sheetOf(compose(usualFacts(), { largePrint })), height);
        expect(tried.length).toBeLessThanOrEqual(9);
        if (size === null) expect(height(tried[0] ?? 0)).toBeGreaterThan(room);
        else expect(height(size)).toBeLessThanOrEqual(room);
        // Text fills an area.
        if (size !== null && size + 1.5 <= 11.5 && power > 1.8 && power < 2.2)
          expect(height(size) >= 0.75 * room || height(size + 1.5) > room).toBe(true);
      }),
    );
  });

  it("is measured where the notice stands when none fits, or when the template tells nothing", () => {
    expect(settle(sheetOf(), () => 2000).size).toBeNull();
    expect(nextTrial(firstTrial(sheetOf()), null).size).toBeNull();
    const measured = { ...firstTrial(sheetOf()), size: null };
    expect(nextTrial(measured, { tall: 1, room })).toBe(measured);
  });

  it("stays when the notice fills three quarters of its page, and grows below that", () => {
    const trial = { sheet: sheetOf(), size: 9, fits: null, tooLarge: 12 };
    expect(nextTrial(trial, { tall: 0.76 * room, room })).toBe(trial);
    expect(nextTrial(trial, { tall: 0.7 * room, room }).size).toBeGreaterThan(9);
  });

  it("is a smaller one when only the slip found no room", () => {
    const first = firstTrial(sheetOf(compose(bareFacts())));
    expect(nextTrial(first, { tall: 660, room: null }).size).toBeLessThan(first.size ?? 0);
  });

  it("remembers the largest that stood well, and never goes below it again", () => {
    const sheet = sheetOf();
    const grown = nextTrial({ sheet, size: 9, fits: null, tooLarge: 12 }, { tall: 300, room });
    expect(grown.fits).toBe(9);
    expect(grown.size).toBeGreaterThan(9);
    expect(nextTrial(grown, { tall: 5000, room })).toMatchObject({ size: 9, fits: 9, tooLarge: grown.size });
  });

  it("goes back to the one that stood well when a larger one did not", () => {
    const height = (size: number) => (size >= 10 ? 900 : 500);
    const { size, tried } = settle(sheetOf(), height);
    expect(size).toBe(9.5);
    expect(tried.at(-1)).toBe(9.5);
  });
});
