import type { Entitlement } from "../../domain/access/accounts.ts";
import type { EpochMs, IsoDate } from "../../domain/time.ts";
import { rowTypes } from "../connect.ts";
import type { Executor } from "../outbox.ts";

/** The director's list, ended lines too, the newest first. */
export async function listEntitlements(executor: Executor, schoolId: number): Promise<Entitlement[]> {
  const { rows } = await executor.query<Entitlement>({
    text: `SELECT id, account_id AS "accountId", order_number AS "orderNumber", order_date AS "orderDate", made_at AS "madeAt", made_by AS "madeBy",
             ended_at AS "endedAt" FROM entitlement WHERE school_id = $1 ORDER BY id DESC`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

export async function isEntitled(executor: Executor, schoolId: number, accountId: number): Promise<boolean> {
  const { rowCount } = await executor.query(
    "SELECT 1 FROM entitlement WHERE school_id = $1 AND account_id = $2 AND ended_at IS NULL LIMIT 1",
    [schoolId, accountId],
  );
  return rowCount === 1;
}

export async function addEntitlement(
  executor: Executor,
  of: { schoolId: number; accountId: number; orderNumber: string; orderDate: IsoDate; at: EpochMs; by: number },
): Promise<void> {
  await executor.query(
    "INSERT INTO entitlement (school_id, account_id, order_number, order_date, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6)",
    [of.schoolId, of.accountId, of.orderNumber, of.orderDate, new Date(of.at), of.by],
  );
}

/** The account whose line ended; null when none of that number stands. */
export async function endEntitlement(
  executor: Executor,
  of: { schoolId: number; id: number; at: EpochMs; by: number },
): Promise<number | null> {
  const { rows } = await executor.query<{ accountId: number }>(
    `UPDATE entitlement SET ended_at = $3, ended_by = $4 WHERE school_id = $1 AND id = $2 AND ended_at IS NULL RETURNING account_id AS "accountId"`,
    [of.schoolId, of.id, new Date(of.at), of.by],
  );
  return rows[0]?.accountId ?? null;
}
