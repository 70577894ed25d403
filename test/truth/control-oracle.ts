import type { EpochMs } from "../../src/domain/time.ts";
import { type EmulatedSchool, standingAt, type TrueEntry, type TrueLesson } from "../emulator/index.ts";
import { isAway, lettersIn, marksIn, ORAL, type Truth, truthOf, WRITTEN } from "./oracle.ts";

// The control's figures reckoned from the instants of the generator's events alone, as somebody would who looked at every midnight.

export interface TrueCounts {
  inTime: number;
  late: number;
  missing: number;
  pending: number;
}

export type TrueControl = Record<"lessons" | "marks" | "attendance", Map<string, TrueCounts>>;

/** Who is counted: a class by its name, or a teacher. */
export type By = "class" | "teacher";

interface Sight {
  readonly school: EmulatedSchool;
  readonly truth: Truth;
  /** Every midnight up to the control. */
  readonly midnights: readonly EpochMs[];
  readonly last: EpochMs;
}

const COUNTED = { inTime: 0, late: 0, missing: 0, pending: 0 };

/** `month` is `YYYY-MM`; `asOf` the control's instant. */
export function trueControl(school: EmulatedSchool, month: string, midnights: readonly EpochMs[], by: By): TrueControl {
  const control: TrueControl = { lessons: new Map(), marks: new Map(), attendance: new Map() };
  const sight: Sight = { school, truth: truthOf(school), midnights, last: midnights[midnights.length - 1] ?? 0 };
  const classes = new Map(school.classes.map(({ id, name }) => [id, name]));
  const staff = new Map(school.staff.map(({ id, name }) => [id, name]));
  for (const lesson of school.lessons) {
    if (!lesson.date.startsWith(month)) continue;
    const name = (by === "class" ? classes.get(lesson.classId) : staff.get(lesson.givenById)) ?? "";
    const add = (part: keyof TrueControl, outcome: keyof TrueCounts) => {
      const counts = control[part].get(name) ?? { ...COUNTED };
      counts[outcome] += 1;
      control[part].set(name, counts);
    };
    add("lessons", lessonOutcome(sight, lesson));
    for (const outcome of markOutcomes(sight, lesson)) add("marks", outcome);
    for (const outcome of absenceOutcomes(sight, lesson)) add("attendance", outcome);
  }
  return control;
}

function lessonOutcome({ truth, midnights, last }: Sight, lesson: TrueLesson): keyof TrueCounts {
  const due = truth.sameDay(lesson);
  const first = midnights.find((at) => (standingAt(lesson.events, at)?.topic ?? "").trim() !== "");
  if (first === undefined) return last >= due ? "missing" : "pending";
  return first <= due ? "inTime" : "late";
}

function markOutcomes(sight: Sight, lesson: TrueLesson): (keyof TrueCounts)[] {
  const { truth, last } = sight;
  const grade = truth.grades.get(lesson.classId) ?? 0;
  const cells = truth.entriesOf(lesson.externalId);
  const firsts = new Map(cells.map((cell) => [cell.pupilId, firstMark(sight, cell)]));
  if (grade <= 1) return [...firsts.values()].filter((at) => at !== undefined).map(() => "missing");

  const type = standingAt(lesson.events, last)?.workType ?? "";
  const work = ORAL.has(type) ? "oral" : WRITTEN.has(type) ? "written" : "other";
  const due = truth.within(lesson, truth.daysFor(lesson, work));
  // A late mark of somebody who was away is for another day's work: no deadline is known for it.
  const outOfCount = new Set(cells.filter((cell) => wasAwayBy(sight, cell) && (firsts.get(cell.pupilId) ?? 0) > due));
  const marks = cells.filter((cell) => !outOfCount.has(cell)).flatMap(({ pupilId }) => firsts.get(pupilId) ?? []);
  const outcomes = marks.map((at): keyof TrueCounts => (at <= due ? "inTime" : "late"));
  if (work !== "written") return outcomes;
  const away = new Set(
    cells.filter((cell) => isAway(standingAt(cell.events, last)) || outOfCount.has(cell)).map(({ pupilId }) => pupilId),
  );
  const present = lesson.pupilIds.filter((pupil) => !away.has(pupil));
  if (present.length === 0 && marks.length === 0) return outcomes;
  const whole = outcomes.includes("inTime")
    ? "inTime"
    : marks.length > 0
      ? "late"
      : last >= due
        ? "missing"
        : "pending";
  return [...outcomes, whole];
}

function absenceOutcomes({ truth, midnights }: Sight, lesson: TrueLesson): (keyof TrueCounts)[] {
  const due = truth.sameDay(lesson);
  return truth.entriesOf(lesson.externalId).flatMap((cell): (keyof TrueCounts)[] => {
    let before = "";
    const steps = midnights.filter((at) => {
      const now = lettersIn(standingAt(cell.events, at) ?? "")
        .sort()
        .join();
      const isStep = now !== "" && now !== before;
      if (isStep) before = now;
      return isStep;
    });
    if (steps.length === 0) return [];
    return [steps.some((at) => at > due) ? "late" : "inTime"];
  });
}

function firstMark({ midnights }: Sight, cell: TrueEntry): EpochMs | undefined {
  return midnights.find((at) => marksIn(standingAt(cell.events, at) ?? "").length > 0);
}

/** Whether one of the midnights up to the control showed the pupil as absent. */
function wasAwayBy({ midnights }: Sight, cell: TrueEntry): boolean {
  return midnights.some((at) => isAway(standingAt(cell.events, at)));
}
