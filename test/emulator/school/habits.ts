import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { moment } from "./days.ts";
import type { Habit } from "./model.ts";
import type { Random } from "./random.ts";

const HOUR = 60;

/** When a teacher of this habit records what happened at a lesson; null is never. */
export function recordedAt(random: Random, habit: Habit, day: IsoDate, endsAt: EpochMs): EpochMs | null {
  const sameDay = endsAt + random.between(1, 90) * 60_000;
  // The look-alike of a violation: minutes before midnight, and in time all the same.
  const lastMinutes = moment(day, 24 * HOUR - random.between(1, 4));
  const later = moment(day, 24 * HOUR) + random.between(1, 60 * HOUR) * 60_000;
  switch (habit) {
    case "punctual":
      return random.chance(0.06) ? lastMinutes : sameDay;
    case "late":
      return random.chance(0.25) ? later : random.chance(0.3) ? lastMinutes : sameDay;
    case "forgetful":
      return random.chance(0.07) ? null : random.chance(0.08) ? later : sameDay;
    default:
      return random.chance(0.04) ? later : sameDay;
  }
}

/** When a mark is entered: within `days` after its lesson for the punctual, sometimes on the deadline's very evening, sometimes after it. */
export function markedAt(random: Random, habit: Habit, day: IsoDate, endsAt: EpochMs, days: number): EpochMs | null {
  const soon = endsAt + random.between(5, 6 * HOUR) * 60_000;
  const lastEvening = moment(day, (days + 1) * 24 * HOUR - random.between(1, 4));
  const inSpan = moment(day, random.between(1, days) * 24 * HOUR + random.between(9 * HOUR, 20 * HOUR));
  const later = moment(day, (days + 1) * 24 * HOUR) + random.between(2, 6 * 24 * HOUR) * 60_000;
  switch (habit) {
    case "punctual":
      return random.chance(0.05) ? lastEvening : random.chance(0.5) ? soon : inSpan;
    case "late":
      return random.chance(0.2) ? later : random.chance(0.2) ? lastEvening : inSpan;
    case "forgetful":
      return random.chance(0.08) ? null : random.chance(0.1) ? later : inSpan;
    default:
      return random.chance(0.04) ? later : inSpan;
  }
}
