import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import type {
  EmulatedSchool,
  LessonRecord,
  SchoolClass,
  TrueEntry,
  TrueFinal,
  TrueLesson,
  TrueMessage,
} from "../school/model.ts";
import { standingAt } from "../school/model.ts";

/** The school as it can be asked: by id, and by how far its facts had come at an instant. */
export interface View {
  readonly school: EmulatedSchool;
  classOf(pupilId: string): SchoolClass | undefined;
  /** 1 or 2; 0 for nobody. */
  groupOf(pupilId: string): number;
  finalsOf(pupilId: string): readonly TrueFinal[];
  messagesOf(pupilId: string): readonly TrueMessage[];
  /** Lessons of the class that this pupil has, in order of time. */
  lessonsOf(classId: string, pupilId: string, at: EpochMs): { lesson: TrueLesson; record: LessonRecord | null }[];
  entriesOf(pupilId: string, at: EpochMs): { entry: TrueEntry; lesson: TrueLesson; text: string }[];
  /** A number that is the same as long as nothing shown of the class's lessons changes; likewise for a pupil's entries. */
  lessonState(classId: string, at: EpochMs): number;
  entryState(pupilId: string, at: EpochMs): number;
  teacherName(id: string): string | null;
}

export function createView(school: EmulatedSchool): View {
  const classById = new Map(school.classes.map((klass) => [klass.id, klass]));
  const pupilById = new Map(school.pupils.map((pupil) => [pupil.id, pupil]));
  const lessonById = new Map(school.lessons.map((lesson) => [lesson.externalId, lesson]));
  const staff = new Map(school.staff.map((teacher) => [teacher.id, teacher.name]));
  const lessonsByClass = Map.groupBy(school.lessons, (lesson) => lesson.classId);
  const entriesByPupil = Map.groupBy(school.entries, (entry) => entry.pupilId);
  const finalsByPupil = Map.groupBy(school.finals, (final) => final.pupilId);
  const messagesByPupil = Map.groupBy(school.messages, (message) => message.pupilId);
  const lessonTimes = new Map(
    [...lessonsByClass].map(([id, lessons]) => [
      id,
      sorted(lessons.flatMap((l) => [l.shownFrom, ...l.events.map((event) => event.at)])),
    ]),
  );
  const entryTimes = new Map(
    [...entriesByPupil].map(([id, entries]) => [id, sorted(entries.flatMap((e) => e.events.map((event) => event.at)))]),
  );

  return {
    school,
    classOf: (pupilId) => classById.get(pupilById.get(pupilId)?.classId ?? ""),
    groupOf: (pupilId) => pupilById.get(pupilId)?.group ?? 0,
    finalsOf: (pupilId) => finalsByPupil.get(pupilId) ?? [],
    messagesOf: (pupilId) => messagesByPupil.get(pupilId) ?? [],
    teacherName: (id) => staff.get(id) ?? null,
    lessonState: (classId, at) => countUpTo(lessonTimes.get(classId) ?? [], at),
    entryState: (pupilId, at) => countUpTo(entryTimes.get(pupilId) ?? [], at),
    lessonsOf(classId, pupilId, at) {
      const group = pupilById.get(pupilId)?.group;
      return (lessonsByClass.get(classId) ?? []).flatMap((lesson) => {
        if (lesson.shownFrom > at || (lesson.group !== 0 && lesson.group !== group)) return [];
        return [{ lesson, record: standingAt(lesson.events, at) }];
      });
    },
    entriesOf(pupilId, at) {
      return (entriesByPupil.get(pupilId) ?? []).flatMap((entry) => {
        const text = standingAt(entry.events, at);
        const lesson = lessonById.get(entry.lessonId);
        return text === null || lesson === undefined ? [] : [{ entry, lesson, text }];
      });
    },
  };
}

const sorted = (times: number[]) => Float64Array.from(times).sort();

function countUpTo(times: ArrayLike<number>, at: EpochMs): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a day lies in a span of requests' days (`DD.MM.YYYY`), where given. */
export function within(day: IsoDate, begin: string | undefined, end: string | undefined): boolean {
  const iso = (text: string | undefined) => (text ? text.split(".").reverse().join("-") : null);
  const [from, to] = [iso(begin), iso(end)];
  return (from === null || day >= from) && (to === null || day <= to);
}
