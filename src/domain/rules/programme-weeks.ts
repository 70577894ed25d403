import { yearOf } from "../calendar.ts";
import { addDays, weekdayOf } from "../days.ts";
import type { IsoDate } from "../time.ts";
import type { ClassCase, LessonCase } from "./class-case.ts";

/** How many school weeks a page has had, and how many it will have had when the school year ends. */
export interface ProgrammeWeeks {
  readonly soFar: number;
  readonly inAll: number;
}

type ByWeekday = readonly number[];

/**
 * Counts the school weeks of a page up to a day, the way its own lessons lie: a page with lessons on Mondays only has had as many weeks as the class
 * had Mondays, a page on all five days a fifth of a week for each. A day counts when the calendar has lessons on it and the class's journal has any. Null in the first
 * two weeks: a page whose lessons lie on a Monday is not known before there was one.
 */
export function createProgrammeWeeks(of: ClassCase) {
  const { calendar, deadlines } = of;
  const dates = [...new Set(of.lessons.filter(({ tookPlace }) => tookPlace).map(({ lesson }) => lesson.date))].sort();

  return (lessons: readonly LessonCase[], upTo: IsoDate): ProgrammeWeeks | null => {
    const year = yearOf(calendar, upTo);
    const passed = dates.filter((date) => date >= year.from && date <= upTo);
    const [first] = passed;
    if (first === undefined || addDays(first, knownAfter) > upTo) return null;
    const past = countByWeekday(passed);
    const own = lessons.filter((one) => one.tookPlace && one.lesson.date >= year.from && one.lesson.date <= upTo);
    const rows = countByWeekday(own.map(({ lesson }) => lesson.date));
    const shares = sharesOf(rows, past, calendar.workingWeekdays) ?? even(calendar.workingWeekdays);
    const ahead: IsoDate[] = [];
    for (let day = addDays(upTo, 1); day <= year.to; day = addDays(day, 1)) {
      if (deadlines.isWorkingDay(day)) ahead.push(day);
    }
    const soFar = weighted(shares, past);
    return { soFar, inAll: soFar + weighted(shares, countByWeekday(ahead)) };
  };
}

const knownAfter = 13;
const tiny = 1e-6;

/**
 * The fewest and the most whole hours that a page can rightly have had: whole hours are held every week; the half of «0,5» or «1,5» may be held every other
 * week or in one half of the year alone, so it is due only when the rest of the year cannot hold it any more.
 */
export function plannedHours(weeklyHours: number, { soFar, inAll }: ProgrammeWeeks): { least: number; most: number } {
  const whole = Math.floor(weeklyHours);
  const part = (weeklyHours - whole) * inAll;
  return {
    least: Math.floor(whole * soFar + Math.max(0, part - (inAll - soFar)) + tiny),
    most: Math.ceil(whole * soFar + Math.min(part, soFar) - tiny),
  };
}

function countByWeekday(dates: readonly IsoDate[]): ByWeekday {
  const counts = Array.from({ length: 8 }, () => 0);
  for (const date of dates) counts[weekdayOf(date)] = (counts[weekdayOf(date)] ?? 0) + 1;
  return counts;
}

/**
 * How a week of the page spreads over its days: lessons per day of that weekday. A weekday on which the school does not work as a rule is measured by
 * the weeks, so that one Saturday that stood in for a Monday weighs no more than one lesson.
 */
function sharesOf(rows: ByWeekday, days: ByWeekday, workingWeekdays: readonly number[]): ByWeekday | null {
  const weeks = Math.max(...days);
  const rates = rows.map((count, weekday) => {
    const of = workingWeekdays.includes(weekday) ? (days[weekday] ?? 0) : weeks;
    return of === 0 ? 0 : count / of;
  });
  const sum = rates.reduce((total, rate) => total + rate, 0);
  return sum === 0 ? null : rates.map((rate) => rate / sum);
}

function even(weekdays: readonly number[]): ByWeekday {
  return Array.from({ length: 8 }, (_, weekday) => (weekdays.includes(weekday) ? 1 / weekdays.length : 0));
}

function weighted(shares: ByWeekday, counts: ByWeekday): number {
  return shares.reduce((sum, share, weekday) => sum + share * (counts[weekday] ?? 0), 0);
}
