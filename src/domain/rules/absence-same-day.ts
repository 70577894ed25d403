import { judge } from "../evidence.ts";
import type { Sighting, Version } from "../facts.ts";
import type { Mapping } from "../mapping.ts";
import type { Cell } from "../marks.ts";
import { counted } from "../notice/words.ts";
import type { EpochMs } from "../time.ts";
import { sinceUnread } from "./class-case.ts";
import { cellFinding } from "./describe.ts";
import type { Rule } from "./rule.ts";
import { SAME_DAY } from "./same-day.ts";

/**
 * Порядок 3.1.1, 8: an absence is recorded by 24:00 of the lesson's day; an appearance or a change of its letters after that is late.
 * A mark that joins an absence is no change of it, and taking an absence away is none either.
 */
export const absenceSameDay: Rule = {
  id: "absence-same-day",
  clause: "Порядок, пп. 3.1.1, 8",
  words: {
    name: "Отсутствие отмечено в день урока",
    demand: () => `${SAME_DAY}; контроль предусматривает «проверку отражения посещаемости занятий»`,
    reckoning: "same-day",
    expected: "отметка об отсутствии",
    ofExpected: "этой отметки об отсутствии",
    titles: {
      late: "отметка об отсутствии внесена или изменена позже дня урока",
      missing: "отметки об отсутствии нет",
      unproved: "не доказано, в срок ли внесена отметка об отсутствии",
    },
    todo: "внесите отметку об отсутствии",
    things: ["отметка об отсутствии", "отметки об отсутствии", "отметок об отсутствии"],
    tell: (findings, late) =>
      `${counted(findings.length, "отметка об отсутствии", "отметки об отсутствии", "отметок об отсутствии")} позже дня урока${late}`,
  },
  *check(of, count) {
    for (const cell of of.cells) {
      if (!cell.everAbsent || !cell.judged) continue;
      const steps = stepsOf(cell.versions, of.mapping);
      const first = steps[0];
      if (first === undefined) continue;
      const dueAt = of.deadlines.sameDay(cell.dueDay);
      const { step, verdict } = worst(steps, first, dueAt);
      count(cell.lesson?.lesson.teacher ?? null, verdict, cell.date);
      if (verdict === "in-time") continue;
      yield cellFinding(this, of, cell, {
        verdict,
        settled: true,
        dueAt,
        sighting: step.version,
        details: { what: step === first ? "appeared" : "changed", before: step.before, after: step.after },
      });
    }
  },
};

/** The absence letters appeared, or turned into other ones. */
interface Step {
  readonly version: Sighting;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const none: readonly string[] = [];

function stepsOf(versions: readonly Version<string>[], mapping: Mapping): readonly Step[] {
  const steps: Step[] = [];
  let before = none;
  let unread: Sighting | null = null;
  for (const version of versions) {
    const { absences, unknown } = mapping.readCell(version.content);
    const after = lettersOf(absences);
    if (after.length > 0 && !sameLetters(before, after)) {
      steps.push({ version: sinceUnread(version, unread), before, after });
      before = after;
      unread = null;
    }
    if (unknown.length > 0) unread ??= version;
  }
  return steps;
}

/** Each once, in their order. */
function lettersOf(absences: Cell["absences"]): readonly string[] {
  const [only] = absences;
  if (only !== undefined && absences.length === 1) return [only.letter];
  return [...new Set(absences.map(({ letter }) => letter))].sort();
}

function sameLetters(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((letter, i) => letter === other[i]);
}

/** A late appearance, else the first late change, else the first step that is not proved, else all is in time. */
function worst(steps: readonly Step[], first: Step, dueAt: EpochMs) {
  const judged = steps.map((step) => ({ step, verdict: verdictOf(step, dueAt) }));
  const late = judged.find(({ verdict }) => verdict === "late");
  const unproved = judged.find(({ verdict }) => verdict === "unproved");
  return late ?? unproved ?? { step: first, verdict: "in-time" as const };
}

function verdictOf({ version }: Step, dueAt: EpochMs): "in-time" | "late" | "unproved" {
  const verdict = judge(version, dueAt, null);
  return verdict === "late" || verdict === "unproved" ? verdict : "in-time";
}
