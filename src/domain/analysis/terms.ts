import { type SchoolCalendar, type TermSpan, termNamed, termsOf } from "../calendar.ts";
import type { ClassSnapshot } from "../facts.ts";
import { folded } from "../fold.ts";
import type { IsoDate } from "../time.ts";

export interface ClassTerm extends TermSpan {
  /** Null: the calendar's own, of which the journal has no final marks. */
  readonly externalId: string | null;
}

/** The terms by which the class is marked, by their beginning. A journal that tells the days of none leaves the calendar's. */
export function termsOfClass(snapshot: ClassSnapshot, calendar: SchoolCalendar, today: IsoDate): readonly ClassTerm[] {
  const told = snapshot.terms.flatMap(({ externalId, name, from, to }): ClassTerm[] => {
    const named = termNamed(calendar, name, to ?? from ?? today, snapshot);
    const days = { from: from ?? named?.from ?? null, to: to ?? named?.to ?? null };
    return days.from === null || days.to === null ? [] : [{ externalId, name, from: days.from, to: days.to }];
  });
  const own = termsOf(calendar, today, snapshot).map((term) => ({ ...term, externalId: null }));
  return (told.length > 0 ? told : own).toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

/** By its name as one writes it, or by the journal's id. */
export function termMeant(terms: readonly ClassTerm[], asked: string): ClassTerm | null {
  const name = folded(asked);
  return terms.find((term) => term.externalId === asked.trim() || folded(term.name) === name) ?? null;
}

/** The last term of the same kind that ended before: a quarter before a quarter, never a half-year. Null: none in this school year. */
export function termBefore(terms: readonly ClassTerm[], { name, from }: ClassTerm): ClassTerm | null {
  const kind = kindOf(name);
  return terms.findLast((term) => term.to < from && kindOf(term.name) === kind) ?? null;
}

/** «1 четверть», «II четверть» and «Четверть 3» are quarters. */
function kindOf(name: string): string {
  const words = name.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.findLast((word) => !/^[ivxхі]+$/.test(word)) ?? name;
}
