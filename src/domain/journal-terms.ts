import {
  type CalendarGroup,
  type Holidays,
  plainYear,
  type SchoolCalendar,
  type SchoolYear,
  schoolYearOf,
  type TermSpan,
} from "./calendar.ts";
import { addDays } from "./days.ts";
import type { IsoDate } from "./time.ts";

/** A term as the journal tells it (`GET_JOURNAL_PERIODS_INFO`, avers-protocol.md § 4): quarters, half-years, the year, exams. */
export interface JournalTermDates {
  readonly name: string;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

const allGrades = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const shortest = 20;
const longest = 150;
const longestHolidays = 25;

/**
 * The calendar with the journal's own terms for each school year that the configuration does not define. The gaps between the journal's quarters
 * become holidays; half-years, the year itself and examination spans do not make gaps. Pure; the configuration always wins.
 */
export function withJournalTerms(calendar: SchoolCalendar, terms: readonly JournalTermDates[]): SchoolCalendar {
  const defined = new Set(calendar.years.flatMap((year) => (year.assumed ? [] : [schoolYearOf(year.from)])));
  const known = terms.flatMap(({ name, from, to }) => (from === null || to === null ? [] : [{ name, from, to }]));
  const spans = known.filter(({ from, to }) => from <= to && !defined.has(schoolYearOf(from)));
  const assumed = (began: number) => calendar.years.find((year) => schoolYearOf(year.from) === began);
  const years = [...Map.groupBy(spans, ({ from }) => schoolYearOf(from))].flatMap(([began, of]) =>
    yearFrom(began, of, assumed(began)?.groups ?? []),
  );
  if (years.length === 0) return calendar;
  const told = new Set(years.map((year) => schoolYearOf(year.from)));
  // Single days, shifts and results are the school's own word, whoever tells the terms.
  const ownWord = (year: SchoolYear) => {
    const own = assumed(schoolYearOf(year.from));
    if (own === undefined) return { closed: [] };
    const { from: _from, to: _to, groups: _groups, assumed: _assumed, ...word } = own;
    return word;
  };
  return {
    ...calendar,
    years: [
      ...calendar.years.filter((year) => !told.has(schoolYearOf(year.from))),
      ...years.map((year) => ({ ...year, ...ownWord(year) })),
    ],
  };
}

/** Ends that the journal does not tell are those of a plain year: half a year's terms do not end the year. */
function yearFrom(began: number, spans: readonly TermSpan[], assumed: readonly CalendarGroup[]): readonly SchoolYear[] {
  const plain = plainYear(began);
  const terms = finest(spans);
  const first = terms[0]?.from;
  const last = terms.at(-1)?.to;
  if (first === undefined || last === undefined) return [];
  const everybody = { name: "все классы", grades: allGrades, terms: [], holidays: [] };
  const groups = (assumed.length > 0 ? assumed : [everybody]).map((group) => ({
    ...group,
    terms,
    holidays: holidaysOf(gaps(terms), untold(group, assumed, terms)),
  }));
  const from = first <= `${began}-09-30` ? first : plain.from;
  const to = last >= `${began + 1}-05-01` ? last : plain.to;
  return [{ from, to, groups, closed: [] }];
}

/**
 * Assumed holidays that the journal's terms do not gainsay: those outside all terms that it tells so far, and those within a term that some grades
 * have for themselves, as the first graders' in February. Nobody is accused for a day that may be free.
 */
function untold(
  group: CalendarGroup,
  assumed: readonly CalendarGroup[],
  terms: readonly TermSpan[],
): readonly Holidays[] {
  const inTerm = ({ from, to }: Holidays) => terms.some((term) => from <= term.to && term.from <= to);
  const shared = ({ from, to }: Holidays) =>
    assumed.every(({ holidays }) => holidays.some((one) => one.from === from && one.to === to));
  return group.holidays.filter((holidays) => !inTerm(holidays) || !shared(holidays));
}

/** In the order of the year; a gap that is known by its name stands once. */
function holidaysOf(unnamed: readonly Holidays[], named: readonly Holidays[]): readonly Holidays[] {
  const known = new Set(named.map(({ from, to }) => `${from} ${to}`));
  const rest = unnamed.filter(({ from, to }) => !known.has(`${from} ${to}`));
  return [...rest, ...named].toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

/** The shortest terms that do not overlap each other: quarters before half-years. Days and single exams are no terms, nor is the year. */
function finest(spans: readonly TermSpan[]): readonly TermSpan[] {
  const length = (span: TermSpan) => Temporal.PlainDate.from(span.from).until(span.to).days;
  const fit = spans.filter((span) => length(span) >= shortest && length(span) <= longest);
  const kept: TermSpan[] = [];
  for (const span of fit.toSorted((one, other) => length(one) - length(other))) {
    if (kept.every((other) => span.to < other.from || other.to < span.from)) kept.push(span);
  }
  return kept.toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

function gaps(terms: readonly TermSpan[]): readonly Holidays[] {
  const holidays: Holidays[] = [];
  for (const [index, term] of terms.entries()) {
    const next = terms[index + 1];
    if (next === undefined) continue;
    const span = { from: addDays(term.to, 1), to: addDays(next.from, -1) };
    // A longer gap is a term whose days nobody has filled in.
    if (span.from <= span.to && span.to < addDays(span.from, longestHolidays))
      holidays.push({ name: "каникулы", ...span });
  }
  return holidays;
}
