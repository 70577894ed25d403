import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";

/** Something entered, changed or deleted at its true instant; null is a deletion. */
export interface TrueEvent<Content> {
  readonly at: EpochMs;
  readonly content: Content | null;
}

export interface LessonRecord {
  readonly topic: string;
  readonly homework: string | null;
  readonly workType: string | null;
  readonly weight: number | null;
}

export interface TrueLesson {
  readonly externalId: string;
  readonly classId: string;
  readonly subjectId: string;
  /** 0 is the whole class. */
  readonly group: number;
  readonly date: IsoDate;
  readonly endsAt: EpochMs;
  readonly holderId: string;
  /** Who really gave it: the holder or a substitute. */
  readonly givenById: string;
  readonly pupilIds: readonly string[];
  /** Who of them was really not there, whatever the journal says. */
  readonly awayIds: readonly string[];
  /** When its row appears in the journal, filled in or not. */
  readonly shownFrom: EpochMs;
  readonly events: readonly TrueEvent<LessonRecord>[];
}

export interface TrueEntry {
  readonly lessonId: string;
  readonly pupilId: string;
  readonly events: readonly TrueEvent<string>[];
}

export interface TrueFinal {
  readonly pupilId: string;
  readonly termId: string;
  readonly subjectId: string;
  readonly events: readonly TrueEvent<string>[];
}

export interface TrueMessage {
  readonly pupilId: string;
  readonly teacherId: string;
  readonly subjectId: string;
  readonly date: IsoDate;
  readonly events: readonly TrueEvent<string>[];
}

/** One lesson a week of a page, by the timetable. */
export interface TimetableSlot {
  readonly classId: string;
  readonly subjectId: string;
  readonly group: number;
  /** 1 Monday … 5 Friday. */
  readonly weekday: number;
  /** From 0 on. */
  readonly number: number;
}

export interface Term {
  readonly id: string;
  readonly name: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface Teacher {
  readonly id: string;
  readonly name: string;
  readonly habit: Habit;
}

export type Habit = "punctual" | "late" | "forgetful" | "correcting" | "away";

export interface SchoolClass {
  readonly id: string;
  /** As the journal spells it, which is not always the same way. */
  readonly name: string;
  readonly grade: number;
  readonly letter: string;
  readonly teacherName: string;
  readonly pupilIds: readonly string[];
  readonly termIds: readonly string[];
}

export interface Pupil {
  readonly id: string;
  readonly fullName: string;
  readonly classId: string;
  /** 1 or 2 where a subject is split. */
  readonly group: number;
  /** The family gets paper. */
  readonly paper: boolean;
}

/** Class × subject × group × holder. */
export interface SubjectPage {
  readonly classId: string;
  readonly subjectId: string;
  readonly group: number;
  readonly holderId: string;
  readonly weeklyHours: number;
}

export interface EmulatedSchool {
  readonly name: string;
  readonly year: number;
  readonly terms: readonly Term[];
  readonly subjects: readonly { readonly id: string; readonly name: string }[];
  readonly staff: readonly Teacher[];
  readonly classes: readonly SchoolClass[];
  readonly pupils: readonly Pupil[];
  readonly pages: readonly SubjectPage[];
  readonly timetable: readonly TimetableSlot[];
  readonly lessons: readonly TrueLesson[];
  /** In the timetable, but never held nor in the journal. */
  readonly cancelled: readonly TrueLesson[];
  readonly entries: readonly TrueEntry[];
  readonly finals: readonly TrueFinal[];
  readonly messages: readonly TrueMessage[];
  readonly letters: readonly { readonly id: string; readonly letter: string; readonly meaning: string }[];
}

const COMMENTS = [
  "Работа без подписи",
  "Пересдача «по желанию», до пятницы",
  'Хорошо: "своими словами"',
  "См. с. 4\nв тетради",
];

/** What some marks have beside them; it comes and goes with the mark. */
export function commentOf({ lessonId, pupilId }: TrueEntry, text: string): string | null {
  const lot = (Number(lessonId) * 31 + Number(pupilId)) % 61;
  return /\d/.test(text) ? (COMMENTS[lot] ?? null) : null;
}

/** What stood at an instant: the last event up to it. */
export function standingAt<Content>(events: readonly TrueEvent<Content>[], at: EpochMs): Content | null {
  let standing: Content | null = null;
  for (const event of events) {
    if (event.at > at) break;
    standing = event.content;
  }
  return standing;
}
