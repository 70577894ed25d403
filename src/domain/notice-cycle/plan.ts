import { isWorkingDay, nextWorkingDay } from "../calendar.ts";
import { addDays, earlierDay } from "../days.ts";
import type { IsoDate } from "../time.ts";
import { lastNoticeDay, lastWorkingDay, type NoticeCounting, workingDayAfter } from "./counting.ts";
import { nextRhythmDay, type Rhythm } from "./rhythm.ts";

export interface CycleTerms {
  readonly counting: NoticeCounting;
  readonly rhythm: Rhythm;
  /** The most days between two notices; school time as counted. */
  readonly days: number;
  /** Working days until a new family has its first one. */
  readonly firstDays: number;
}

/** The day on which a notice is to be composed, and the last one on which it is in time. */
export interface NoticePlan {
  readonly on: IsoDate;
  readonly limit: IsoDate;
  /** `early`: waiting for the rhythm would be over the limit. */
  readonly why: "first" | "rhythm" | "early";
}

/** So soon after the last one a day of the rhythm is passed over, when the next is still in time. */
const TOO_SOON_DAYS = 2;

/** The next notice of a family whose last one was composed on `composedOn`; its days are counted from `countsFrom`, see `countsFrom`. */
export function planAfter(terms: CycleTerms, last: { composedOn: IsoDate; countsFrom: IsoDate }): NoticePlan {
  const { counting, rhythm, days } = terms;
  const limit = lastNoticeDay(counting, last.countsFrom, days);
  const next = nextRhythmDay(counting, rhythm, last.composedOn);
  if (next !== null && next <= limit) {
    const after = next <= addDays(last.composedOn, TOO_SOON_DAYS) ? nextRhythmDay(counting, rhythm, next) : null;
    return { on: after !== null && after <= limit ? after : next, limit, why: "rhythm" };
  }
  // One working day is kept in reserve: the computer may be off on the last.
  const latest = lastWorkingDay(counting, last.composedOn, limit) ?? limit;
  const on = lastWorkingDay(counting, last.composedOn, addDays(latest, -1)) ?? latest;
  return { on, limit, why: "early" };
}

/** The first notice of a family that may expect one from the day `since` on; in a long pause the time between two notices may end before the working days do. */
export function planFirst({ counting, rhythm, days, firstDays }: CycleTerms, since: IsoDate): NoticePlan {
  const { calendar, of } = counting;
  const limit = earlierDay(workingDayAfter(counting, since, firstDays), lastNoticeDay(counting, since, days));
  const next = nextRhythmDay(counting, rhythm, addDays(since, -1));
  if (next !== null && next <= limit) return { on: next, limit, why: "first" };
  return { on: isWorkingDay(calendar, since, of) ? since : nextWorkingDay(calendar, since, of), limit, why: "first" };
}

/** What became of a notice, in days of the school. */
export interface NoticeDays {
  readonly composedOn: IsoDate;
  readonly printedOn: IsoDate | null;
  readonly handedOn: IsoDate | null;
}

/**
 * From which day the time until the next notice runs: from the hand-out where somebody told of it in time, else from the print. Who tells of it late is not
 * believed to have handed it out late: then the print counts, and nothing is gained by telling late.
 */
export function countsFrom(
  counting: NoticeCounting,
  { composedOn, printedOn, handedOn }: NoticeDays,
  handDays: number,
): IsoDate {
  if (printedOn === null) return composedOn;
  if (handedOn === null || handedOn < printedOn) return printedOn;
  return handedOn <= lastNoticeDay(counting, printedOn, handDays) ? handedOn : printedOn;
}
