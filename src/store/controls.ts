import type { ControlFacts } from "../domain/control/facts.ts";
import type { Month } from "../domain/control/month.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import type { Executor } from "./outbox.ts";
import { sharedRead } from "./shared-read.ts";
import type { Transaction } from "./transaction.ts";

export interface StoredControl {
  readonly facts: ControlFacts;
  readonly conclusion: string;
  /** When the deputy director fixed the conclusion; null: it is still the draft. */
  readonly concludedAt: EpochMs | null;
  readonly deliveredAt: EpochMs | null;
}

/** A control without its facts, which are megabytes. */
export interface ControlHead {
  readonly month: Month;
  readonly number: number;
  readonly cases: number;
  readonly concludedAt: EpochMs | null;
  readonly deliveredAt: EpochMs | null;
}

/** The newest month first. */
async function readControlHeads({ pool }: Pick<Store, "pool">, schoolId: number): Promise<readonly ControlHead[]> {
  const { rows } = await pool.query<ControlHead>({
    text: `SELECT month, number, cases, concluded_at AS "concludedAt", delivered_at AS "deliveredAt" FROM control WHERE school_id = $1 ORDER BY month DESC`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const listControlHeads = sharedRead(readControlHeads);

/** The controls of a school, oldest month first. */
export async function listControls(store: Store, schoolId: number): Promise<StoredControl[]> {
  const rows = await store.prisma.control.findMany({ where: { schoolId }, orderBy: { month: "asc" } });
  return rows.map(fromRow);
}

/** Null as well for what is no month: an address may hold anything. */
export async function controlOfMonth(store: Store, schoolId: number, month: Month): Promise<StoredControl | null> {
  if (!/^\d{4}-\d{2}$/.test(month)) return null;
  const row = await store.prisma.control.findFirst({ where: { schoolId, month } });
  return row === null ? null : fromRow(row);
}

interface Row {
  readonly facts: unknown;
  readonly conclusion: string;
  readonly concludedAt: Date | null;
  readonly deliveredAt: Date | null;
}

const fromRow = ({ facts, conclusion, concludedAt, deliveredAt }: Row): StoredControl => ({
  facts: facts as ControlFacts,
  conclusion,
  concludedAt: concludedAt?.getTime() ?? null,
  deliveredAt: deliveredAt?.getTime() ?? null,
});

/** Freezes a control, once a month: false when another process was first, and then nothing is changed. */
export async function freezeControl(
  executor: Executor,
  schoolId: number,
  { facts, conclusion }: Pick<StoredControl, "facts" | "conclusion">,
): Promise<boolean> {
  const { month, number, madeAt, asOf, policy } = facts;
  const { rowCount } = await executor.query(
    `INSERT INTO control (school_id, month, number, made_at, as_of, policy, facts, cases, conclusion) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (school_id, month) DO NOTHING`,
    [
      schoolId,
      month,
      number,
      new Date(madeAt),
      new Date(asOf),
      policy,
      JSON.stringify(facts),
      facts.cases.length,
      conclusion,
    ],
  );
  return rowCount === 1;
}

/** Writes the conclusion of the deputy director; false when it has been fixed already, for then it stands for ever. */
export async function concludeControl(
  executor: Executor,
  schoolId: number,
  order: { month: Month; conclusion: string; at: EpochMs },
): Promise<boolean> {
  const { rowCount } = await executor.query(
    "UPDATE control SET conclusion = $3, concluded_at = $4 WHERE school_id = $1 AND month = $2 AND concluded_at IS NULL",
    [schoolId, order.month, order.conclusion, new Date(order.at)],
  );
  return rowCount === 1;
}

/** Notes that everybody concerned has been written to. */
export async function noteDelivered(client: Transaction, schoolId: number, month: Month, at: EpochMs): Promise<void> {
  await client.query(
    "UPDATE control SET delivered_at = $3 WHERE school_id = $1 AND month = $2 AND delivered_at IS NULL",
    [schoolId, month, new Date(at)],
  );
}
