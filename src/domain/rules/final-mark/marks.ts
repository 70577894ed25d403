import { lastLook, versionsAt } from "../../as-of.ts";
import { addDays } from "../../days.ts";
import { type Judgement, judge } from "../../evidence.ts";
import type { FinalMarkFact, Sighting } from "../../facts.ts";
import type { Finding } from "../../finding.ts";
import type { EpochMs } from "../../time.ts";
import type { ClassCase } from "../class-case.ts";
import { classFinding } from "../describe.ts";
import type { Count, Rule } from "../rule.ts";
import type { FinalPage } from "./pages.ts";
import type { ResultTerm } from "./result-terms.ts";

interface PupilMark {
  readonly pupilId: string;
  readonly sighting: Sighting | null;
  readonly look: EpochMs | null;
  readonly verdict: Judgement;
}

/**
 * The final marks of one page and term: one finding for all pupils whose mark was late, or for the page without any; a warning for each pupil
 * without one beside others who have theirs. `termInUse` is whether other final marks of the term are known.
 */
export function* checkFinals(
  rule: Pick<Rule, "id" | "clause">,
  of: ClassCase,
  term: ResultTerm,
  page: FinalPage,
  termInUse: boolean,
  count: Count,
): Iterable<Finding> {
  const marks = [...page.pupils].sort().flatMap((pupilId) => markOf(of, term, page, pupilId) ?? []);
  const marked = marks.filter(({ sighting }) => sighting !== null);
  const place = {
    subjectExternalId: page.subjectExternalId,
    subject: page.subject,
    date: term.dueOn,
    about: `${term.externalId}/mark${page.group === null ? "" : `/${page.group}`}`,
    accountable: page.accountable,
  };
  const details = { half: "mark", term: term.name, on: term.on, days: of.policy.finalMark.days, group: page.group };
  const { dueAt } = term;

  if (marked.length === 0) {
    if (marks.length === 0 || term.isPart || !termInUse || !isAssessed(page)) return;
    const missing = marks.every(({ verdict }) => verdict === "missing");
    const severity = page.rare && isQuarter(term) ? ("warning" as const) : ("violation" as const);
    if (severity === "violation") count(page.accountable, missing ? "missing" : "pending", term.dueOn);
    if (!missing) return;
    const verdict = { verdict: "missing", settled: false, dueAt, sighting: null, lastLook: leastLook(marks) } as const;
    yield classFinding(rule, of, { ...verdict, severity, details: { ...details, pupils: idsOf(marks) } }, place);
    return;
  }

  const late = marked.filter(({ verdict }) => verdict === "late");
  const unproved = marked.filter(({ verdict }) => verdict === "unproved");
  const verdict = late.length > 0 ? "late" : unproved.length > 0 ? "unproved" : "in-time";
  count(page.accountable, verdict, term.dueOn);
  if (verdict !== "in-time") {
    const these = verdict === "late" ? late : unproved;
    const told = { ...details, pupils: idsOf(these), marked: marked.length };
    const sighting = spanOf(these);
    yield classFinding(rule, of, { verdict, settled: true, dueAt, sighting, details: told }, place);
  }
  for (const { pupilId, look, verdict: own } of marks) {
    if (own !== "missing" || lessonMarks(page, pupilId) < of.policy.finalMark.leastMarks) continue;
    const missing = { verdict: "missing", severity: "warning", settled: false, dueAt, sighting: null } as const;
    yield classFinding(rule, of, { ...missing, lastLook: look, details }, { ...place, pupilExternalId: pupilId });
  }
}

/** Null for a pupil who is no longer in the class, or came after the term: what such a pupil brought along is written down when it is there. */
function markOf(of: ClassCase, { dueAt, to }: ResultTerm, page: FinalPage, pupilId: string): PupilMark | null {
  const pupil = of.pupils.get(pupilId);
  if (pupil === undefined || !of.isMember(pupilId, to)) return null;
  const final = page.finals.get(pupilId) ?? null;
  const sighting = firstSight(final, of.asOf);
  const look = lastLook(pupil.finalsAskedAt, final, of.asOf);
  return { pupilId, sighting, look, verdict: judge(sighting, dueAt, look) };
}

/** The first sight of anything in the final mark's cell: «н/а» in time that a mark replaces later is in time. */
export function firstSight(final: FinalMarkFact | null, asOf: EpochMs): Sighting | null {
  if (final === null) return null;
  return versionsAt(final, asOf).find(({ content }) => content.trim() !== "") ?? null;
}

/** A subject without marks in its lessons may have no final marks either. */
function isAssessed({ lessons }: FinalPage): boolean {
  return lessons.some(({ cells }) => cells.some(({ now }) => now !== null && now.numbers.length > 0));
}

function lessonMarks({ lessons }: FinalPage, pupilId: string): number {
  let count = 0;
  for (const { cells } of lessons) {
    for (const { entry, now } of cells) if (entry.pupilExternalId === pupilId) count += now?.numbers.length ?? 0;
  }
  return count;
}

/** Many schools assess a subject of one hour a week by half-years: a quarter without any final mark may be meant so. */
function isQuarter({ from, to }: ResultTerm): boolean {
  return to < addDays(from, shortestHalfYear);
}

const shortestHalfYear = 95;

const idsOf = (marks: readonly PupilMark[]) => marks.map(({ pupilId }) => pupilId);

/** The earliest look that proves one of them and the sight of the last. */
function spanOf(marks: readonly PupilMark[]): Sighting | null {
  const seen = marks.flatMap(({ sighting }) => sighting ?? []);
  if (seen.length === 0) return null;
  const absent = seen.flatMap(({ absentAt }) => absentAt ?? []);
  return {
    absentAt: absent.length < seen.length ? null : Math.min(...absent),
    seenAt: Math.max(...seen.map(({ seenAt }) => seenAt)),
  };
}

function leastLook(marks: readonly PupilMark[]): EpochMs | null {
  const looks = marks.flatMap(({ look }) => look ?? []);
  return looks.length === 0 ? null : Math.min(...looks);
}
