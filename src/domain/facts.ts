import type { ArchiveRecord, ClassLists, ControlRecord } from "./school-lists.ts";
import type { EpochMs, IsoDate } from "./time.ts";

/** When something was first seen: it was entered in `(absentAt, seenAt]` (rules.md § 1). */
export interface Sighting {
  /** The last trusted look that did not contain it; null when there was none. */
  readonly absentAt: EpochMs | null;
  readonly seenAt: EpochMs;
}

/** A fact's content as it was from one sighting to the next. */
export interface Version<Content> extends Sighting {
  readonly content: Content;
}

/** What happened to a fact, oldest first; the last version is today's. */
export interface History<Content> {
  readonly versions: readonly [Version<Content>, ...Version<Content>[]];
  /** When it was found gone; null while it stands. */
  readonly vanishedAt: EpochMs | null;
}

export interface Person {
  /** The journal's id, where the name leads to exactly one. */
  readonly externalId: string | null;
  readonly name: string;
}

export interface LessonFact extends History<LessonContent> {
  readonly externalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  readonly subject: string;
  readonly group: string | null;
  /** Who gave it (the substitute, where one is recorded), else who holds the page; null when the journal names nobody. */
  readonly teacher: Person | null;
  /** External ids of the pupils on whose page it stands. */
  readonly pupils: readonly string[];
  /** Other days on which its row had stood before; `until` is the first sight of it on another one. */
  readonly movedFrom?: readonly { readonly date: IsoDate; readonly until: EpochMs }[];
}

export interface LessonContent {
  readonly topic: string | null;
  readonly homework: string | null;
  readonly workType: string | null;
  readonly weight: number | null;
}

/** One pupil's cell at one lesson: marks and absences share it, so the text is kept as seen and read through the school's mapping. */
export interface EntryFact extends History<string> {
  readonly lessonExternalId: string;
  readonly pupilExternalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
}

export interface PupilFact {
  readonly externalId: string;
  readonly fullName: string;
  /** Number in the class list, from 1, by surname: what mails call a pupil. */
  readonly number: number;
  /** The last trusted look at the pupil's page of lessons and of entries: null before the first. */
  readonly lessonsAskedAt: EpochMs | null;
  readonly entriesAskedAt: EpochMs | null;
  /** The same for the page of final marks. */
  readonly finalsAskedAt: EpochMs | null;
  /** Of a pupil who came to the class later than it was first looked at: the day on which the pupil's own pages first were. */
  readonly joinedOn?: IsoDate;
}

/** Everything that rules need to know of one class. Pure data; one class at a time keeps memory flat. */
export interface ClassSnapshot {
  readonly school: { readonly id: number; readonly externalId: string; readonly name: string; readonly zone: string };
  readonly classExternalId: string;
  readonly className: string;
  /** 0 preparatory … 12; null when neither the journal nor the name tells. */
  readonly grade: number | null;
  readonly classTeacher: string | null;
  /** Of a class that the journal did not have in an earlier complete pass: the day on which its pages were first looked at. */
  readonly beganOn?: IsoDate;
  readonly pupils: readonly PupilFact[];
  readonly lessons: readonly LessonFact[];
  readonly entries: readonly EntryFact[];
  readonly finals: readonly FinalMarkFact[];
  /** The terms by which this class is marked, as far as the journal tells their days. */
  readonly terms: readonly TermFact[];
  readonly lists: ClassLists;
}

/** One pupil's final mark of a term in a subject. */
export interface FinalMarkFact extends History<string> {
  readonly pupilExternalId: string;
  readonly termExternalId: string;
  readonly subjectExternalId: string;
  readonly subject: string;
}

export interface TermFact {
  readonly externalId: string;
  readonly name: string;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

/** What the rules about the whole school need to know. */
export interface SchoolSnapshot {
  readonly school: ClassSnapshot["school"];
  readonly classes: readonly { readonly externalId: string; readonly name: string; readonly grade: number | null }[];
  readonly controls: readonly ControlRecord[];
  /** Null while nobody has ever told of one. */
  readonly archives: readonly ArchiveRecord[] | null;
  /** The instant of the first pass that ended: before it the service was not there. Null before it. */
  readonly since: EpochMs | null;
}
