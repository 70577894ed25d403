import { counts, isFailed, isUnassessed, type Result } from "./result.ts";

/** How a pupil ends a term, by the worst of the results. */
export type Standing = "excellent" | "good" | "passing" | "failing" | "unassessed";

export interface PupilStanding {
  readonly standing: Standing;
  /** Only 4 and 5. */
  readonly quality: boolean;
  /** Neither «2» nor unassessed. */
  readonly success: boolean;
  readonly unassessed: boolean;
  readonly failed: boolean;
  /** The one mark that keeps the pupil out of the better group, by its place in the results; null where there are several or none. */
  readonly lone: number | null;
}

/** Null for a pupil without any result that counts. */
export function standingOf(results: readonly Result[]): PupilStanding | null {
  const own = results.filter(counts);
  if (own.length === 0) return null;
  const failed = own.some(isFailed);
  const unassessed = own.some(isUnassessed);
  const marks = own.flatMap(({ value }) => value ?? []);
  const success = !failed && !unassessed;
  const quality = success && marks.length > 0 && marks.every((mark) => mark >= 4);
  const standing: Standing = failed
    ? "failing"
    : unassessed
      ? "unassessed"
      : !quality
        ? "passing"
        : marks.every((mark) => mark === 5)
          ? "excellent"
          : "good";
  const hindering = standing === "passing" ? 3 : standing === "good" ? 4 : null;
  const places = results.flatMap(({ value }, place) => (hindering !== null && value === hindering ? [place] : []));
  return { standing, quality, success, unassessed, failed, lone: places.length === 1 ? (places[0] ?? null) : null };
}
