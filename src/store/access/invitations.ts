import type { EpochMs } from "../../domain/time.ts";
import { rowTypes } from "../connect.ts";
import type { Executor } from "../outbox.ts";

export interface StoredInvitation {
  readonly id: number;
  readonly accountId: number;
  readonly expiresAt: EpochMs;
}

/** A new code makes every earlier one of the account void. */
export async function addInvitation(
  executor: Executor,
  of: { schoolId: number; accountId: number; codeHash: string; at: EpochMs; by: number | null; expiresAt: EpochMs },
): Promise<void> {
  await endInvitations(executor, of);
  await executor.query(
    `INSERT INTO invitation (school_id, account_id, code_hash, made_at, made_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [of.schoolId, of.accountId, of.codeHash, new Date(of.at), of.by, new Date(of.expiresAt)],
  );
}

export async function endInvitations(
  executor: Executor,
  of: { schoolId: number; accountId: number; at: EpochMs },
): Promise<void> {
  await executor.query(
    "UPDATE invitation SET ended_at = $3 WHERE school_id = $1 AND account_id = $2 AND ended_at IS NULL",
    [of.schoolId, of.accountId, new Date(of.at)],
  );
}

/** The one that stands, of this code; whoever takes it within a transaction is alone with it. */
export async function invitationByCode(
  executor: Executor,
  { schoolId, codeHash, at }: { schoolId: number; codeHash: string; at: EpochMs },
): Promise<StoredInvitation | null> {
  const { rows } = await executor.query<StoredInvitation>({
    text: `SELECT id, account_id AS "accountId", expires_at AS "expiresAt" FROM invitation
           WHERE school_id = $1 AND code_hash = $2 AND ended_at IS NULL AND expires_at > $3 FOR UPDATE`,
    values: [schoolId, codeHash, new Date(at)],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

/** Replaces the recovery codes of an account by others, or by none. */
export async function replaceRecoveryCodes(
  executor: Executor,
  of: { schoolId: number; accountId: number; hashes: readonly string[] },
): Promise<void> {
  await executor.query("DELETE FROM recovery_code WHERE school_id = $1 AND account_id = $2", [
    of.schoolId,
    of.accountId,
  ]);
  await executor.query(
    "INSERT INTO recovery_code (school_id, account_id, code_hash) SELECT $1, $2, unnest($3::text[])",
    [of.schoolId, of.accountId, of.hashes],
  );
}

/** Takes a code as used; false when there is none such. */
export async function useRecoveryCode(
  executor: Executor,
  of: { schoolId: number; accountId: number; hash: string; at: EpochMs },
): Promise<boolean> {
  const { rowCount } = await executor.query(
    "UPDATE recovery_code SET used_at = $4 WHERE school_id = $1 AND account_id = $2 AND code_hash = $3 AND used_at IS NULL",
    [of.schoolId, of.accountId, of.hash, new Date(of.at)],
  );
  return rowCount === 1;
}

export async function recoveryCodesLeft(executor: Executor, schoolId: number, accountId: number): Promise<number> {
  const { rows } = await executor.query<{ n: string }>(
    "SELECT count(*) AS n FROM recovery_code WHERE school_id = $1 AND account_id = $2 AND used_at IS NULL",
    [schoolId, accountId],
  );
  return Number(rows[0]?.n ?? 0);
}
