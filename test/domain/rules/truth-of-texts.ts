import { LETTERS, WORK_TYPES } from "../../emulator/school/curriculum.ts";
import type { EmulatedSchool, SchoolClass } from "../../emulator/school/model.ts";
import { standingAt } from "../../emulator/school/model.ts";
import { looksAtLesson } from "./observed.ts";
import { keyOf, type TrueCase } from "./truth-case.ts";

const UNKNOWN_LETTER = LETTERS.find(({ meaning }) => meaning === "журнал соревнований")?.letter ?? "";
const ODD_WORK: ReadonlySet<string> = new Set(WORK_TYPES.unknown);

/** What the mapping does not know of a class's texts, and every text that it does know, whatever it looks like. */
export function textCases(school: EmulatedSchool, klass: SchoolClass): readonly TrueCase[] {
  const lessons = school.lessons.filter(({ classId }) => classId === klass.id);
  const ids = new Set(lessons.map(({ externalId }) => externalId));
  const entries = school.entries.filter(({ lessonId }) => ids.has(lessonId));
  const caseOf = (rule: TrueCase["rule"], text: string) =>
    keyOf({
      rule,
      classExternalId: klass.id,
      subjectExternalId: null,
      about: text.toLowerCase(),
      pupilExternalId: null,
    });

  const works = Map.groupBy(
    lessons.filter(({ events }) => events.at(-1)?.content?.workType),
    ({ events }) => events.at(-1)?.content?.workType ?? "",
  );
  const letters = Map.groupBy(entries, ({ events }) => events.at(-1)?.content ?? "");
  return [
    ...[...works].map(
      ([text, of]): TrueCase => ({
        rule: "work-type-known",
        key: caseOf("work-type-known", text),
        met: !ODD_WORK.has(text),
        proven: (looks, asOf) =>
          ODD_WORK.has(text) &&
          of.some((lesson) => {
            const last = looksAtLesson(lesson, looks).findLast((look) => look <= asOf);
            return last !== undefined && standingAt(lesson.events, last)?.workType === text;
          }),
      }),
    ),
    ...[...letters].map(
      ([text, of]): TrueCase => ({
        rule: "letter-known",
        key: caseOf("letter-known", text),
        met: text !== UNKNOWN_LETTER,
        proven: (looks, asOf) =>
          text === UNKNOWN_LETTER &&
          of.some(({ pupilId, events }) => {
            const last = looks(pupilId, "entries").findLast((look) => look <= asOf);
            return last !== undefined && standingAt(events, last) === text;
          }),
      }),
    ),
  ];
}
