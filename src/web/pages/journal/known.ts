import type { Span } from "../../../domain/calendar.ts";
import { daysOfYear, schoolYearOf } from "../../../domain/calendar.ts";
import { dayOf } from "../../../domain/days.ts";
import { type JournalPageFacts, journalPage, termsOfClass } from "../../../store/journal-page.ts";
import { journalPages, type ListedJournalPage } from "../../../store/journal-pages.ts";
import { pageKey } from "../../doors/page-key.ts";
import type { Seen } from "../../doors/pages.ts";
import type { WebNeeds } from "../../server.ts";
import { type Asked, askedOf } from "./moment.ts";

export interface KnownTerm extends Span {
  readonly externalId: string | null;
  readonly name: string;
}

/** A page of the journal, the term and the moment that the address names, and all that was seen there. */
export interface KnownPage {
  readonly page: ListedJournalPage;
  readonly facts: JournalPageFacts;
  readonly asked: Asked;
  readonly terms: readonly KnownTerm[];
  readonly term: KnownTerm;
}

/** The door has let in to this page, so it is there. */
export async function knownPage({ store, schoolId }: WebNeeds, seen: Seen): Promise<KnownPage> {
  const key = pageKey(seen.part("page"));
  const page =
    key === null ? undefined : (await journalPages(store, schoolId, key)).find(({ group }) => group === key.group);
  if (page === undefined) throw new Error("a page of the journal went away");
  const asked = askedOf(seen);
  const day = dayOf(asked.at, seen.zone);
  const told = await termsOfClass(store, schoolId, page.classExternalId);
  const terms = told.length > 0 ? told : [{ externalId: null, name: "Учебный год", ...daysOfYear(schoolYearOf(day)) }];
  const term = terms.find(({ externalId }) => externalId === asked.term) ?? termAt(terms, day);
  const facts = await journalPage(store, schoolId, {
    ...page,
    span: { from: term.from, to: term.to },
    termExternalId: term.externalId,
    at: asked.at,
  });
  return { page, facts, asked, terms, term };
}

/** The shortest that holds the day, else the last that has begun, else the first. */
function termAt(terms: readonly KnownTerm[], day: string): KnownTerm {
  const length = ({ from, to }: Span) => Temporal.PlainDate.from(from).until(to).days;
  const around = terms.filter(({ from, to }) => from <= day && day <= to).toSorted((a, b) => length(a) - length(b));
  const begun = terms.filter(({ from }) => from <= day).toSorted((a, b) => (a.to < b.to ? 1 : -1));
  const chosen = around[0] ?? begun[0] ?? terms[0];
  if (chosen === undefined) throw new Error("no term");
  return chosen;
}
