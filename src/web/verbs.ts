import type { InvitationPlace } from "../access/invitation-letter.ts";
import type { ControlNeeds } from "../control/monthly-control.ts";
import type { PublishNeeds } from "../control/publish-control.ts";
import type { SchoolCalendar } from "../domain/calendar.ts";
import type { Policy } from "../domain/policy.ts";
import type { PolicyDifference } from "../domain/policy-difference.ts";
import type { ImportNeeds } from "../import/import-list.ts";
import type { ComposeNeeds } from "../notices/compose-batches.ts";
import type { FileNeeds, PrintNeeds } from "../notices/print-batch.ts";
import type { Also } from "../store/transaction.ts";

/** What pages take from the whole house: the root puts it together, the use cases do the work. */
export interface Verbs {
  /** The policy by which checks judge, and the calendar. */
  judging(): Promise<{ readonly policy: Policy; readonly calendar: SchoolCalendar }>;
  control(): Promise<ControlNeeds>;
  publish(policy: Policy): PublishNeeds;
  compose(): Promise<ComposeNeeds & FileNeeds>;
  batchPrint(): Promise<PrintNeeds>;
  /** One pupil's notice of the last days as it would come out now: a sample, counted nowhere. */
  preview(pupil: string): Promise<Uint8Array>;
  /** The accepted reading of the order, and the file's, where nobody has accepted it yet. */
  policy(): Promise<{ readonly ruling: Policy; readonly file: Policy; readonly pending: boolean }>;
  /** What the file's reading would change of the past. */
  policyDifference(): Promise<PolicyDifference>;
  /** Throws `policy-version`, `policy-same` (input). */
  acceptPolicy(author: string, version: string, also: Also): Promise<void>;
  importing(): Promise<ImportNeeds>;
  /** Puts a pass into the queue, once a minute at most. */
  startPass(): Promise<void>;
  invitationPlace(): Promise<InvitationPlace>;
  /** A letter to oneself, to see whether letters arrive. */
  testLetter(to: string, also: Also): Promise<void>;
  health(): Promise<readonly HealthLine[]>;
}

export interface HealthLine {
  readonly what: string;
  readonly state: "good" | "note" | "bad";
  readonly sentence: string;
}
