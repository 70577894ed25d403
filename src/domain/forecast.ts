/** A mark of the term with the weight that the journal gives it; 1 where it gives none. */
export interface WeighedMark {
  readonly value: number;
  readonly weight: number | null;
}

export interface ForecastTerms {
  /** The least means for 5, 4 and 3, highest first. */
  readonly thresholds: readonly [number, number, number];
  readonly leastMarks: number;
}

/** What the final mark would be if the term ended now (Регламент, п. 3; rules.md § 6). Never a final mark. */
export interface Forecast {
  readonly mark: number;
  readonly mean: number;
  /** How many marks it rests on. */
  readonly marks: number;
  /** The next better mark, and how many marks of that value and of weight 1 lead to it; null at the top. */
  readonly next: { readonly mark: number; readonly needed: number } | null;
}

const grades = [5, 4, 3] as const;
const lowest = 2;
const tolerance = 1e-9;

/** The weighted mean; null without a mark that counts. Marks whose weight is zero or senseless count for nothing. */
export function meanOf(marks: readonly WeighedMark[]): number | null {
  const { sum, weight } = weigh(marks);
  return weight > 0 ? sum / weight : null;
}

/** Null with fewer than `leastMarks` marks, or where the thresholds do not suit the school's scale (they are those of five marks). */
export function forecastOf(marks: readonly WeighedMark[], { thresholds, leastMarks }: ForecastTerms): Forecast | null {
  const { sum, weight, count } = weigh(marks);
  if (weight === 0 || count < Math.max(1, leastMarks)) return null;
  const reached = thresholds.findIndex((threshold) => sum >= threshold * weight - tolerance);
  const mark = grades[reached] ?? lowest;
  const next = reached === 0 ? null : step(sum, weight, thresholds, reached);
  return { mark, mean: sum / weight, marks: count, next };
}

function step(sum: number, weight: number, thresholds: readonly number[], reached: number): Forecast["next"] {
  const place = reached === -1 ? grades.length - 1 : reached - 1;
  const mark = grades[place];
  const threshold = thresholds[place];
  if (mark === undefined || threshold === undefined || mark - threshold <= tolerance) return null;
  return { mark, needed: Math.ceil((threshold * weight - sum) / (mark - threshold) - tolerance) };
}

function weigh(marks: readonly WeighedMark[]): { sum: number; weight: number; count: number } {
  const counted = marks
    .map(({ value, weight }) => ({ value, weight: weight ?? 1 }))
    .filter(({ weight }) => weight > 0 && Number.isFinite(weight));
  return {
    sum: counted.reduce((sum, { value, weight }) => sum + value * weight, 0),
    weight: counted.reduce((sum, { weight }) => sum + weight, 0),
    count: counted.length,
  };
}
