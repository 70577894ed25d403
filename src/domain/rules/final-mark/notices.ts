import { dayOf } from "../../days.ts";
import { type Judgement, judge } from "../../evidence.ts";
import type { FinalMarkFact, Sighting } from "../../facts.ts";
import type { Finding } from "../../finding.ts";
import type { EpochMs } from "../../time.ts";
import type { ClassCase } from "../class-case.ts";
import { classFinding } from "../describe.ts";
import { classTeacherOf } from "../families.ts";
import { failedBefore, type NoticeStage, noticesBy, printedOf } from "../notice-stages.ts";
import type { Count, Rule } from "../rule.ts";
import { firstSight } from "./marks.ts";
import type { ResultTerm } from "./result-terms.ts";

interface PupilNotice {
  readonly pupilId: string;
  readonly dueAt: EpochMs;
  readonly printedAt: EpochMs | null;
  readonly verdict: Judgement;
  readonly stage: NoticeStage;
}

/** The pupils of the class whose family gets paper. */
export function paperPupils({ snapshot: { lists }, pupils }: ClassCase): readonly string[] {
  const paper = (lists.delivery ?? []).filter(({ way }) => way === "paper");
  return [...new Set(paper.map(({ pupilExternalId }) => pupilExternalId))].filter((id) => pupils.has(id)).sort();
}

/** The notices of a term's final marks: one finding for the class. The class teacher hands them out, whoever was late with the marks. */
export function* checkNotices(
  rule: Pick<Rule, "id" | "clause">,
  of: ClassCase,
  term: ResultTerm,
  finals: readonly FinalMarkFact[],
  count: Count,
): Iterable<Finding> {
  const firsts = firstMarks(finals, of.asOf);
  const notices = paperPupils(of).flatMap((pupilId) => noticeOf(of, term, firsts.get(pupilId) ?? null, pupilId) ?? []);
  if (notices.length === 0) return;
  const verdict = (["missing", "late", "pending"] as const).find((one) => notices.some((own) => own.verdict === one));
  const these = notices.filter((notice) => notice.verdict === verdict);
  const stage = these.some((notice) => notice.stage === "composed") ? "composed" : "printer";
  // A printer that stands still is nothing that a class teacher could mend.
  const accountable = stage === "printer" && these.length > 0 ? null : classTeacherOf(of);
  count(accountable, verdict ?? "in-time", term.dueOn);
  if (verdict === undefined || verdict === "pending") return;
  yield classFinding(
    rule,
    of,
    {
      verdict,
      settled: verdict === "late",
      dueAt: Math.max(...these.map(({ dueAt }) => dueAt)),
      sighting: printedSpan(these),
      details: {
        half: "notice",
        stage,
        term: term.name,
        on: term.on,
        days: of.policy.finalMark.days,
        pupils: these.map(({ pupilId }) => pupilId),
      },
    },
    { date: term.dueOn, about: `${term.externalId}/notice`, accountable },
  );
}

/** Each pupil's final mark of the term that was seen first. */
function firstMarks(finals: readonly FinalMarkFact[], asOf: EpochMs): ReadonlyMap<string, Sighting> {
  const firsts = new Map<string, Sighting>();
  for (const final of finals) {
    const sighting = firstSight(final, asOf);
    const before = firsts.get(final.pupilExternalId);
    if (sighting === null || (before !== undefined && before.seenAt <= sighting.seenAt)) continue;
    firsts.set(final.pupilExternalId, sighting);
  }
  return firsts;
}

/**
 * A notice counts from the moment at which the mark may have been in the journal, and is due within the days for final marks after the one on which it was
 * seen, at the earliest with the term's own deadline. Null where the journal shows no final mark, or had it before anybody looked: then nobody knows what a
 * family has been given.
 */
function noticeOf(of: ClassCase, term: ResultTerm, mark: Sighting | null, pupilId: string): PupilNotice | null {
  if (mark === null || mark.absentAt === null) return null;
  const { asOf, calendar, deadlines, policy } = of;
  const { absentAt, seenAt } = mark;
  const dueAt = Math.max(term.dueAt, deadlines.within(dayOf(seenAt, calendar.zone), policy.finalMark.days));
  const own = noticesBy(of).filter((notice) => notice.pupilExternalId === pupilId);
  const printed = printedOf(own).filter((notice) => notice.printedAt >= absentAt);
  const printedAt = printed[0]?.printedAt ?? null;
  // What is printed is known to the instant.
  const verdict = judge(printedAt === null ? null : { absentAt: printedAt, seenAt: printedAt }, dueAt, asOf);
  return {
    pupilId,
    dueAt,
    printedAt,
    verdict,
    stage: failedBefore(own, dayOf(absentAt, calendar.zone), dueAt, calendar.zone),
  };
}

function printedSpan(notices: readonly PupilNotice[]): Sighting | null {
  const at = notices.flatMap(({ printedAt }) => printedAt ?? []);
  return at.length === 0 ? null : { absentAt: Math.min(...at), seenAt: Math.max(...at) };
}
