import { type ForecastTerms, forecastOf, type WeighedMark } from "../forecast.ts";

/** A mean that lies near a threshold of the forecast. */
export interface Between {
  readonly lower: number;
  readonly upper: number;
  readonly mean: number;
  /** How many marks of the value `upper` lead to it; null where it is reached. */
  readonly needed: number | null;
}

const tolerance = 1e-9;

/** Whether the mean of the marks is at most `near` from a threshold, on either side of it. The better one where two are as near. */
export function betweenMarks(marks: readonly WeighedMark[], terms: ForecastTerms, near: number): Between | null {
  const forecast = forecastOf(marks, terms);
  if (forecast === null) return null;
  const { mean, mark, next } = forecast;
  const place = terms.thresholds.findIndex((threshold) => Math.abs(mean - threshold) <= near + tolerance);
  if (place === -1) return null;
  const upper = 5 - place;
  return { lower: upper - 1, upper, mean, needed: mark < upper && next?.mark === upper ? next.needed : null };
}
