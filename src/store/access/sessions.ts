import type { SessionStage } from "../../domain/access/session.ts";
import type { EpochMs } from "../../domain/time.ts";
import { rowTypes } from "../connect.ts";
import type { Executor } from "../outbox.ts";

export interface StoredSession {
  readonly id: number;
  readonly schoolId: number;
  readonly accountId: number;
  readonly stage: SessionStage;
  readonly rights: number;
  readonly createdAt: EpochMs;
  readonly seenAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly address: string;
  readonly agent: string;
}

const COLUMNS = `id, school_id AS "schoolId", account_id AS "accountId", stage, rights, created_at AS "createdAt", seen_at AS "seenAt",
  ended_at AS "endedAt", address, agent`;

export async function addSession(
  executor: Executor,
  session: Omit<StoredSession, "id" | "seenAt" | "endedAt"> & { readonly tokenHash: string },
): Promise<void> {
  const { schoolId, accountId, tokenHash, stage, rights, createdAt, address, agent } = session;
  await executor.query(
    `INSERT INTO session (school_id, account_id, token_hash, stage, rights, created_at, seen_at, address, agent)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [schoolId, accountId, tokenHash, stage, rights, new Date(createdAt), address, agent],
  );
}

export async function sessionByToken(
  executor: Executor,
  schoolId: number,
  tokenHash: string,
): Promise<StoredSession | null> {
  const { rows } = await executor.query<StoredSession>({
    text: `SELECT ${COLUMNS} FROM session WHERE school_id = $1 AND token_hash = $2`,
    values: [schoolId, tokenHash],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

/** Sessions that have not been ended, the newest first. */
export async function sessionsOf(executor: Executor, schoolId: number, accountId: number): Promise<StoredSession[]> {
  const { rows } = await executor.query<StoredSession>({
    text: `SELECT ${COLUMNS} FROM session WHERE school_id = $1 AND account_id = $2 AND ended_at IS NULL ORDER BY seen_at DESC, id DESC`,
    values: [schoolId, accountId],
    types: rowTypes,
  });
  return rows;
}

export async function noteSeen(executor: Executor, id: number, at: EpochMs): Promise<void> {
  await executor.query("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", [id, new Date(at)]);
}

/** Ends one session of an account, all of them, or all but one; answers how many. */
export async function endSessions(
  executor: Executor,
  of: {
    readonly schoolId: number;
    readonly accountId: number;
    readonly id?: number;
    readonly except?: number;
    readonly at: EpochMs;
  },
): Promise<number> {
  const { rowCount } = await executor.query(
    `UPDATE session SET ended_at = $3 WHERE school_id = $1 AND account_id = $2 AND ended_at IS NULL
       AND ($4::int IS NULL OR id = $4) AND ($5::int IS NULL OR id <> $5)`,
    [of.schoolId, of.accountId, new Date(of.at), of.id ?? null, of.except ?? null],
  );
  return rowCount ?? 0;
}
