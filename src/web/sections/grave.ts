import type { AlertKind } from "../../domain/alerts/alert.ts";

/** What stops the service or makes it see less; what is only unknown to it can wait. */
export const NEEDS_PERSON: ReadonlySet<AlertKind> = new Set([
  "journal-refused",
  "pass-failed",
  "queue-stuck",
  "check-failed",
  "mail-failed",
  "teacher-mail-failed",
  "week-mail-failed",
  "control-failed",
  "notices-failed",
  "printer-stopped",
  "print-undecided",
]);
