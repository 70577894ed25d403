import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ForecastTerms, forecastOf, meanOf, type WeighedMark } from "../../src/domain/forecast.ts";

const usual: ForecastTerms = { thresholds: [4.5, 3.5, 2.5], leastMarks: 3 };
const strict: ForecastTerms = { thresholds: [4.65, 3.65, 2.65], leastMarks: 3 };
const sixty: ForecastTerms = { thresholds: [4.6, 3.6, 2.6], leastMarks: 3 };

/** `54` is 5 and 4; a mark with a weight is `5*2`. */
function marks(text: string): WeighedMark[] {
  return (text.match(/\d(\*[\d.]+)?/g) ?? []).map((mark) => {
    const [value, weight] = mark.split("*");
    return { value: Number(value), weight: weight === undefined ? null : Number(weight) };
  });
}

// Computed by hand: sum and weight, the mark, then how many marks of the next better value and weight 1 lift the mean to its threshold.
const cases: readonly (readonly [terms: ForecastTerms, marks: string, mark: number | null, next: string | null])[] = [
  [usual, "", null, null], // nothing
  [usual, "5", null, null], // fewer than three
  [usual, "55", null, null],
  [usual, "555", 5, null], // 15 / 3
  [usual, "554", 5, null], // 4.67
  [usual, "544", 4, "1×5"], // 13 / 3 = 4.33; 18 / 4 = 4.5
  [usual, "444", 4, "3×5"], // 12 + 15 = 27 / 6 = 4.5
  [usual, "4444", 4, "4×5"], // 16 + 20 = 36 / 8
  [usual, "5544", 5, null], // 18 / 4 = 4.5 exactly
  [usual, "5444", 4, "2×5"], // 17 / 4; 27 / 6 = 4.5
  [usual, "443", 4, "5×5"], // 11 / 3; 36 / 8 = 4.5
  [usual, "433", 3, "1×4"], // 10 / 3; 14 / 4 = 3.5
  [usual, "4433", 4, "8×5"], // 14 / 4 = 3.5 exactly; 18 + … : 14 + 5n ≥ 4.5 (4 + n), n = 8
  [usual, "333", 3, "3×4"], // 9 + 12 = 21 / 6
  [usual, "3333", 3, "4×4"],
  [usual, "543", 4, "3×5"], // 12 / 3 = 4
  [usual, "553", 4, "1×5"], // 13 / 3 = 4.33
  [usual, "552", 4, "3×5"], // 12 / 3
  [usual, "322", 2, "1×3"], // 7 / 3 = 2.33; 10 / 4 = 2.5
  [usual, "222", 2, "3×3"], // 6 + 9 = 15 / 6 = 2.5
  [usual, "3322", 3, "8×4"], // 10 / 4 = 2.5 exactly; 10 + 4n ≥ 3.5 (4 + n), n = 8
  [usual, "522", 3, "3×4"], // 9 / 3 = 3; 21 / 6
  [usual, "111", 2, "9×3"], // below 2.5 is 2: 3 + 3n ≥ 2.5 (3 + n), n = 9
  [usual, "234", 3, "3×4"], // 9 / 3
  [usual, "5*2 4 4", 5, null], // 18 / 4 = 4.5
  [usual, "5 4*2 4", 4, "2×5"], // 17 / 4
  [usual, "3*3 5 5", 4, "7×5"], // 19 / 5 = 3.8; 19 + 5n ≥ 4.5 (5 + n): 0.5 n ≥ 3.5
  [usual, "5*0 5 5", null, null], // a weight of nothing is no mark
  [usual, "5*0 4 4 4", 4, "3×5"],
  [usual, "5*0.5 4*0.5 4*0.5", 4, "1×5"], // 6.5 / 1.5 = 4.33; 11.5 / 2.5 = 4.6
  [strict, "5544", 4, "2×5"], // 4.5 < 4.65; 18 + 5n ≥ 4.65 (4 + n): 0.35 n ≥ 0.6
  [strict, "554", 5, null], // 4.667
  [sixty, "55544", 5, null], // 23 / 5 = 4.6 exactly
  [sixty, "5544", 4, "1×5"], // 23 / 5 = 4.6 exactly
  [sixty, "44433", 4, "13×5"], // 18 / 5 = 3.6 exactly; 18 + 5n ≥ 4.6 (5 + n): 0.4 n ≥ 5
  [sixty, "4433", 3, "1×4"], // 18 / 5 = 3.6
];

describe("forecast (Регламент 3)", () => {
  it.each(cases)("%j of %s is %s, better by %s", (terms, text, mark, next) => {
    const forecast = forecastOf(marks(text), terms);
    expect(forecast?.mark ?? null).toBe(mark);
    expect(forecast?.next ? `${forecast.next.needed}×${forecast.next.mark}` : null).toBe(next);
  });

  it("tells on how many marks it rests", () => {
    expect(forecastOf(marks("5 4 3*2"), usual)).toMatchObject({ marks: 3, mean: 3.75 });
  });

  it("has no mean without marks", () => {
    expect(meanOf([])).toBeNull();
    expect(meanOf(marks("5*0"))).toBeNull();
  });

  it("promises exactly the least number of marks that is enough", () => {
    const mark = fc.record({ value: fc.integer({ min: 1, max: 5 }), weight: fc.constantFrom(null, 0, 0.5, 1, 2, 3) });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 20 }), fc.constantFrom(usual, strict, sixty), (list, terms) => {
        const now = forecastOf(list, terms);
        if (now?.next == null) return;
        const { mark: goal, needed } = now.next;
        const more = (count: number) => [
          ...list,
          ...Array.from({ length: count }, () => ({ value: goal, weight: null })),
        ];
        expect(forecastOf(more(needed), terms)?.mark).toBe(goal);
        expect(forecastOf(more(needed - 1), terms)?.mark).toBe(now.mark);
      }),
    );
  });
});
