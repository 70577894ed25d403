import { isDayOff, resultDayOf, schoolYearOf, termNamed } from "../../calendar.ts";
import { addDays, dayOf } from "../../days.ts";
import { endOfDay } from "../../deadline.ts";
import type { EpochMs, IsoDate } from "../../time.ts";
import type { ClassCase } from "../class-case.ts";

/** A term whose results are known by now. */
export interface ResultTerm {
  readonly externalId: string;
  readonly name: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** The day of the results: that of the council or examination where the calendar names one, else the term's last. */
  readonly on: IsoDate;
  /** 24:00 of the last day for final marks. */
  readonly dueAt: EpochMs;
  /** That last day: the month to which the marks belong. */
  readonly dueOn: IsoDate;
  /** A shorter part of a longer term that is not the whole year: a subject may be assessed by that one only. */
  readonly isPart: boolean;
}

interface Dated {
  readonly externalId: string;
  readonly name: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly on: IsoDate;
}

/** The terms of the class whose results are known, and the names of those of which nobody tells when they end. */
export function resultTerms(of: ClassCase): {
  readonly known: readonly ResultTerm[];
  readonly undated: readonly string[];
} {
  const dated = of.snapshot.terms.flatMap((term) => datesOf(of, term) ?? []);
  const names = new Set(dated.map(({ externalId }) => externalId));
  return {
    known: dated
      .filter(({ on }) => on <= of.today)
      .map((term) => ({ ...term, ...deadlineFor(of, term.on), isPart: isPart(term, dated) })),
    undated: of.snapshot.terms.filter(({ externalId }) => !names.has(externalId)).map(({ name }) => name),
  };
}

function datesOf(of: ClassCase, term: ClassCase["snapshot"]["terms"][number]): Dated | null {
  const { calendar, today, snapshot } = of;
  const { externalId, name } = term;
  const near = term.to ?? term.from ?? today;
  const named = termNamed(calendar, name, near, snapshot);
  const from = term.from ?? named?.from ?? null;
  const to = term.to ?? named?.to ?? null;
  const on = resultDayOf(calendar, name, near, snapshot) ?? to;
  return on === null ? null : { externalId, name, from: from ?? `${schoolYearOf(on)}-08-01`, to: to ?? on, on };
}

/** After the last day of the school year no lesson day follows before September: then it is the next day at work. */
function deadlineFor(of: ClassCase, on: IsoDate): Pick<ResultTerm, "dueAt" | "dueOn"> {
  const dueAt = dueAfter(of, on);
  return { dueAt, dueOn: dayOf(dueAt - 1, of.calendar.zone) };
}

function dueAfter({ calendar, deadlines, policy }: ClassCase, on: IsoDate): EpochMs {
  const { days } = policy.finalMark;
  const due = deadlines.within(on, days);
  if (schoolYearOf(dayOf(due - 1, calendar.zone)) === schoolYearOf(on)) return due;
  let day = addDays(on, policy.reading.beginsNextDay ? days : days - 1);
  while (isDayOff(calendar, day)) day = addDays(day, 1);
  return endOfDay(day, calendar.zone);
}

function isPart(term: Dated, all: readonly Dated[]): boolean {
  const holds = (one: Dated, other: Dated) => one.from <= other.from && other.to <= one.to;
  return all.some((one) => one !== term && holds(one, term) && !all.every((other) => holds(one, other)));
}
