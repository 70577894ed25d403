import type { Notice } from "./notice.ts";

/** How a batch lies on paper: one side, both sides with each pupil on a sheet of its own, or two notices side by side on a landscape A4. */
export type Layout = "simplex" | "duplex" | "two-up";

/** A batch, or the classes of it that are wanted, as it is to be printed. All texts are final words. */
export interface SheetOrder {
  /** What people call the batch, from 1 within the school. */
  readonly batchNumber: number;
  readonly school: string;
  readonly simulation: boolean;
  /** «5–18 октября 2026 г.» */
  readonly span: string;
  /** When it was composed, in words: «15 октября 2026 г.» */
  readonly madeOn: string;
  readonly layout: Layout;
  readonly classes: readonly SheetClass[];
}

/** A class in its order: the hand-out list first, then its notices in the order of `notices`. */
export interface SheetClass {
  readonly className: string;
  readonly classTeacher: string | null;
  readonly notices: readonly SheetNotice[];
}

export interface SheetNotice {
  readonly noticeId: number;
  /** Twelve digits, see `src/domain/slip/code.ts`. */
  readonly slipCode: string;
  /** The first is 1. */
  readonly edition: number;
  /** What a correction says at its top: «Исправленное уведомление, вместо розданного 16 октября»; null for a first edition. */
  readonly correction: string | null;
  /** The pupil's number in the class list. */
  readonly number: number;
  readonly notice: Notice;
  /** Where it goes by post, in a window envelope; null: it is handed out. */
  readonly post: PostPlace | null;
}

export interface PostPlace {
  readonly addressee: string;
  /** As it stands on the envelope, lines parted by «\n» or not at all. */
  readonly address: string;
}
