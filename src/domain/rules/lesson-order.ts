import type { LessonFact } from "../facts.ts";

/** Lessons that were moved to another day keep their number: so many may stand out of order. */
const strays = 0.01;

/**
 * The order of lessons in a day. The journal does not tell which lesson was the first (avers-protocol.md § 4), but where the timetable makes the
 * rows, their numbers follow the calendar, and then they follow the day as well. Null where they do not: then nobody knows the order.
 */
export function orderOf(lessons: readonly LessonFact[]): ((one: LessonFact, other: LessonFact) => number) | null {
  if (!lessons.every(({ externalId }) => /^\d{1,15}$/.test(externalId))) return null;
  const byNumber = (one: LessonFact, other: LessonFact) => Number(one.externalId) - Number(other.externalId);
  const ordered = lessons.toSorted(byNumber);
  let backwards = 0;
  for (const [index, { date }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined && date < before.date) backwards += 1;
  }
  return backwards <= strays * lessons.length ? byNumber : null;
}
