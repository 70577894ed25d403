import type { Span } from "../calendar.ts";
import type { Sighting } from "../facts.ts";
import type { EpochMs, IsoDate } from "../time.ts";

/**
 * All that a notice for one pupil needs, as the store has it. Lessons and entries reach from the beginning of the term (or of the span, if that is
 * earlier) to the last lesson that the journal has: later lessons tell by when homework is due. Only facts that stand, none that vanished.
 */
export interface NoticeFacts {
  readonly school: { readonly name: string; readonly zone: string; readonly maxMark: number };
  readonly pupil: { readonly externalId: string; readonly fullName: string; readonly number: number };
  readonly className: string;
  /** 0 preparatory … 12; null when nobody knows: then the full notice is made. */
  readonly grade: number | null;
  readonly classTeacher: { readonly name: string; readonly contact: string | null } | null;
  /** The days that the notice is about, both ends included. */
  readonly span: Span;
  /** What the family's last notice told; absent: nothing is known of one, or the days were asked for by hand. */
  readonly told?: Told;
  /** The term in which the span ends: mean and forecast are about it. */
  readonly term: NoticeTerm | null;
  /** The journal's terms in their order: that of the columns of final marks. */
  readonly terms: readonly { readonly externalId: string; readonly name: string }[];
  /** Those on the pupil's own page. */
  readonly lessons: readonly NoticeLesson[];
  readonly entries: readonly NoticeEntry[];
  readonly finals: readonly NoticeFinal[];
  readonly messages: readonly NoticeMessage[];
}

/** How far the last notice told: entries and messages that were seen later are news, for whatever day they are. */
export interface Told {
  readonly to: IsoDate;
  readonly entriesAt: EpochMs;
  readonly messagesAt: EpochMs;
}

export interface NoticeTerm extends Span {
  /** The journal's id, where the term is the journal's: its final marks end the forecast. */
  readonly externalId: string | null;
  readonly name: string;
}

export interface NoticeLesson {
  readonly externalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  readonly subject: string;
  readonly workType: string | null;
  readonly weight: number | null;
  readonly topic: string | null;
  readonly homework: string | null;
}

/** The sighting is that of today's content: a mark that came late is shown in the notice of the span in which it came. */
export interface NoticeEntry extends Sighting {
  readonly lessonExternalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  readonly subject: string;
  readonly text: string;
  readonly comment: string | null;
}

export interface NoticeFinal {
  readonly termExternalId: string;
  readonly subjectExternalId: string;
  readonly subject: string;
  readonly text: string;
}

export interface NoticeMessage extends Sighting {
  readonly date: IsoDate;
  readonly subject: string | null;
  readonly author: string | null;
  readonly text: string;
}
