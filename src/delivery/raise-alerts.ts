import { createHash } from "node:crypto";
import { renderAlert } from "../documents/mail/alert.ts";
import { type AlertKind, type Look, type OpenAlert, overAfter } from "../domain/alerts/alert.ts";
import { alertText } from "../domain/alerts/words.ts";
import { moment } from "../domain/russian.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { markTold, observe } from "../store/alerts.ts";
import type { Store } from "../store/connect.ts";
import { enqueueLetter } from "../store/outbox.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";

export interface AlertNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly school: { readonly id: number; readonly name: string; readonly zone: string };
  readonly simulation: boolean;
  readonly sender: string;
  /** The administrator; null: nobody is written to, and the page alone shows what is wrong. */
  readonly recipient: string | null;
  /** Sends what waits; an alert is told at once. */
  readonly deliver: () => Promise<unknown>;
}

/**
 * Takes a look at the school's troubles: what has begun is written to the administrator, one letter for all that began of one kind; what goes
 * on is not told again; what is over may begin anew. Says how many letters are new.
 */
export async function raiseAlerts(needs: AlertNeeds, look: Look): Promise<number> {
  const { store, clock, school } = needs;
  const at = clock.now();
  const letters = await inTransaction(store, async (client) => {
    let count = 0;
    // In one order everywhere, so that two processes never wait for each other.
    for (const kind of (Object.keys(look) as AlertKind[]).toSorted()) {
      const troubles = look[kind] ?? [];
      const untold = await observe(client, { schoolId: school.id, kind, troubles, at, overAfter: overAfter(kind) });
      if (untold.length > 0 && (await tell(client, needs, { kind, alerts: untold, at }))) count += 1;
    }
    return count;
  });
  if (letters > 0) await needs.deliver();
  return letters;
}

async function tell(
  client: Transaction,
  { school, simulation, sender, recipient }: AlertNeeds,
  { kind, alerts, at }: { kind: AlertKind; alerts: readonly OpenAlert[]; at: EpochMs },
): Promise<boolean> {
  if (recipient === null) return false;
  const letter = renderAlert({
    ...alertText(kind, alerts),
    simulation,
    school: school.name,
    moment: moment(at, school.zone),
  });
  await markTold(client, school.id, alerts, at);
  return enqueueLetter(client, {
    schoolId: school.id,
    key: `alert/${school.id}/${kind}/${occasionOf(alerts)}/${recipient}`,
    kind: "alert",
    at,
    from: sender,
    to: [recipient],
    ...letter,
    attachments: [],
  });
}

/** The same troubles from the same beginning are one occasion: whoever comes upon them makes the same key. */
function occasionOf(alerts: readonly OpenAlert[]): string {
  const told = alerts.map(({ subject, beganAt }) => [subject, beganAt]);
  const first = new Date(Math.min(...alerts.map(({ beganAt }) => beganAt))).toISOString();
  return `${first}/${createHash("sha256").update(JSON.stringify(told)).digest("hex").slice(0, 12)}`;
}
