import type { PageKind } from "../../../../src/ports/journal.ts";
import { commentOf, type EmulatedSchool, standingAt } from "../../../emulator/index.ts";

export interface Asked {
  readonly at: number;
  readonly version: "3.1" | "4.1";
  readonly pupilId: string;
  readonly kind: PageKind;
  /** The teacher who asks and sees the own pages only; null sees everything. */
  readonly teacherId: string | null;
}

/** What the journal must show of a pupil at an instant, by the generated school itself. Order says nothing: rows are sorted as text. */
export function truthOf(school: EmulatedSchool, { at, version, pupilId, kind, teacherId }: Asked): string[] {
  const pupil = school.pupils.find((one) => one.id === pupilId);
  if (pupil === undefined) throw new Error("nobody");
  const leader = school.classes.find(({ id }) => id === pupil.classId)?.teacherName;
  const everything = teacherId === null || leader === school.staff.find(({ id }) => id === teacherId)?.name;
  /** `group` undefined: whichever. */
  const sees = (subjectId: string, group?: number) =>
    everything ||
    school.pages.some(
      (page) =>
        page.holderId === teacherId &&
        page.classId === pupil.classId &&
        page.subjectId === subjectId &&
        (group === undefined || page.group === group),
    );
  const name = (id: string) => school.staff.find((one) => one.id === id)?.name ?? null;
  const lessons = school.lessons.filter(
    (lesson) =>
      lesson.classId === pupil.classId &&
      lesson.shownFrom <= at &&
      (lesson.group === 0 || lesson.group === pupil.group) &&
      sees(lesson.subjectId, lesson.group),
  );
  switch (kind) {
    case "lessons":
      return sorted(
        lessons.map((lesson) => {
          const record = standingAt(lesson.events, at);
          return {
            externalId: lesson.externalId,
            date: lesson.date,
            subjectExternalId: lesson.subjectId,
            workType: record?.workType?.trim() || null,
            topic: record?.topic.trim() || null,
            homework: record?.homework?.trim() || null,
            weight: record?.weight ?? null,
            group: lesson.group === 0 ? null : `${lesson.group}`,
          };
        }),
      );
    case "entries": {
      const byId = new Map(school.lessons.map((lesson) => [lesson.externalId, lesson]));
      return sorted(
        school.entries.flatMap((entry) => {
          const text = entry.pupilId === pupilId ? standingAt(entry.events, at) : null;
          const lesson = byId.get(entry.lessonId);
          if (text === null || lesson === undefined || !sees(lesson.subjectId, lesson.group)) return [];
          return [
            {
              lessonExternalId: lesson.externalId,
              pupilExternalId: pupilId,
              date: lesson.date,
              subjectExternalId: lesson.subjectId,
              text,
              comment: version === "4.1" ? commentOf(entry, text) : null,
            },
          ];
        }),
      );
    }
    case "finals":
      return sorted(
        school.finals.flatMap((final) => {
          const text = final.pupilId === pupilId ? standingAt(final.events, at) : null;
          if (text === null || !sees(final.subjectId)) return [];
          return [{ termExternalId: final.termId, subjectExternalId: final.subjectId, text }];
        }),
      );
    case "messages":
      return sorted(
        school.messages.flatMap((message) => {
          const text = message.pupilId === pupilId ? standingAt(message.events, at) : null;
          if (text === null || !sees(message.subjectId)) return [];
          return [
            {
              teacherExternalId: message.teacherId,
              subjectExternalId: message.subjectId,
              date: message.date,
              text: text.trim(),
            },
          ];
        }),
      );
    case "holders":
      return sorted(
        school.pages
          .filter((page) => page.classId === pupil.classId && (page.group === 0 || page.group === pupil.group))
          .map((page) => ({ subjectExternalId: page.subjectId, teacherName: name(page.holderId) })),
      );
    case "diary":
      return sorted(
        lessons
          .filter((lesson) => lesson.date >= `${school.year}-09-01`)
          .map((lesson) => ({
            lessonExternalId: lesson.externalId,
            date: lesson.date,
            teacherExternalId: lesson.givenById,
          })),
      );
    default:
      throw new Error(`no truth of ${kind satisfies never}`);
  }
}

export const sorted = (rows: readonly object[]): string[] =>
  rows
    .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))))
    .sort();
