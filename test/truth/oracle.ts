import type { EpochMs, IsoDate } from "../../src/domain/time.ts";
import { type EmulatedSchool, standingAt, type TrueEntry, type TrueLesson } from "../emulator/index.ts";
import { addDays, moment, schoolDays, YEAR } from "../emulator/school/days.ts";

// What is true of a generated school, reckoned from the instants of its events alone, without any part of the product.

const ABSENCE = /^(Н|НП|УП|Б|ОП)$/i;
export const WRITTEN = new Set([
  "Контрольная работа",
  "Самостоятельная работа",
  "Диктант",
  "Тест",
  "Проверочная работа",
  "к/р",
]);
export const ORAL = new Set(["Ответ на уроке", "Устный ответ", "ответ на уроке"]);

const tokens = (text: string) => text.split(/[/ ]+/).filter((part) => part !== "");
/** `н/а` is one mark, although it holds the letter and the slash of others. */
export const lettersIn = (text: string) => tokens(text.replace(/н\/а/gi, " ")).filter((part) => ABSENCE.test(part));
const isMark = (part: string) => /^[1-5][+-]?$/.test(part) || /^(зач|н|осв)$/i.test(part);
/** `н/а` is one mark, although it holds the letter and the slash of others. */
export const marksIn = (text: string) =>
  /н\/а/i.test(text) ? ["н/а"] : tokens(text).filter((part) => !ABSENCE.test(part) && isMark(part));

export const isAway = (text: string | null) => lettersIn(text ?? "").some((letter) => letter.toUpperCase() !== "ОП");

export type Kind = "oral" | "written" | "other";

export interface Truth {
  readonly lessons: ReadonlyMap<string, TrueLesson>;
  readonly grades: ReadonlyMap<string, number>;
  kindOf(lesson: TrueLesson): Kind;
  /** 24:00 of the lesson's own day. */
  sameDay(lesson: TrueLesson): EpochMs;
  /** 24:00 of the n-th day after, moved to the next school day. */
  within(lesson: TrueLesson, days: number): EpochMs;
  daysFor(lesson: TrueLesson, kind: Kind): number;
  firstTopic(lesson: TrueLesson): EpochMs | null;
  firstMark(entry: TrueEntry): EpochMs | null;
  /** Every instant at which the letters of absence appeared or turned into others. */
  absenceSteps(entry: TrueEntry): EpochMs[];
  /** Whether the journal ever said that the pupil was not there: then the mark is for another day's work, and nobody knows which. */
  wasAway(entry: TrueEntry): boolean;
  entriesOf(lessonId: string): readonly TrueEntry[];
  /** Whether the journal had shown by then that it shows this pupil's subject, and entries of the class at all. */
  couldSee(entry: TrueEntry, at: EpochMs): boolean;
}

export function truthOf(school: EmulatedSchool): Truth {
  const grades = new Map(school.classes.map((klass) => [klass.id, klass.grade]));
  const open = new Map(
    [...new Set(grades.values())].map((grade) => [grade, new Set(schoolDays(YEAR.from, YEAR.to, grade))]),
  );
  const byLesson = Map.groupBy(school.entries, (entry) => entry.lessonId);
  const lessons = new Map(school.lessons.map((lesson) => [lesson.externalId, lesson]));
  const lessonsOfClass = Map.groupBy(school.lessons, (lesson) => lesson.classId);
  const entriesOf = (lessonId: string) => byLesson.get(lessonId) ?? [];
  const gradeOf = (lesson: TrueLesson) => grades.get(lesson.classId) ?? 0;
  const endOf = (day: IsoDate) => moment(addDays(day, 1), 0);
  return {
    lessons,
    grades,
    kindOf(lesson) {
      const type = lesson.events.findLast((event) => event.content !== null)?.content?.workType ?? "";
      return ORAL.has(type) ? "oral" : WRITTEN.has(type) ? "written" : "other";
    },
    sameDay: (lesson) => endOf(lesson.date),
    within(lesson, days) {
      let day = addDays(lesson.date, days);
      while (!open.get(gradeOf(lesson))?.has(day) && day < YEAR.to) day = addDays(day, 1);
      return endOf(day);
    },
    daysFor: (lesson, kind) => (kind === "oral" ? 1 : gradeOf(lesson) >= 11 ? 4 : 3),
    firstTopic: (lesson) => lesson.events.find((event) => event.content !== null)?.at ?? null,
    firstMark: (entry) =>
      entry.events.find((event) => event.content !== null && marksIn(event.content).length > 0)?.at ?? null,
    absenceSteps(entry) {
      let before = "";
      return entry.events.flatMap((event) => {
        const after = event.content === null ? "" : lettersIn(event.content).sort().join();
        if (after === "" || after === before) return [];
        before = after;
        return [event.at];
      });
    },
    wasAway: ({ events }) => events.some(({ content }) => isAway(content)),
    entriesOf,
    couldSee({ lessonId, pupilId }, at) {
      const { classId, subjectId } = lessons.get(lessonId) ?? {};
      const ofClass = lessonsOfClass.get(classId ?? "") ?? [];
      return (
        ofClass.some((one) => one.subjectId === subjectId && one.pupilIds.includes(pupilId) && one.shownFrom <= at) &&
        ofClass.some(({ externalId }) => entriesOf(externalId).some(({ events }) => standingAt(events, at) !== null))
      );
    },
  };
}
