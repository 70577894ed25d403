import { sameClass, yearOf } from "../calendar.ts";
import { addDays, weekdayOf } from "../days.ts";
import type { IsoDate } from "../time.ts";
import { lastWorkingDay, type NoticeCounting } from "./counting.ts";

/** On which days notices are composed when nothing stands against it. */
export interface Rhythm {
  /** ISO weekday, 1 Monday … 7 Sunday. */
  readonly day: number;
  /** `HH:MM` of the school's clock, from which on it is done. */
  readonly hour: string;
  /** Every so many weeks … */
  readonly weeks: number;
  /** … beginning with this week of the school year, from 1. */
  readonly firstWeek: number;
}

/** What some classes have otherwise. */
export interface ClassRhythm {
  readonly classes: readonly string[];
  readonly day?: number | undefined;
  readonly hour?: string | undefined;
  readonly weeks?: number | undefined;
  readonly firstWeek?: number | undefined;
}

/** The rhythm of a class: its own where it has one, else the school's. */
export function rhythmOf(usual: Rhythm & { readonly byClass: readonly ClassRhythm[] }, className: string): Rhythm {
  const { day, hour, weeks, firstWeek, byClass } = usual;
  const own = byClass.find(({ classes }) => classes.some((name) => sameClass(name, className)));
  return {
    day: own?.day ?? day,
    hour: own?.hour ?? hour,
    weeks: own?.weeks ?? weeks,
    firstWeek: own?.firstWeek ?? firstWeek,
  };
}

/** The hours at which something may be due on a day. */
export function hoursOf({ hour, byClass }: Rhythm & { readonly byClass: readonly ClassRhythm[] }): readonly string[] {
  return [...new Set([hour, ...byClass.flatMap((own) => own.hour ?? [])])].sort();
}

const HORIZON_WEEKS = 70;

/**
 * The next day of the rhythm after `after`. One that is no working day of the class is kept on the nearest working day before it; one that has none since
 * the day of the rhythm before is left out. Null when a whole year has none.
 */
export function nextRhythmDay(counting: NoticeCounting, rhythm: Rhythm, after: IsoDate): IsoDate | null {
  const monday = mondayOf(after);
  for (let week = 0; week < HORIZON_WEEKS; week++) {
    const day = addDays(monday, 7 * week + rhythm.day - 1);
    if (!isOfRhythm(counting, rhythm, day)) continue;
    const kept = lastWorkingDay(counting, addDays(day, -7 * rhythm.weeks), day);
    if (kept !== null && kept > after) return kept;
  }
  return null;
}

function isOfRhythm({ calendar }: NoticeCounting, { weeks, firstWeek }: Rhythm, day: IsoDate): boolean {
  const first = mondayOf(yearOf(calendar, day).from);
  const week = Math.floor((Date.parse(day) - Date.parse(first)) / (7 * 86_400_000)) + 1;
  return week >= firstWeek && (week - firstWeek) % weeks === 0;
}

const mondayOf = (day: IsoDate) => addDays(day, 1 - weekdayOf(day));
