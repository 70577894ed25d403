import { type Judgement, judge } from "../evidence.ts";
import type { Sighting } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { counted } from "../notice/words.ts";
import { includes, writtenDays } from "../policy.ts";
import type { EpochMs } from "../time.ts";
import { type CellCase, type ClassCase, type LessonCase, lastLookAtCell } from "./class-case.ts";
import { lessonFinding } from "./describe.ts";
import type { Rule } from "./rule.ts";
import { demandWritten } from "./written-work.ts";

/**
 * Порядок 3.1.1, 8: written work whose deadline has passed has marks. Not one mark in the lesson is a violation; marks for fewer than the
 * policy's share of the pupils present are a warning for each pupil without one. Only work that is known to be written accuses anybody.
 */
export const markWrittenMissing: Rule = {
  id: "mark-written-missing",
  clause: "Порядок, пп. 3.1.1, 8",
  words: {
    name: "Письменная работа оценена",
    demand: (finding, policy) =>
      `${demandWritten(finding, policy)}; контроль предусматривает «проверку своевременности выставления отметок»`,
    reckoning: "days",
    expected: "отметки за письменную работу",
    ofExpected: "отметок за неё",
    titles: {
      late: "отметки за письменную работу появились позже срока",
      missing: "отметок за письменную работу нет, срок прошёл",
      unproved: "не доказано, вовремя ли появились отметки за письменную работу",
    },
    todo: "выставьте отметки за работу, а если вид работы указан неверно – исправьте его",
    things: ["отметка за письменную работу", "отметки за письменную работу", "отметок за письменную работу"],
    tell(findings, late) {
      if (findings[0]?.severity === "warning")
        return `нет отметок за письменную работу у ${counted(findings.length, "ученика", "учеников", "учеников")}`;
      return findings[0]?.verdict === "missing"
        ? "нет ни одной отметки за письменную работу"
        : `первая отметка за письменную работу позже срока${late}`;
    },
  },
  *check(of, count) {
    const days = writtenDays(of.policy, of.snapshot.grade);
    const { grades, share } = of.policy.markWrittenMissing;
    if (days === null || !includes(grades, of.snapshot.grade)) return;
    for (const taken of of.lessons) {
      if (!taken.tookPlace || taken.work !== "written") continue;
      const dueAt = of.deadlines.within(taken.dueDay, days);
      const marks = marksOf(taken, dueAt, { orMaybe: true });
      const present = presentAt(of, taken);
      if (marks.length === 0 && present.length === 0) continue;

      const verdict = judgeLesson(marks, present, dueAt);
      count(taken.lesson.teacher, verdict, taken.lesson.date);
      const work = { workType: taken.workType, days };
      const details = { ...work, present: present.length, marked: marks.length, unknownLetters: unknownIn(taken) };
      if (verdict !== "in-time" && verdict !== "pending") {
        const evidence = { sighting: firstOf(marks), lastLook: leastLook(present) };
        yield lessonFinding(this, of, taken, { verdict, settled: marks.length > 0, dueAt, ...evidence, details });
      }
      if (marksOf(taken, dueAt).length > 0)
        yield* warnings(this, of, taken, present, { dueAt, share, marks, details: work });
    }
  },
};

/**
 * First sights of the lesson's marks. A mark of somebody who was away tells nothing of the others' where it was late: then it is for another day's work.
 * Where it may have been in time, there may have been a mark in time: `orMaybe` takes it too.
 */
function marksOf({ cells }: LessonCase, dueAt: EpochMs, { orMaybe = false } = {}): readonly Sighting[] {
  const inTime = (mark: Sighting) => (orMaybe ? judge(mark, dueAt, null) !== "late" : mark.seenAt <= dueAt);
  return cells.flatMap(({ mark, everAway }) => (mark !== null && (!everAway || inTime(mark)) ? mark : []));
}

/** A pupil who was at the lesson, with the mark's first sight and the last look at the pupil's page. */
interface Present {
  readonly pupilExternalId: string;
  readonly mark: Sighting | null;
  readonly look: EpochMs | null;
  /** The cell holds what nobody can read: it may be a mark, or the letter of an absence. */
  readonly unread: boolean;
}

/** Whoever is on the lesson's page, was in the class by then and is not recorded absent. */
function presentAt(of: ClassCase, taken: LessonCase): readonly Present[] {
  const { lesson, cells } = taken;
  const byPupil = new Map<string, CellCase>();
  for (const cell of cells) byPupil.set(cell.entry.pupilExternalId, cell);
  return lesson.pupils.flatMap((pupilExternalId) => {
    const cell = byPupil.get(pupilExternalId);
    if (!of.pupils.has(pupilExternalId) || isAbsent(cell)) return [];
    if (!of.isMember(pupilExternalId, lesson.date)) return [];
    return {
      pupilExternalId,
      mark: cell?.mark ?? null,
      look: lastLookAtCell(of, taken, pupilExternalId, cell),
      unread: (cell?.now?.unknown.length ?? 0) > 0,
    };
  });
}

/** Recorded absent, or once recorded so where a mark stands now: it is for work of another day. */
function isAbsent(cell: CellCase | undefined): boolean {
  if (cell === undefined) return false;
  return (cell.everAway && cell.mark !== null) || (cell.now?.absences.some(({ kind }) => kind !== "late") ?? false);
}

/** Letters of the lesson's cells that the mapping does not know: they count as nothing, neither for anybody nor against. */
function unknownIn({ cells }: LessonCase): readonly string[] {
  return [...new Set(cells.flatMap(({ now }) => now?.unknown ?? []))].sort();
}

/** One mark in time is enough. Lateness of all needs that no page could have held an earlier one. */
function judgeLesson(marks: readonly Sighting[], present: readonly Present[], dueAt: EpochMs): Judgement {
  const verdicts = marks.map((mark) => judge(mark, dueAt, null));
  if (verdicts.includes("in-time")) return "in-time";
  const others = present.filter(({ mark }) => mark === null);
  const looked = others.every(({ look }) => judge(null, dueAt, look) === "missing");
  const read = !others.some(({ unread }) => unread);
  if (marks.length === 0) return looked ? (read ? "missing" : "unproved") : "pending";
  return looked && read && verdicts.every((verdict) => verdict === "late") ? "late" : "unproved";
}

/** The span in which the lesson's first mark was entered: any of the marks may have been it. */
function firstOf(marks: readonly Sighting[]): Sighting | null {
  if (marks.length === 0) return null;
  const absent = marks.map(({ absentAt }) => absentAt ?? Number.NEGATIVE_INFINITY);
  const absentAt = Math.min(...absent);
  return {
    absentAt: Number.isFinite(absentAt) ? absentAt : null,
    seenAt: Math.min(...marks.map(({ seenAt }) => seenAt)),
  };
}

function leastLook(present: readonly Present[]): EpochMs | null {
  const looks = present.flatMap(({ look }) => look ?? []);
  return looks.length === 0 ? null : Math.min(...looks);
}

interface WarningTerms {
  readonly dueAt: EpochMs;
  readonly share: number;
  readonly marks: readonly Sighting[];
  readonly details: Finding["details"];
}

/**
 * The pupils without a mark, and as settled those whose late mark came after a pass that had shown others' marks and not theirs: such a pass
 * has warned of them. The looks of one pass lie close together, so what was seen before the middle of the mark's interval was seen in an earlier pass.
 */
function* warnings(
  rule: Pick<Rule, "id" | "clause">,
  of: ClassCase,
  taken: LessonCase,
  present: readonly Present[],
  { dueAt, share, marks, details }: WarningTerms,
): Iterable<Finding> {
  const markedBy = (at: EpochMs) => present.filter(({ mark }) => mark !== null && mark.seenAt <= at).length;
  const tooFew = (marked: number) => marked < share * present.length - 1e-9;
  for (const { pupilExternalId, mark, look, unread } of present) {
    const verdict = judge(mark, dueAt, look);
    if ((verdict !== "missing" && verdict !== "late") || (mark === null && unread)) continue;
    const at = mark === null ? of.asOf : ((mark.absentAt ?? mark.seenAt) + mark.seenAt) / 2;
    const anyMark = marks.some(({ seenAt }) => seenAt <= at);
    if (!anyMark || !tooFew(markedBy(at))) continue;
    const finding = { verdict, settled: mark !== null, dueAt, sighting: mark, lastLook: look, details };
    yield lessonFinding(rule, of, taken, { ...finding, severity: "warning" }, pupilExternalId);
  }
}
