import type { EpochMs } from "../time.ts";

/** What an administrator is told of at once (rules.md § 5). */
export type AlertKind =
  | "journal-refused" // the sign-in was refused: no passes until somebody acts
  | "pass-failed"
  | "pages-unread" // pages that could not be had or were not understood
  | "facts-held" // a mass disappearance that is not believed yet
  | "build-unknown"
  | "journal-odd" // answers of an unknown form
  | "letter-unknown"
  | "work-type-unknown"
  | "queue-stuck"
  | "check-failed"
  | "mail-failed"
  | "teacher-mail-failed"
  | "week-mail-failed"
  | "control-failed"
  | "notices-failed"
  | "scan-refused" // a file in the folder of scans that cannot be read
  | "scans-failed"
  | "slips-open" // slips that a person has to look at
  | "template-broken" // the school's own template does not print; another one did
  | "printer-stopped" // once mended it goes on by itself
  | "print-undecided"; // a person has to say what has come out

/** A trouble as one look shows it. */
export interface Trouble {
  /** What it is about where a kind may have several at once: a letter, a work type, an action; «» else. */
  readonly subject: string;
  /** One sentence of ids and counts, or how the letter or work type is written; «» where the kind says it all. */
  readonly detail: string;
}

/** What a look can tell: for each kind that it judges, what is wrong now. Kinds that are left out stay as they are. */
export type Look = Partial<Readonly<Record<AlertKind, readonly Trouble[]>>>;

/** A trouble that has begun and is not over. */
export interface OpenAlert extends Trouble {
  readonly kind: AlertKind;
  readonly beganAt: EpochMs;
}

const DAY = 24 * 60 * 60 * 1000;

/** How long a trouble must not have been seen to be over, milliseconds. Unchanged pages are not read again, so an odd answer is silent between changes. */
export function overAfter(kind: AlertKind): number {
  return kind === "journal-odd" ? 7 * DAY : 0;
}
