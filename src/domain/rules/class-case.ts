import { lastLook, standsAt, versionsAt } from "../as-of.ts";
import type { SchoolCalendar } from "../calendar.ts";
import { dayOf } from "../days.ts";
import { createDeadlines, type Deadlines } from "../deadline.ts";
import type { ClassSnapshot, EntryFact, LessonContent, LessonFact, PupilFact, Sighting, Version } from "../facts.ts";
import type { Mapping } from "../mapping.ts";
import type { Cell } from "../marks.ts";
import type { Policy } from "../policy.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { WorkKind } from "../work-types.ts";
import type { CheckInput } from "./rule.ts";

/** A class prepared for all rules at once: facts as they were known at `asOf`, cells read, joined to their lessons. */
export interface ClassCase {
  readonly snapshot: ClassSnapshot;
  readonly policy: Policy;
  readonly mapping: Mapping;
  readonly calendar: SchoolCalendar;
  readonly deadlines: Deadlines;
  readonly asOf: EpochMs;
  /** The school's day on which `asOf` falls. */
  readonly today: IsoDate;
  readonly pupils: ReadonlyMap<string, PupilFact>;
  readonly lessons: readonly LessonCase[];
  readonly cells: readonly CellCase[];
  /** Cells that nobody had seen by `asOf`, by lesson and pupil: in a look back they tell how far the looks prove anything. */
  readonly unseen: ReadonlyMap<string, EntryFact>;
}

export interface LessonCase {
  readonly lesson: LessonFact;
  readonly versions: readonly Version<LessonContent>[];
  readonly workType: string | null;
  readonly work: WorkKind;
  /** Its row had not been found gone. */
  readonly stands: boolean;
  /** Its row stands, its day has come, and that day is a school day of the class that did not end before it. */
  readonly tookPlace: boolean;
  readonly cells: readonly CellCase[];
}

/** One pupil's cell at one lesson. */
export interface CellCase {
  readonly entry: EntryFact;
  readonly versions: readonly Version<string>[];
  /** Null when the journal shows no such lesson. */
  readonly lesson: LessonCase | null;
  /** What it holds now; null when it is gone. */
  readonly now: Cell | null;
  /** First sight of a mark in it, whatever became of it later. What nobody can read may have been one: then it may be as old as that. */
  readonly mark: Sighting | null;
  /** Whether any of its versions holds an absence. */
  readonly everAbsent: boolean;
}

export function prepareClass({ snapshot, policy, calendar, mapping, asOf }: CheckInput): ClassCase {
  const of = { grade: snapshot.grade, className: snapshot.className };
  const deadlines = createDeadlines({ calendar, reading: policy.reading, of });
  const today = dayOf(asOf, calendar.zone);
  const lessons: (LessonCase & { readonly cells: CellCase[] })[] = [];
  const byId = new Map<string, (typeof lessons)[number]>();

  for (const lesson of snapshot.lessons) {
    const versions = versionsAt(lesson, asOf);
    const latest = versions[versions.length - 1];
    if (latest === undefined) continue;
    const { workType } = latest.content;
    // The journal does not number lessons: on a day that ended early only a lesson that was recorded is known to have taken place.
    const given = !deadlines.endsEarly(lesson.date) || latest.content.topic !== null;
    const stands = standsAt(lesson, asOf);
    const tookPlace = given && lesson.date <= today && stands && deadlines.isLessonDay(lesson.date);
    const prepared = { lesson, versions, workType, work: mapping.workKind(workType), stands, tookPlace, cells: [] };
    lessons.push(prepared);
    byId.set(lesson.externalId, prepared);
  }

  const cells: CellCase[] = [];
  const unseen = new Map<string, EntryFact>();
  for (const entry of snapshot.entries) {
    const versions = versionsAt(entry, asOf);
    const latest = versions[versions.length - 1];
    if (latest === undefined) {
      unseen.set(cellKey(entry.lessonExternalId, entry.pupilExternalId), entry);
      continue;
    }
    const lesson = byId.get(entry.lessonExternalId) ?? null;
    const cell = { entry, versions, lesson, ...readVersions(versions, mapping, standsAt(entry, asOf)) };
    cells.push(cell);
    lesson?.cells.push(cell);
  }

  const pupils = new Map(snapshot.pupils.map((pupil) => [pupil.externalId, pupil]));
  return { snapshot, policy, mapping, calendar, deadlines, asOf, today, pupils, lessons, cells, unseen };
}

function readVersions(versions: readonly Version<string>[], mapping: Mapping, stands: boolean) {
  let mark: Sighting | null = null;
  let everAbsent = false;
  let now: Cell | null = null;
  let unread: Sighting | null = null;
  for (const version of versions) {
    now = mapping.readCell(version.content);
    if (mark === null && now.marks.length > 0) mark = sinceUnread(version, unread);
    if (now.absences.length > 0) everAbsent = true;
    if (now.unknown.length > 0) unread ??= version;
  }
  return { now: stands ? now : null, mark, everAbsent };
}

const cellKey = (lessonExternalId: string, pupilExternalId: string) => `${lessonExternalId}/${pupilExternalId}`;

/** The last usable look at a pupil's cell of a lesson, whether something stands in it (`cell`) or not. */
export function lastLookAtCell(
  { pupils, unseen, asOf }: ClassCase,
  { lesson }: LessonCase,
  pupilExternalId: string,
  cell: CellCase | undefined,
): EpochMs | null {
  const entry = cell?.entry ?? (unseen.size === 0 ? null : unseen.get(cellKey(lesson.externalId, pupilExternalId)));
  return lastLook(pupils.get(pupilExternalId)?.entriesAskedAt ?? null, entry ?? null, asOf);
}

/** The span in which something may have been entered that stood, for all anybody knows, in an earlier version nobody could read. */
export function sinceUnread(sighting: Sighting, unread: Sighting | null): Sighting {
  return unread === null ? sighting : { absentAt: unread.absentAt, seenAt: sighting.seenAt };
}

/** The last usable look at any page on which the lesson stands. */
export function lastLookAtLesson({ pupils, asOf }: ClassCase, lesson: LessonFact): EpochMs | null {
  let last: EpochMs | null = null;
  for (const id of lesson.pupils) {
    const look = lastLook(pupils.get(id)?.lessonsAskedAt ?? null, lesson, asOf);
    if (look !== null && (last === null || look > last)) last = look;
  }
  return last;
}
