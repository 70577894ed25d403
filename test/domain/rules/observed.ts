import type {
  ClassSnapshot,
  EntryFact,
  FinalMarkFact,
  LessonContent,
  LessonFact,
  Version,
} from "../../../src/domain/facts.ts";
import { NO_LISTS } from "../../../src/domain/school-lists.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import { type EmulatedSchool, standingAt, type TrueLesson } from "../../emulator/index.ts";

/** When each pupil's pages were looked at with success, oldest first. */
export type Looks = (pupilId: string, page: "lessons" | "entries" | "finals") => readonly EpochMs[];

/** What a store would know of each class of an emulated school after those looks, and nothing of the true instants. */
export function observedClasses(school: EmulatedSchool, looks: Looks): readonly ClassSnapshot[] {
  const lessons = Map.groupBy(school.lessons, ({ classId }) => classId);
  const byId = new Map(school.lessons.map((lesson) => [lesson.externalId, lesson]));
  const entries = Map.groupBy(school.entries, ({ lessonId }) => byId.get(lessonId)?.classId);
  const finals = Map.groupBy(school.finals, ({ pupilId }) => pupilId);
  const staff = new Map(school.staff.map(({ id, name }) => [id, { externalId: id, name }]));
  const subjects = new Map(school.subjects.map(({ id, name }) => [id, name]));

  return school.classes.map((klass): ClassSnapshot => {
    const pupils = school.pupils.filter(({ classId }) => classId === klass.id);
    return {
      school: { id: 1, externalId: "school", name: school.name, zone: "Europe/Moscow" },
      classExternalId: klass.id,
      className: klass.name,
      grade: klass.grade,
      classTeacher: klass.teacherName,
      pupils: pupils.map(({ id, fullName }, index) => ({
        externalId: id,
        fullName,
        number: index + 1,
        lessonsAskedAt: looks(id, "lessons").at(-1) ?? null,
        entriesAskedAt: looks(id, "entries").at(-1) ?? null,
        finalsAskedAt: looks(id, "finals").at(-1) ?? null,
      })),
      lessons: (lessons.get(klass.id) ?? []).flatMap((lesson): LessonFact[] => {
        const history = historyOf(looksAtLesson(lesson, looks), changesOf(lesson), (at) => lessonAt(lesson, at));
        if (history === null) return [];
        const { externalId, date, subjectId, givenById, pupilIds, group } = lesson;
        const subject = subjects.get(subjectId) ?? "";
        const teacher = staff.get(givenById) ?? null;
        const place = {
          externalId,
          date,
          subjectExternalId: subjectId,
          subject,
          group: group === 0 ? null : String(group),
          teacher,
          pupils: pupilIds,
        };
        return [{ ...place, ...history }];
      }),
      entries: (entries.get(klass.id) ?? []).flatMap((entry): EntryFact[] => {
        const lesson = byId.get(entry.lessonId);
        const history = historyOf(
          looks(entry.pupilId, "entries"),
          entry.events.map(({ at }) => at),
          (at) => standingAt(entry.events, at),
        );
        if (history === null || lesson === undefined) return [];
        const { date, subjectId, externalId } = lesson;
        const place = {
          lessonExternalId: externalId,
          pupilExternalId: entry.pupilId,
          date,
          subjectExternalId: subjectId,
        };
        return [{ ...place, ...history }];
      }),
      finals: pupils.flatMap(({ id }) =>
        (finals.get(id) ?? []).flatMap((final): FinalMarkFact[] => {
          const { termId, subjectId, events } = final;
          const history = historyOf(
            looks(id, "finals"),
            events.map(({ at }) => at),
            (at) => standingAt(events, at),
          );
          if (history === null) return [];
          const subject = subjects.get(subjectId) ?? "";
          return [{ pupilExternalId: id, termExternalId: termId, subjectExternalId: subjectId, subject, ...history }];
        }),
      ),
      terms: school.terms
        .filter(({ id }) => klass.termIds.includes(id))
        .map(({ id, name, from, to }) => ({ externalId: id, name, from, to })),
      lists: NO_LISTS,
    };
  });
}

export function looksAtLesson({ pupilIds }: TrueLesson, looks: Looks): readonly EpochMs[] {
  const pages = new Set(pupilIds.map((id) => looks(id, "lessons")));
  const [only] = pages;
  if (pages.size === 1 && only !== undefined) return only;
  return [...new Set([...pages].flat())].sort((one, other) => one - other);
}

function changesOf({ shownFrom, events }: TrueLesson): readonly EpochMs[] {
  return [shownFrom, ...events.map(({ at }) => at)].sort((one, other) => one - other);
}

const emptyRow: LessonContent = { topic: null, homework: null, workType: null, weight: null };

function lessonAt(lesson: TrueLesson, at: EpochMs): LessonContent | null {
  const record = standingAt(lesson.events, at);
  return record ?? (at >= lesson.shownFrom ? emptyRow : null);
}

interface Observed<Content> {
  readonly versions: readonly [Version<Content>, ...Version<Content>[]];
  readonly vanishedAt: EpochMs | null;
}

/** Between two changes every look sees the same, so only the first look at or after each is worth asking. */
function historyOf<Content>(
  looks: readonly EpochMs[],
  changes: readonly EpochMs[],
  contentAt: (at: EpochMs) => Content | null,
): Observed<Content> | null {
  const versions: Version<Content>[] = [];
  let vanishedAt: EpochMs | null = null;
  let before: Content | null = null;
  for (const index of new Set(changes.map((at) => firstFrom(looks, at)))) {
    const look = looks[index];
    if (look === undefined) continue;
    const content = contentAt(look);
    const same = content !== null && before !== null && JSON.stringify(content) === JSON.stringify(before);
    if (content !== null && !same) versions.push({ absentAt: looks[index - 1] ?? null, seenAt: look, content });
    if (content !== null) vanishedAt = null;
    else if (before !== null) vanishedAt = look;
    before = content;
  }
  const [first, ...rest] = versions;
  return first === undefined ? null : { versions: [first, ...rest], vanishedAt };
}

/** Where the first look at or after the instant stands in the ordered looks. */
function firstFrom(looks: readonly EpochMs[], at: EpochMs): number {
  let low = 0;
  let high = looks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((looks[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
