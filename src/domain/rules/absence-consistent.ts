import { type Judgement, judge } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import { counted } from "../notice/words.ts";
import { type CellCase, type ClassCase, type LessonCase, lastLookAtCell } from "./class-case.ts";
import { cellFinding, lessonFinding } from "./describe.ts";
import { orderOf } from "./lesson-order.ts";
import type { Rule } from "./rule.ts";

/**
 * Порядок 8, a hint: a pupil absent before and after a lesson but neither absent nor marked in it, or marked at a lesson at which the pupil is
 * recorded absent. Both may be right, so nobody is accused; the teacher has the lesson's day to put it right.
 */
export const absenceConsistent: Rule = {
  id: "absence-consistent",
  clause: "Порядок, п. 8",
  words: {
    name: "Посещаемость без противоречий",
    demand: () => "контроль предусматривает «проверку отражения посещаемости занятий»",
    reckoning: null,
    expected: "отсутствие отмечено на всех пропущенных уроках дня, и только на них",
    ofExpected: "отметки об отсутствии",
    titles: { violation: "посещаемость противоречит сама себе" },
    title: ({ details }) =>
      details.what === "mark"
        ? "отметка стоит рядом с отсутствием"
        : "ученик отсутствовал до и после урока, а на самом уроке – нет",
    sight: ({ details }) =>
      details.what === "mark"
        ? `В клетке стоят и отсутствие, и отметка: «${details.text}».`
        : `В этот день отсутствие отмечено раньше (предмет «${details.before}») и позже (предмет «${details.after}»), а в клетке этого урока нет ни отсутствия, ни отметки.`,
    conclusion: ({ details }) => [
      "Это подсказка, а не нарушение: так бывает и на самом деле.",
      details.what === "mark"
        ? "Что сделать: проверьте, был ли ученик на уроке. Если был, уберите отсутствие; если отметка за другой урок, перенесите её туда."
        : "Что сделать: проверьте, был ли ученик на уроке. Если не был, отметьте отсутствие.",
    ],
    todo: "проверьте, был ли ученик на уроке",
    things: ["противоречие в посещаемости", "противоречия в посещаемости", "противоречий в посещаемости"],
    tell(findings) {
      const marks = findings.filter(({ details }) => details.what === "mark").length;
      const gaps = findings.length - marks;
      const parts = [
        ...(gaps > 0
          ? [`нет отсутствия у ${counted(gaps, "ученика", "учеников", "учеников")}, отсутствовавших до и после`]
          : []),
        ...(marks > 0 ? [`${counted(marks, "отметка", "отметки", "отметок")} рядом с отсутствием`] : []),
      ];
      return `проверьте: ${parts.join("; ")}`;
    },
  },
  lacksFor: ({ snapshot }) =>
    orderOf(snapshot.lessons) === null
      ? [
          "нет данных: журнал не говорит, каким по счёту идёт урок, пропуск посреди дня не проверяется; делать ничего не нужно",
        ]
      : [],
  *check(of) {
    for (const cell of of.cells) {
      if (isMarkedAbsent(cell, of)) {
        const details = { what: "mark", text: cell.versions.at(-1)?.content ?? "" };
        yield cellFinding(this, of, cell, { ...hint, sighting: cell.mark, details });
      }
    }
    yield* gaps(this, of);
  },
};

const hint = { verdict: "violation", severity: "hint", settled: false, dueAt: null } as const;

function isAbsent({ now }: CellCase): boolean {
  return now?.absences.some(({ kind }) => kind !== "late") ?? false;
}

/** Written work may have been written on another day, and work of an unknown type counts as written. */
function isMarkedAbsent(cell: CellCase, of: ClassCase): boolean {
  const { lesson, now } = cell;
  if (lesson === null || !lesson.tookPlace || now === null || now.marks.length === 0 || !isAbsent(cell)) return false;
  const told = lesson.work === "oral" || (lesson.work === "written" && of.policy.absenceConsistent.marksForWrittenWork);
  return told && lookAfter(of, cell.entry.pupilExternalId, lesson, cell) === "missing";
}

/** Whether the pupil's page was looked at since the end of the lesson's day. */
function lookAfter(of: ClassCase, pupilId: string, taken: LessonCase, cell: CellCase | undefined): Judgement {
  return judge(null, of.deadlines.sameDay(taken.dueDay), lastLookAtCell(of, taken, pupilId, cell));
}

/** Each lesson that lies between two absences of a pupil's day and says nothing of that pupil. */
function* gaps(rule: Pick<Rule, "id" | "clause">, of: ClassCase): Iterable<Finding> {
  const order = orderOf(of.snapshot.lessons);
  if (order === null) return;
  const days = Map.groupBy(
    of.lessons.filter(({ tookPlace }) => tookPlace),
    ({ lesson }) => lesson.date,
  );
  for (const lessons of days.values()) {
    lessons.sort((one, other) => order(one.lesson, other.lesson));
    for (const pupilId of absentTwice(lessons)) {
      const own = lessons.filter(({ lesson }) => lesson.pupils.includes(pupilId) && of.isMember(pupilId, lesson.date));
      const cells = own.map((taken) => taken.cells.find(({ entry }) => entry.pupilExternalId === pupilId));
      const absent = cells.flatMap((cell, index) => (cell !== undefined && isAbsent(cell) ? [index] : []));
      const [first, last] = [absent[0], absent.at(-1)];
      if (first === undefined || last === undefined) continue;
      for (let index = first + 1; index < last; index++) {
        const [taken, cell] = [own[index], cells[index]];
        if (taken === undefined || saysSomething(cell) || !isRecorded(taken)) continue;
        if (lookAfter(of, pupilId, taken, cell) !== "missing") continue;
        const before = own[absent.findLast((at) => at < index) ?? first]?.lesson.subject ?? "";
        const after = own[absent.find((at) => at > index) ?? last]?.lesson.subject ?? "";
        const details = { what: "gap", before, after };
        yield lessonFinding(rule, of, taken, { ...hint, sighting: null, details }, pupilId);
      }
    }
  }
}

/** Only who is absent at two lessons of the day can be absent before and after one. */
function absentTwice(lessons: readonly LessonCase[]): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { cells } of lessons) {
    for (const cell of cells) {
      if (!isAbsent(cell)) continue;
      const { pupilExternalId } = cell.entry;
      if (once.has(pupilExternalId)) twice.add(pupilExternalId);
      else once.add(pupilExternalId);
    }
  }
  return twice;
}

/** A letter that nobody knows may be an absence: it says something. */
function saysSomething(cell: CellCase | undefined): boolean {
  const now = cell?.now ?? null;
  return now !== null && now.marks.length + now.absences.length + now.unknown.length > 0;
}

/** Whoever has not recorded the lesson yet has not taken its attendance either, and another rule says so. */
function isRecorded({ versions }: LessonCase): boolean {
  return (versions.at(-1)?.content.topic ?? "").trim() !== "";
}
