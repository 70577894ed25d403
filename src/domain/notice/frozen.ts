import type { EpochMs } from "../time.ts";
import type { Notice } from "./notice.ts";
import type { PostPlace } from "./sheet-order.ts";

/** A notice as it was composed: whatever changes in the journal or the lists, it says this. */
export interface FrozenNotice {
  readonly notice: Notice;
  /** The pupil's number in the class list. */
  readonly number: number;
  readonly classTeacher: string | null;
  /** What a correction says at its top; null for a first edition. */
  readonly correction: string | null;
  /** Where it goes by post; null: it is handed out. */
  readonly post: PostPlace | null;
}

/** The last trusted look at the pupil's own pages when the notice was composed, by kind; a kind that was never looked at is not there. */
export interface NoticeLooks {
  readonly lessons?: EpochMs;
  readonly entries?: EpochMs;
  readonly finals?: EpochMs;
  readonly messages?: EpochMs;
}

export type NoticeKind = "regular" | "first" | "final" | "by-hand";

/** Why a notice is not to be handed out. */
export type WithdrawnCause = "agreement-ended" | "left-school" | "corrected";
