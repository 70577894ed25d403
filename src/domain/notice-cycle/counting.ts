import { type ClassKey, isLessonDay, isWorkingDay, nextWorkingDay, type SchoolCalendar, yearOf } from "../calendar.ts";
import { addDays } from "../days.ts";
import type { IsoDate } from "../time.ts";

/** How the days between two notices of a class are counted: for the cycle that makes them and for the rule that judges them alike. */
export interface NoticeCounting {
  readonly calendar: SchoolCalendar;
  readonly of: ClassKey;
  /** Whether holidays, days off and closed days count; days outside the school year never do. */
  readonly countHolidays: boolean;
}

/**
 * The last day on which something is in time that must follow `from` within `days` days of school time («Регламент», п. 2): the `days`-th day that counts
 * after it; on a day off, the next working day (art. 193).
 */
export function lastNoticeDay({ calendar, of, countHolidays }: NoticeCounting, from: IsoDate, days: number): IsoDate {
  const counts = (day: IsoDate) => {
    if (!countHolidays) return isLessonDay(calendar, day, of);
    const year = yearOf(calendar, day);
    return year.from <= day && day <= year.to;
  };
  let day = from;
  for (let left = days, limit = 800; left > 0 && limit > 0; limit--) {
    day = addDays(day, 1);
    if (counts(day)) left--;
  }
  return isWorkingDay(calendar, day, of) ? day : nextWorkingDay(calendar, day, of);
}

/** The `count`-th working day of the class after `from`. */
export function workingDayAfter({ calendar, of }: NoticeCounting, from: IsoDate, count: number): IsoDate {
  let day = from;
  for (let left = count; left > 0; left--) day = nextWorkingDay(calendar, day, of);
  return day;
}

/** The last working day in the span `(after, upTo]`; null when there is none. */
export function lastWorkingDay({ calendar, of }: NoticeCounting, after: IsoDate, upTo: IsoDate): IsoDate | null {
  for (let day = upTo; day > after; day = addDays(day, -1)) if (isWorkingDay(calendar, day, of)) return day;
  return null;
}
