import {
  type ClassKey,
  isLessonDay,
  isWorkingDay,
  nextWorkingDay,
  type SchoolCalendar,
  shortenedFrom,
} from "./calendar.ts";
import { addDays, startOfDay } from "./days.ts";
import type { Reading } from "./policy.ts";
import { remember } from "./remember.ts";
import type { EpochMs, IsoDate } from "./time.ts";

/** 24:00 of the day in the zone: the instant at which the next calendar day begins. Something done exactly then is in time. */
export function endOfDay(date: IsoDate, zone: string): EpochMs {
  return startOfDay(addDays(date, 1), zone);
}

/** What one class's deadlines depend on. */
export interface DeadlineTerms {
  readonly calendar: SchoolCalendar;
  readonly reading: Reading;
  readonly of: ClassKey;
}

/**
 * The end of a period of `days` days that an event on `event` sets going, after articles 191, 193 and 194 of the Civil Code: it begins on the
 * day after the event and ends at 24:00 of its last day; when that is no working day of the school, at 24:00 of the next one.
 * Epoch milliseconds; the zone is the calendar's.
 */
export function deadlineOf(event: IsoDate, days: number, { calendar, reading, of }: DeadlineTerms): EpochMs {
  const last = addDays(event, reading.beginsNextDay ? days : days - 1);
  const moved = reading.movesToWorkingDay && !isWorkingDay(calendar, last, of);
  return endOfDay(moved ? nextWorkingDay(calendar, last, of) : last, calendar.zone);
}

/** The deadlines of one class, each day computed once. */
export interface Deadlines {
  /** «В день проведения»: 24:00 of that day, never moved (unless the policy says so). */
  sameDay(date: IsoDate): EpochMs;
  within(date: IsoDate, days: number): EpochMs;
  /** Whether a lesson row on this day is a lesson that takes place. */
  isLessonDay(date: IsoDate): boolean;
  isWorkingDay(date: IsoDate): boolean;
  /** Whether the day ended early for this class, so that its last lessons did not take place. */
  endsEarly(date: IsoDate): boolean;
}

export function createDeadlines(terms: DeadlineTerms): Deadlines {
  const { calendar, reading, of } = terms;
  const sameDay = remember((date: IsoDate) =>
    reading.movesSameDay && !isWorkingDay(calendar, date, of)
      ? endOfDay(nextWorkingDay(calendar, date, of), calendar.zone)
      : endOfDay(date, calendar.zone),
  );
  const within = remember((days: number) => remember((date: IsoDate) => deadlineOf(date, days, terms)));
  return {
    sameDay,
    within: (date, days) => within(days)(date),
    isLessonDay: remember((date) => isLessonDay(calendar, date, of)),
    isWorkingDay: remember((date) => isWorkingDay(calendar, date, of)),
    endsEarly: remember((date) => shortenedFrom(calendar, date, of) !== null),
  };
}
