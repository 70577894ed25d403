import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import { moment } from "../../emulator/school/days.ts";
import type { EmulatedSchool, SchoolClass, TrueEntry, TrueLesson } from "../../emulator/school/model.ts";
import { standingAt } from "../../emulator/school/model.ts";
import { type Looks, looksAtLesson } from "./observed.ts";
import { keyOf, type TrueCase } from "./truth-case.ts";

const mapping = createMapping(defaultMapping);

/**
 * Hints of attendance: a pupil who was really away from a lesson and stands in no letter of it by the day's end, between two lessons with one; and a mark for
 * an oral answer beside an absence. Whoever was there, came later, left early, or wrote the work on another day is none.
 */
export function attendanceCases(school: EmulatedSchool, klass: SchoolClass): readonly TrueCase[] {
  const lessons = school.lessons.filter(({ classId }) => classId === klass.id);
  const ids = new Set(lessons.map(({ externalId }) => externalId));
  const entries = new Map(
    school.entries
      .filter(({ lessonId }) => ids.has(lessonId))
      .map((entry) => [`${entry.lessonId}/${entry.pupilId}`, entry]),
  );
  return [...Map.groupBy(lessons, ({ date }) => date).values()].flatMap((day) =>
    klass.pupilIds.flatMap((pupilId) => {
      const own = day.filter(({ pupilIds }) => pupilIds.includes(pupilId));
      const cells = own.map(({ externalId }) => entries.get(`${externalId}/${pupilId}`));
      return own.map((lesson, index) => caseOf({ lesson, index, own, cells, pupilId }));
    }),
  );
}

interface PupilDay {
  readonly pupilId: string;
  /** The pupil's lessons of the day in their order, with what stands in them. */
  readonly own: readonly TrueLesson[];
  readonly cells: readonly (TrueEntry | undefined)[];
  readonly lesson: TrueLesson;
  readonly index: number;
}

function caseOf(of: PupilDay): TrueCase {
  const { lesson, index, cells, pupilId } = of;
  const away = lesson.awayIds.includes(pupilId);
  const oral = mapping.workKind(lesson.events.at(-1)?.content?.workType ?? null) === "oral";
  const both = (cells[index]?.events ?? []).some(({ content }) => holdsBoth(content ?? ""));
  return {
    rule: "absence-consistent",
    key: keyOf({ rule: "absence-consistent", lessonExternalId: lesson.externalId, pupilExternalId: pupilId }),
    met: !(both && oral) && !(away && (cells[index]?.events[0]?.at ?? Number.POSITIVE_INFINITY) > endOf(lesson)),
    proven: (looks, asOf) => (both && oral ? standsTogether(of, looks, asOf) : away && liesBetween(of, looks, asOf)),
  };
}

const endOf = ({ date }: TrueLesson): EpochMs => moment(date, 24 * 60);

function holdsBoth(text: string): boolean {
  const { marks, absences } = mapping.readCell(text);
  return marks.length > 0 && absences.some(({ kind }) => kind !== "late");
}

/** The last look at the pupil's page, if it came after the lesson's day. */
function lastLook({ lesson, pupilId }: PupilDay, looks: Looks, asOf: EpochMs): EpochMs | null {
  const last = looks(pupilId, "entries").findLast((look) => look <= asOf) ?? 0;
  return last >= endOf(lesson) ? last : null;
}

function recordSeen(lesson: TrueLesson, looks: Looks, asOf: EpochMs): boolean {
  const last = looksAtLesson(lesson, looks).findLast((look) => look <= asOf) ?? 0;
  return standingAt(lesson.events, last) !== null;
}

function standsTogether(of: PupilDay, looks: Looks, asOf: EpochMs): boolean {
  const last = lastLook(of, looks, asOf);
  const cell = of.cells[of.index];
  if (last === null || cell === undefined || !recordSeen(of.lesson, looks, asOf)) return false;
  return holdsBoth(standingAt(cell.events, last) ?? "");
}

function liesBetween(of: PupilDay, looks: Looks, asOf: EpochMs): boolean {
  const { own, cells, index, lesson } = of;
  const last = lastLook(of, looks, asOf);
  if (last === null || cells[index] !== undefined || !recordSeen(lesson, looks, asOf)) return false;
  const isAbsent = own.map(
    (one, at) =>
      recordSeen(one, looks, asOf) &&
      mapping.readCell(standingAt(cells[at]?.events ?? [], last) ?? "").absences.some(({ kind }) => kind !== "late"),
  );
  return isAbsent.slice(0, index).includes(true) && isAbsent.slice(index + 1).includes(true);
}
