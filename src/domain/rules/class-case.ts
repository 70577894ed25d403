import { lastLook, standsAt, versionsAt } from "../as-of.ts";
import type { SchoolCalendar } from "../calendar.ts";
import { dayOf, laterDay } from "../days.ts";
import { createDeadlines, type Deadlines } from "../deadline.ts";
import type { ClassSnapshot, EntryFact, LessonContent, LessonFact, PupilFact, Sighting, Version } from "../facts.ts";
import type { Mapping } from "../mapping.ts";
import type { Cell } from "../marks.ts";
import type { Policy } from "../policy.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { WorkKind } from "../work-types.ts";
import { type Membership, membershipOf } from "./membership.ts";
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
  readonly isMember: Membership;
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
  /** From which day its deadlines run: its own, unless the journal showed it on a later one when its own had passed. */
  readonly dueDay: IsoDate;
  readonly cells: readonly CellCase[];
}

/** One pupil's cell at one lesson. */
export interface CellCase {
  readonly entry: EntryFact;
  readonly versions: readonly Version<string>[];
  /** Null when the journal shows no such lesson. */
  readonly lesson: LessonCase | null;
  /** The day of its lesson. */
  readonly date: IsoDate;
  /** From which day its deadlines run. */
  readonly dueDay: IsoDate;
  /** Whether deadlines run for it at all: its lesson stands, on a school day on which the class and the pupil were there. */
  readonly judged: boolean;
  /** What it holds now; null when it is gone. */
  readonly now: Cell | null;
  /** First sight of a mark in it, whatever became of it later. What nobody can read may have been one: then it may be as old as that. */
  readonly mark: Sighting | null;
  /** Whether any of its versions holds an absence, and whether one does of a pupil who was not there at all. */
  readonly everAbsent: boolean;
  readonly everAway: boolean;
}

export function prepareClass({ snapshot, policy, calendar, mapping, asOf }: CheckInput): ClassCase {
  const of = { grade: snapshot.grade, className: snapshot.className };
  const deadlines = createDeadlines({ calendar, reading: policy.reading, of });
  const today = dayOf(asOf, calendar.zone);
  const isMember = membershipOf(snapshot);
  // What a new class is given to its beginning is written back from elsewhere.
  const isSchoolDay = (date: IsoDate) => deadlines.isLessonDay(date) && date >= (snapshot.beganOn ?? date);
  const lessons: (LessonCase & { readonly counts: boolean; readonly cells: CellCase[] })[] = [];
  const byId = new Map<string, (typeof lessons)[number]>();

  for (const lesson of snapshot.lessons) {
    const versions = versionsAt(lesson, asOf);
    const latest = versions[versions.length - 1];
    if (latest === undefined) continue;
    const { workType } = latest.content;
    // The journal does not number lessons: on a day that ended early only a lesson that was recorded is known to have taken place.
    const given = !deadlines.endsEarly(lesson.date) || hasTopic(latest.content);
    const stands = standsAt(lesson, asOf);
    const counts = given && stands && isSchoolDay(lesson.date);
    const dueDay = dueDayOf(lesson, deadlines, asOf);
    const work = mapping.workKind(workType);
    const tookPlace = counts && lesson.date <= today;
    const prepared = { lesson, versions, workType, work, stands, dueDay, counts, tookPlace, cells: [] };
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
    const date = lesson?.lesson.date ?? entry.date;
    const { now, mark, everAbsent, everAway } = readVersions(versions, mapping, standsAt(entry, asOf));
    const dueDay = lesson?.dueDay ?? date;
    const judged = (lesson?.counts ?? isSchoolDay(date)) && isMember(entry.pupilExternalId, date);
    const cell = { entry, versions, lesson, date, dueDay, judged, now, mark, everAbsent, everAway };
    cells.push(cell);
    lesson?.cells.push(cell);
  }

  const pupils = new Map(snapshot.pupils.map((pupil) => [pupil.externalId, pupil]));
  return { snapshot, policy, mapping, calendar, deadlines, asOf, today, pupils, lessons, cells, isMember, unseen };
}

/** Who is told after a day that the lesson was on it could not keep its deadlines: those of the later day hold on. */
function dueDayOf({ date, movedFrom }: LessonFact, deadlines: Deadlines, asOf: EpochMs): IsoDate {
  if (movedFrom === undefined) return date;
  const over = deadlines.sameDay(date);
  return movedFrom.reduce(
    (last, one) => (one.until > over && one.until <= asOf ? laterDay(last, one.date) : last),
    date,
  );
}

function hasTopic({ topic }: LessonContent): boolean {
  return topic !== null && topic.trim() !== "";
}

function readVersions(versions: readonly Version<string>[], mapping: Mapping, stands: boolean) {
  let mark: Sighting | null = null;
  let everAbsent = false;
  let everAway = false;
  let now: Cell | null = null;
  let unread: Sighting | null = null;
  for (const version of versions) {
    now = mapping.readCell(version.content);
    if (mark === null && now.marks.length > 0) mark = sinceUnread(version, unread);
    if (now.absences.length > 0) everAbsent = true;
    if (now.absences.some(({ kind }) => kind !== "late")) everAway = true;
    if (now.unknown.length > 0) unread ??= version;
  }
  return { now: stands ? now : null, mark, everAbsent, everAway };
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
