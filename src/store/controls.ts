import type { ControlFacts } from "../domain/control/facts.ts";
import type { Month } from "../domain/control/month.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

export interface StoredControl {
  readonly facts: ControlFacts;
  readonly conclusion: string;
  /** When the deputy director fixed the conclusion; null: it is still the draft. */
  readonly concludedAt: EpochMs | null;
  readonly deliveredAt: EpochMs | null;
}

/** The controls of a school, oldest month first. */
export async function listControls(store: Store, schoolId: number): Promise<StoredControl[]> {
  const rows = await store.prisma.control.findMany({ where: { schoolId }, orderBy: { month: "asc" } });
  return rows.map((row) => ({
    facts: row.facts as unknown as ControlFacts,
    conclusion: row.conclusion,
    concludedAt: row.concludedAt?.getTime() ?? null,
    deliveredAt: row.deliveredAt?.getTime() ?? null,
  }));
}

/** Freezes a control, once a month: false when another process was first, and then nothing is changed. */
export async function freezeControl(
  store: Store,
  schoolId: number,
  { facts, conclusion }: Pick<StoredControl, "facts" | "conclusion">,
): Promise<boolean> {
  const { month, number, madeAt, asOf, policy } = facts;
  const { count } = await store.prisma.control.createMany({
    data: [
      {
        schoolId,
        month,
        number,
        madeAt: new Date(madeAt),
        asOf: new Date(asOf),
        policy,
        facts: facts as unknown as object,
        conclusion,
      },
    ],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Writes the conclusion of the deputy director; false when it has been fixed already, for then it stands for ever. */
export async function concludeControl(
  store: Store,
  schoolId: number,
  order: { month: Month; conclusion: string; at: EpochMs },
): Promise<boolean> {
  const { count } = await store.prisma.control.updateMany({
    where: { schoolId, month: order.month, concludedAt: null },
    data: { conclusion: order.conclusion, concludedAt: new Date(order.at) },
  });
  return count === 1;
}

/** Notes that everybody concerned has been written to. */
export async function noteDelivered(client: Transaction, schoolId: number, month: Month, at: EpochMs): Promise<void> {
  await client.query(
    "UPDATE control SET delivered_at = $3 WHERE school_id = $1 AND month = $2 AND delivered_at IS NULL",
    [schoolId, month, new Date(at)],
  );
}
