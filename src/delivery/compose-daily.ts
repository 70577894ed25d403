import { renderCompliance } from "../documents/mail/compliance.ts";
import { printSheets } from "../documents/sheets/sheets-print.ts";
import { dayOf } from "../domain/days.ts";
import type { StoredFinding, Tally } from "../domain/finding.ts";
import { afterQuiet, type QuietHours } from "../domain/quiet-hours.ts";
import { type ComplianceInput, composeCompliance } from "../domain/report/compliance.ts";
import type { PassBrief } from "../domain/report/pass-state.ts";
import type { ComplianceReport } from "../domain/report/report.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import { inTurn } from "../store/lock.ts";
import { enqueueLetter, lastLetterAt } from "../store/outbox.ts";
import { inTransaction } from "../store/transaction.ts";
import type { TeacherLetters } from "./teacher-letters.ts";

const kind = "compliance";

export interface DailyNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly school: { readonly id: number; readonly name: string; readonly zone: string };
  readonly simulation: boolean;
  readonly sender: string;
  readonly quiet: QuietHours;
  /** Each gets a letter of its own; the same address twice gets one. */
  readonly recipients: readonly string[];
  /** How pupils are called. */
  readonly pupilsBy: ComplianceInput["pupilsBy"];
  readonly read: DailyReaders;
}

/** What a letter needs to know. */
export interface DailyReaders {
  /** At least all open findings, and all that were found, settled or withdrawn at or after `since` (null: ever). */
  findings(since: EpochMs | null): Promise<readonly StoredFinding[]>;
  /** Of the newest check; empty before the first. */
  tallies(): Promise<readonly Tally[]>;
  /** Passes that began after `since` (null: the last few), the newest first. */
  passes(since: EpochMs | null): Promise<readonly PassBrief[]>;
  pupils(): Promise<ComplianceInput["pupils"]>;
  /** Teachers with something to do whom no letter reaches, with what they would be written. */
  unreached(): Promise<TeacherLetters["unreached"]>;
}

export interface DailyLetter {
  readonly report: ComplianceReport;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly unreached: TeacherLetters["unreached"];
}

/** The day's compliance letter as it would be now, without sending it. */
export async function previewDaily({
  store,
  clock,
  school,
  simulation,
  pupilsBy,
  read,
}: DailyNeeds): Promise<DailyLetter> {
  const at = clock.now();
  const since = await lastLetterAt(store, { schoolId: school.id, kind, before: at });
  const [findings, tallies, passes, pupils, unreached] = await Promise.all([
    read.findings(since),
    read.tallies(),
    read.passes(since),
    read.pupils(),
    read.unreached(),
  ]);
  const report = composeCompliance({
    school,
    at,
    since,
    findings,
    tallies,
    passes,
    pupils,
    pupilsBy,
    simulation,
    unreached: unreached.map(({ teacher }) => teacher),
  });
  return { report, unreached, ...renderCompliance(report) };
}

/**
 * Writes the day's compliance letter into the outbox, once a school day (in the school's zone) and recipient: the key is made of them. Called again on the same
 * day it changes nothing, whatever has happened meanwhile: that stands in the next day's letter. Says how many letters are new.
 */
export function composeDaily(needs: DailyNeeds): Promise<{ readonly day: string; readonly enqueued: number }> {
  // What a check that is under way has found by now would be new in no letter: the next one asks what came after this one.
  return inTurn(needs.store, needs.school.id, () => compose(needs));
}

async function compose(needs: DailyNeeds): Promise<{ readonly day: string; readonly enqueued: number }> {
  const { store, clock, school, sender } = needs;
  const at = clock.now();
  const day = dayOf(at, school.zone);
  const letter = await previewDaily({ ...needs, clock: { now: () => at } });
  const { subject, text, html, unreached } = letter;
  const attachments = recipientsOf(needs).length === 0 ? [] : await sheetsOf(unreached, day, at);
  const notBefore = afterQuiet(at, needs.quiet, school.zone);
  const enqueued = await inTransaction(store, async (client) => {
    let count = 0;
    for (const recipient of recipientsOf(needs)) {
      const key = `${kind}/${school.id}/${day}/${recipient}`;
      const written = await enqueueLetter(client, {
        schoolId: school.id,
        key,
        kind,
        at,
        notBefore,
        from: sender,
        to: [recipient],
        subject,
        text,
        html,
        attachments,
      });
      if (written) count++;
    }
    return count;
  });
  return { day, enqueued };
}

function recipientsOf({ recipients }: DailyNeeds): string[] {
  const plain = recipients.map((address) => address.trim().toLowerCase());
  return [...new Set(plain)].filter((address) => address !== "");
}

async function sheetsOf(unreached: TeacherLetters["unreached"], day: string, at: EpochMs) {
  if (unreached.length === 0) return [];
  const content = await printSheets(unreached, at);
  return [{ name: `Листы учителям ${day}.pdf`, type: "application/pdf", content }];
}
