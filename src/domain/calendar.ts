import { addDays, weekdayOf } from "./days.ts";
import { folded, withoutLatinLookalikes } from "./fold.ts";
import { labourCodeDaysOff } from "./labour-code.ts";
import type { IsoDate } from "./time.ts";

/** Both ends included. */
export interface Span {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface TermSpan extends Span {
  readonly name: string;
}

export interface Holidays extends Span {
  readonly name: string;
}

/** Classes that share terms and holidays, by their grades (0 preparatory … 12). */
export interface CalendarGroup {
  readonly name: string;
  readonly grades: readonly number[];
  readonly terms: readonly TermSpan[];
  readonly holidays: readonly Holidays[];
}

/** Single days on which the school, or some of its classes, did not work: quarantine, frost. */
export interface ClosedDays extends Span {
  readonly reason: string;
  /** Null: the whole school. Names are compared without case, spaces and dashes. */
  readonly classes: readonly string[] | null;
}

/** A day that ended early for some classes: from this lesson on, counted from 1, there were none. */
export interface ShortenedDay {
  readonly date: IsoDate;
  readonly fromLesson: number;
  readonly reason: string;
  /** Null: the whole school. */
  readonly classes: readonly string[] | null;
}

/** Which classes come when; a class named by itself goes before its grade. */
export interface Shift {
  readonly name: string;
  readonly grades: readonly number[];
  readonly classes: readonly string[];
  /** The lessons in their order, school-time `HH:MM`. */
  readonly bells: readonly { readonly from: string; readonly to: string }[];
}

/** The day on which the results of a term were there: the council's, or an examination's. */
export interface ResultDate {
  /** As the term is called, in the calendar or the journal. */
  readonly term: string;
  readonly on: IsoDate;
  /** Null: all of them. */
  readonly grades: readonly number[] | null;
  readonly classes: readonly string[] | null;
}

export interface SchoolYear extends Span {
  readonly groups: readonly CalendarGroup[];
  readonly closed: readonly ClosedDays[];
  readonly shortened?: readonly ShortenedDay[];
  readonly shifts?: readonly Shift[];
  readonly results?: readonly ResultDate[];
  /** Nobody told it: the journal's own terms take its place where there are any. */
  readonly assumed?: boolean;
}

/** Russia's production calendar, as far as it differs from the plain week. A calendar year of which it lists no day off follows the Labour Code. */
export interface NationalCalendar {
  /** Holidays, and working weekdays that became days off by a transfer. */
  readonly daysOff: readonly IsoDate[];
  /** Saturdays (or Sundays) that became working days by a transfer. */
  readonly workingDays: readonly IsoDate[];
}

export interface SchoolCalendar {
  readonly zone: string;
  /** ISO weekdays, 1 Monday … 7 Sunday. */
  readonly workingWeekdays: readonly number[];
  readonly years: readonly SchoolYear[];
  readonly national: NationalCalendar;
}

/** Whose day it is: holidays go by grade, closed days by class. */
export interface ClassKey {
  readonly grade: number | null;
  readonly className: string;
}

/**
 * A day on which a lesson row of the class counts as a lesson that takes place: inside the school year, not in the holidays of its group,
 * not a national day off, not closed. A Saturday inside a term is one when the journal has a lesson on it.
 */
export function isLessonDay(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): boolean {
  if (isNationalDayOff(calendar.national, date)) return false;
  const year = yearOf(calendar, date);
  if (year.closed.some((closed) => holds(closed, date) && concerns(closed, of.className))) return false;
  const rests = groupsOf(year, of.grade).some((group) => group.holidays.some((holidays) => holds(holidays, date)));
  return holds(year, date) && !rests;
}

/** A working day of the school for this class: a lesson day that is a working weekday or a transferred working day. */
export function isWorkingDay(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): boolean {
  const weekday = calendar.workingWeekdays.includes(weekdayOf(date)) || calendar.national.workingDays.includes(date);
  return weekday && isLessonDay(calendar, date, of);
}

/** Why the day is no working day for this class, in the school's own words where it gave any; null when it is one. */
export function restOn(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): string | null {
  if (isWorkingDay(calendar, date, of)) return null;
  const year = yearOf(calendar, date);
  const closed = year.closed.find((one) => holds(one, date) && concerns(one, of.className));
  const holidays = groupsOf(year, of.grade).flatMap((group) => group.holidays);
  const named = closed?.reason ?? holidays.find((one) => holds(one, date))?.name;
  if (named !== undefined) return named;
  if (isNationalDayOff(calendar.national, date)) return "праздник или перенесённый выходной";
  return holds(year, date) ? "выходной" : "вне учебного года";
}

/**
 * The first working day after `date`. After the last school year that the calendar knows it is one of the next school year
 * (`plainYear`), so there always is one. Throws a `RangeError` when no weekday is a working one.
 */
export function nextWorkingDay(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): IsoDate {
  const limit = addDays(date, 800);
  for (let day = addDays(date, 1); day <= limit; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day, of)) return day;
  }
  throw new RangeError(`no working day within 800 days after ${date}`);
}

/** The term of the class's group in which the day lies, if any. */
export function termOf(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): TermSpan | null {
  for (const group of groupsOf(yearOf(calendar, date), of.grade)) {
    const term = group.terms.find((span) => holds(span, date));
    if (term !== undefined) return term;
  }
  return null;
}

/** The term of that name of the class's group in the school year of `near`, if the calendar has it. */
export function termNamed(calendar: SchoolCalendar, name: string, near: IsoDate, of: ClassKey): TermSpan | null {
  for (const group of groupsOf(yearOf(calendar, near), of.grade)) {
    const term = group.terms.find((span) => folded(span.name) === folded(name));
    if (term !== undefined) return term;
  }
  return null;
}

/** The day that the calendar names for a term's results in the school year of `near`: a class before its grade, a grade before all. Null: it names none. */
export function resultDayOf(calendar: SchoolCalendar, term: string, near: IsoDate, of: ClassKey): IsoDate | null {
  const own = (yearOf(calendar, near).results ?? []).filter((result) => folded(result.term) === folded(term));
  const told =
    own.find(({ classes }) => classes?.some((name) => sameClass(name, of.className))) ??
    own.find(({ classes, grades }) => classes === null && of.grade !== null && grades?.includes(of.grade)) ??
    own.find(({ classes, grades }) => classes === null && grades === null);
  return told?.on ?? null;
}

/** A day off for everybody in the country or for this school's week, whatever the lessons. */
export function isDayOff(calendar: SchoolCalendar, date: IsoDate): boolean {
  const { national, workingWeekdays } = calendar;
  if (isNationalDayOff(national, date)) return true;
  return !workingWeekdays.includes(weekdayOf(date)) && !national.workingDays.includes(date);
}

/** The terms of the class's group in the school year around the day. */
export function termsOf(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): readonly TermSpan[] {
  return groupsOf(yearOf(calendar, date), of.grade)[0]?.terms ?? [];
}

/** The first lesson of the day that did not take place because the day ended early for this class; null when it did not. */
export function shortenedFrom(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): number | null {
  const days = yearOf(calendar, date).shortened ?? [];
  const own = days.filter((day) => day.date === date && concerns(day, of.className));
  return own.length === 0 ? null : Math.min(...own.map((day) => day.fromLesson));
}

/** The shift in which the class learns, with its bells; null when nobody told. */
export function shiftOf(calendar: SchoolCalendar, date: IsoDate, of: ClassKey): Shift | null {
  const shifts = yearOf(calendar, date).shifts ?? [];
  const named = shifts.find(({ classes }) => classes.some((name) => sameClass(name, of.className)));
  return named ?? shifts.find(({ grades }) => of.grade !== null && grades.includes(of.grade)) ?? null;
}

/** The school year (1 August to 31 July) to which the day belongs, named by the calendar year in which it began. */
export function schoolYearOf(date: IsoDate): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= "08-01" ? year : year - 1;
}

/** The days of the school year that began in this calendar year. */
export function daysOfYear(began: number): Span {
  return { from: `${began}-08-01`, to: `${began + 1}-07-31` };
}

/** What is assumed of a school year of which nobody told anything: 1 September to 31 May, no holidays but the national ones. */
export function plainYear(began: number): SchoolYear {
  return { from: `${began}-09-01`, to: `${began + 1}-05-31`, groups: [], closed: [] };
}

/** Class names as one writes them: «5 А», «5а», «5-А» are the same class, and so is «5 A» with a Latin letter. */
export function sameClass(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}

function plainName(name: string): string {
  return withoutLatinLookalikes(
    name
      .toLowerCase()
      .replaceAll("ё", "е")
      .replace(/[\s\-–—.«»"]+/g, ""),
  );
}

/** A holiday of the country, or a working day that became one by a transfer. */
export function isNationalDayOff({ daysOff }: NationalCalendar, date: IsoDate): boolean {
  if (daysOff.includes(date)) return true;
  const year = date.slice(0, 4);
  return !daysOff.some((day) => day.startsWith(year)) && labourCodeDaysOff(Number(year)).includes(date);
}

/** Both ends included. */
export function holds(span: Span, date: IsoDate): boolean {
  return span.from <= date && date <= span.to;
}

/** Whether a line about some classes, or about all, is about this one. */
export function concerns({ classes }: { readonly classes: readonly string[] | null }, className: string): boolean {
  return classes === null || classes.some((name) => sameClass(name, className));
}

/** The school year around the day as the calendar has it, or a plain one. */
export function yearOf(calendar: SchoolCalendar, date: IsoDate): SchoolYear {
  const began = schoolYearOf(date);
  return calendar.years.find((year) => schoolYearOf(year.from) === began) ?? plainYear(began);
}

/** A class of unknown grade, or of one that no group names, rests whenever any group does: nobody is accused for a day that may be free. */
export function groupsOf(year: SchoolYear, grade: number | null): readonly CalendarGroup[] {
  const own = grade === null ? [] : year.groups.filter((group) => group.grades.includes(grade));
  return own.length > 0 ? own : year.groups;
}
