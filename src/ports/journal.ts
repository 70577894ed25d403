import type { EpochMs, IsoDate } from "../domain/time.ts";

/**
 * The electronic journal, as the core needs it. Everything that comes through here has been checked; ids are the journal's own, as text.
 * Errors are `SverkaError` of kind `journal`; see `JournalErrorCode`.
 */
export interface Journal {
  /** Signs in exactly once, whatever comes: a locked account is worse than a late pass. */
  signIn(signal?: AbortSignal): Promise<JournalSession>;
  /** Tells the same address, login and password again without telling them: a slow hash under the salt. */
  fingerprint(salt: string): Promise<string>;
}

export type JournalErrorCode =
  | "journal-unreachable" // no connection, time-out, 5xx after all retries
  | "journal-refused" // the sign-in was refused
  | "journal-lost" // a sign-in that was accepted is not valid any longer
  | "journal-busy" // 429 after all retries
  | "journal-answer" // an answer that cannot be understood
  | "journal-redirect" // it leads to another host
  | "journal-time"; // the pass's time limit ran out

export interface JournalSession {
  readonly account: { readonly userId: string; readonly kind: AccountKind; readonly ownId: string | null };
  readonly school: { readonly externalId: string; readonly name: string; readonly maxMark: number };
  /** The year in which the school year began. */
  readonly year: number;
  /** Null when the start page does not name one. An unknown build is worth a warning and nothing more. */
  readonly build: { readonly title: string; readonly version: string; readonly known: boolean } | null;

  /** Classes, pupils, subjects, staff, terms, letters: what the whole school shares. Small: about a kilobyte a pupil. */
  directory(signal?: AbortSignal): Promise<Directory>;

  /**
   * The pages of some pupils of one class, as they come, in no promised order, at most the configured number in flight.
   * A page that could not be had comes as a failure, so that one bad page does not end the others;
   * only a lost sign-in, an unreachable journal, or the pass's time limit throws.
   */
  pages(wanted: readonly PageRequest[], signal?: AbortSignal): AsyncIterable<JournalPage | FailedPage>;

  /** What the adapter met and did not know, since the sign-in: unknown columns, builds, refused rows. Holds ids only. */
  readonly oddities: readonly Oddity[];
  /** Requests sent since the sign-in, retries included. */
  readonly requests: number;
}

export type AccountKind = "administrator" | "manager" | "teacher" | "parent" | "pupil" | "auditor" | "unknown";

export interface Oddity {
  readonly code: string;
  readonly where: string;
  readonly sentence: string;
}

export interface Directory {
  readonly terms: readonly JournalTerm[];
  readonly classes: readonly JournalClass[];
  readonly pupils: readonly JournalPupil[];
  /** Ids of the pupils whose class could not be asked this time: their pages cannot be asked either. */
  readonly unplaced: readonly string[];
  readonly subjects: readonly { readonly externalId: string; readonly name: string }[];
  readonly staff: readonly { readonly externalId: string; readonly name: string }[];
  /** The school's own dictionary of letters (`get_text_marks`). */
  readonly letters: readonly { readonly externalId: string; readonly letter: string; readonly meaning: string }[];
}

export interface JournalTerm {
  readonly externalId: string;
  readonly name: string;
  /** Null when the journal does not tell; then the school's own calendar rules. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

export interface JournalClass {
  readonly externalId: string;
  readonly name: string;
  readonly classTeacher: string | null;
  /** Ids of the terms by which this class is marked; empty means the year only. */
  readonly termIds: readonly string[];
}

export interface JournalPupil {
  readonly externalId: string;
  /** «Фамилия Имя Отчество» as the journal writes it. */
  readonly fullName: string;
  readonly classExternalId: string | null;
  /** 0 preparatory, 1–12. Null when the journal does not tell. */
  readonly grade: number | null;
}

export type PageKind = "lessons" | "entries" | "finals" | "messages" | "holders" | "diary";

export interface PageRequest {
  readonly kind: PageKind;
  readonly classExternalId: string;
  readonly pupilExternalId: string;
  /** Diary only: the span, both ends included. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

export interface PageHead extends PageRequest {
  /** Just before the request whose answer this is was sent: what the answer lacks was entered after this instant. */
  readonly askedAt: EpochMs;
  /** When the whole answer had arrived: what it contains was entered before this instant. */
  readonly answeredAt: EpochMs;
  /** Hash of the answer's text: the same digest is the same content. */
  readonly digest: string;
}

/**
 * One answer. `read()` parses it, so that an unchanged page (by its digest) costs no parsing; it throws `journal-answer` when the
 * answer as a whole is not understood. An empty answer has been confirmed by asking again and by a fresh proof of the sign-in.
 */
export type JournalPage =
  | (PageHead & { readonly kind: "lessons"; read(): Rows<LessonRow> })
  | (PageHead & { readonly kind: "entries"; read(): Rows<EntryRow> })
  | (PageHead & { readonly kind: "finals"; read(): Rows<FinalMarkRow> })
  | (PageHead & { readonly kind: "messages"; read(): Rows<MessageRow> })
  | (PageHead & { readonly kind: "holders"; read(): Rows<HolderRow> })
  | (PageHead & { readonly kind: "diary"; read(): Rows<DiaryRow> });

export interface FailedPage {
  readonly request: PageRequest;
  readonly failure: Error & { readonly code: string };
}

/** Rows that were refused are counted: a page with refused rows proves no absence. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly refused: number;
}

export interface LessonRow {
  readonly externalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  /** «» never comes: empty text is null. */
  readonly workType: string | null;
  readonly topic: string | null;
  readonly homework: string | null;
  readonly weight: number | null;
  /** Null for the whole class (the journal's 0 or null). */
  readonly group: string | null;
}

export interface EntryRow {
  readonly lessonExternalId: string;
  readonly pupilExternalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  /** The cell as seen, trimmed: `5`, `4/3`, `Н`, `Н/4`. Several rows of one lesson come as several rows. */
  readonly text: string;
  readonly comment: string | null;
}

export interface FinalMarkRow {
  readonly termExternalId: string;
  readonly subjectExternalId: string;
  readonly text: string;
}

export interface MessageRow {
  readonly teacherExternalId: string | null;
  readonly subjectExternalId: string | null;
  readonly date: IsoDate;
  readonly text: string;
}

/** Who holds which page for this pupil (`GET_CLASS_TEACHERS_INFO`). */
export interface HolderRow {
  readonly subjectExternalId: string;
  readonly teacherName: string | null;
}

/** The diary tells who gave the lesson, substitutes included. */
export interface DiaryRow {
  readonly lessonExternalId: string;
  readonly date: IsoDate;
  readonly teacherExternalId: string | null;
}
