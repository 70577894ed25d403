import {
  type ClassKey,
  concerns,
  groupsOf,
  holds,
  isNationalDayOff,
  isWorkingDay,
  resultDayOf,
  type SchoolCalendar,
  type SchoolYear,
  shortenedFrom,
  type TermSpan,
  yearOf,
} from "./calendar.ts";
import { addDays, weekdayOf } from "./days.ts";
import type { IsoDate } from "./time.ts";

/** What a day is, the strongest reason first. `partly`: holidays, or closed, for some classes only. */
export type DayKind = "outside" | "national" | "closed" | "holidays" | "partly" | "weekend" | "working";

export interface DayView {
  readonly date: IsoDate;
  readonly kind: DayKind;
  /** A day that works, or rests, by a transfer of the production calendar. */
  readonly transferred: boolean;
  /** A term begins or ends on it. */
  readonly begins: boolean;
  readonly ends: boolean;
  /** The first lesson that did not take place; null when the day was whole. */
  readonly shortenedFrom: number | null;
  /** Results are there on this day. */
  readonly results: boolean;
}

export interface YearView {
  readonly year: SchoolYear;
  readonly terms: readonly TermSpan[];
  /** Every day of every month that the year touches. */
  readonly days: readonly DayView[];
}

/** The school year of this day as one class has it, or the school as a whole (null). Pure. */
export function yearView(calendar: SchoolCalendar, day: IsoDate, of: ClassKey | null): YearView {
  const year = yearOf(calendar, day);
  const keys = of === null ? keysOf(year) : [of];
  const terms = uniqueTerms(of === null ? year.groups : groupsOf(year, of.grade));
  const results = new Set(
    keys.flatMap((key) => terms.map((term) => resultDayOf(calendar, term.name, term.to, key) ?? term.to)),
  );
  for (const result of year.results ?? []) if (of === null) results.add(result.on);
  const days: DayView[] = [];
  const last = addDays(`${addDays(`${year.to.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);
  for (let date = `${year.from.slice(0, 7)}-01`; date <= last; date = addDays(date, 1)) {
    const shortened = keys.flatMap((key) => shortenedFrom(calendar, date, key) ?? []);
    const inYear = holds(year, date);
    days.push({
      date,
      kind: kindOf(calendar, year, date, of, keys),
      transferred: isTransferred(calendar, date),
      begins: terms.some(({ from }) => from === date),
      ends: terms.some(({ to }) => to === date),
      shortenedFrom: inYear && shortened.length > 0 ? Math.min(...shortened) : null,
      results: results.has(date),
    });
  }
  return { year, terms, days };
}

function kindOf(
  calendar: SchoolCalendar,
  year: SchoolYear,
  date: IsoDate,
  of: ClassKey | null,
  keys: readonly ClassKey[],
): DayKind {
  if (!holds(year, date)) return "outside";
  if (isNationalDayOff(calendar.national, date)) return "national";
  const closed = year.closed.filter((line) => holds(line, date));
  if (closed.some(({ classes }) => classes === null || (of !== null && concerns({ classes }, of.className))))
    return "closed";
  const rests = keys.filter((key) =>
    groupsOf(year, key.grade).some(({ holidays }) => holidays.some((one) => holds(one, date))),
  );
  if (keys.length > 0 && rests.length === keys.length) return "holidays";
  const works = keys.some((key) => isWorkingDay(calendar, date, key));
  if (!works) return "weekend";
  return rests.length > 0 || (of === null && closed.length > 0) ? "partly" : "working";
}

/** A weekday that rests although the Labour Code names no holiday on it, or a weekend that works. */
function isTransferred({ national, workingWeekdays }: SchoolCalendar, date: IsoDate): boolean {
  const holiday = /-(01-0[1-8]|02-23|03-08|05-01|05-09|06-12|11-04)$/.test(date);
  const moved = national.daysOff.includes(date) && !holiday;
  return moved || (national.workingDays.includes(date) && !workingWeekdays.includes(weekdayOf(date)));
}

/** A class of each group, and each class that is named by itself, stand for the school. */
function keysOf(year: SchoolYear): readonly ClassKey[] {
  const groups = year.groups.flatMap(({ grades }) =>
    grades[0] === undefined ? [] : [{ grade: grades[0], className: "" }],
  );
  const named = (year.shortened ?? []).flatMap(({ classes }) =>
    (classes ?? []).map((className) => ({ grade: Number.parseInt(className, 10), className })),
  );
  const all = [...groups, ...named.filter(({ grade }) => !Number.isNaN(grade))];
  return all.length > 0 ? all : [{ grade: null, className: "" }];
}

function uniqueTerms(groups: SchoolYear["groups"]): readonly TermSpan[] {
  const terms = groups.flatMap((group) => group.terms);
  return [...new Map(terms.map((term) => [`${term.name} ${term.from} ${term.to}`, term])).values()];
}
