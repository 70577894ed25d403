import type { IsoDate } from "../../../src/domain/time.ts";
import { CURRICULUM, LETTERS } from "./curriculum.ts";
import { HALF_YEARS, QUARTERS, WHOLE_YEAR, YEAR } from "./days.ts";
import { makeFinals } from "./finals.ts";
import type { EmulatedSchool, TimetableSlot, TrueEntry, TrueFinal, TrueLesson, TrueMessage } from "./model.ts";
import { createRandom } from "./random.ts";
import { makeClasses, makePages, makeStaff } from "./staff-and-classes.ts";
import { makeClassYear } from "./year.ts";

export interface SchoolOptions {
  readonly seed: number;
  /** 26 by default. */
  readonly classes?: number;
  /** 300 by default. */
  readonly pupils?: number;
  /** Limits the lessons inside the school year 2026/27; the whole year by default. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  /** `ahead` (default): the timetable puts rows into the journal a week before; `on-entry`: a row appears when its teacher makes it. */
  readonly lessonRows?: "ahead" | "on-entry";
}

/** Lesson ids of one class begin here and leave room for a year. */
const LESSON_IDS = 100_000;

/** A special boarding school and its year 2026/27: the same options give the same school, with the true instant of everything entered. */
export function generateSchool(options: SchoolOptions): EmulatedSchool {
  const {
    seed,
    classes: classCount = 26,
    pupils: pupilCount = 300,
    from = YEAR.from,
    to = YEAR.to,
    lessonRows = "ahead",
  } = options;
  const random = createRandom(seed);
  const staff = makeStaff(random.branch("staff"), Math.max(6, Math.round((34 * classCount) / 26)));
  const { classes, pupils } = makeClasses(random.branch("classes"), staff, classCount, pupilCount);
  const pages = makePages(random.branch("pages"), classes, staff);
  const lessons: TrueLesson[] = [];
  const cancelled: TrueLesson[] = [];
  const entries: TrueEntry[] = [];
  const messages: TrueMessage[] = [];
  const finals: TrueFinal[] = [];
  const timetable: TimetableSlot[] = [];
  for (const [index, klass] of classes.entries()) {
    const own = pupils.filter((pupil) => pupil.classId === klass.id);
    const ownPages = pages.filter((page) => page.classId === klass.id);
    const needs = { random: random.branch(`year ${klass.id}`), staff, from, to, lessonRows };
    const year = makeClassYear(needs, klass, own, ownPages, (index + 1) * LESSON_IDS);
    lessons.push(...year.lessons);
    cancelled.push(...year.cancelled);
    for (const entry of year.entries) entries.push(entry);
    messages.push(...year.messages);
    timetable.push(...year.timetable);
    finals.push(...makeFinals(random.branch(`finals ${klass.id}`), klass, ownPages, own, to));
  }
  return {
    name: "ГКОУ «Школа-интернат „Ручей“»",
    year: 2026,
    terms: [...QUARTERS, ...HALF_YEARS, WHOLE_YEAR],
    subjects: CURRICULUM.map(({ id, name }) => ({ id, name })),
    staff,
    classes,
    pupils,
    pages,
    timetable,
    lessons,
    cancelled,
    entries,
    finals,
    messages,
    letters: LETTERS,
  };
}
