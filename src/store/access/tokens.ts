import type { TokenScope } from "../../domain/access/matrix.ts";
import type { ApiToken } from "../../domain/access/tokens.ts";
import type { EpochMs } from "../../domain/time.ts";
import { rowTypes } from "../connect.ts";
import type { Executor } from "../outbox.ts";

const COLUMNS = `id, account_id AS "accountId", name, hint, scopes, made_at AS "madeAt", made_by AS "madeBy", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", used_at AS "usedAt", used_from AS "usedFrom"`;

async function rows(executor: Executor, where: string, values: readonly unknown[]): Promise<ApiToken[]> {
  const text = `SELECT ${COLUMNS} FROM api_token WHERE ${where}`;
  return (await executor.query<ApiToken>({ text, values: [...values], types: rowTypes })).rows;
}

/** Every token that there ever was, the newest first. */
export const listTokens = (executor: Executor, schoolId: number): Promise<ApiToken[]> =>
  rows(executor, "school_id = $1 ORDER BY id DESC", [schoolId]);

export async function tokenByHash(executor: Executor, schoolId: number, hash: string): Promise<ApiToken | null> {
  return (await rows(executor, "school_id = $1 AND token_hash = $2", [schoolId, hash]))[0] ?? null;
}

export async function addToken(
  executor: Executor,
  of: {
    readonly schoolId: number;
    readonly accountId: number;
    readonly name: string;
    readonly hash: string;
    readonly hint: string;
    readonly scopes: readonly TokenScope[];
    readonly at: EpochMs;
    readonly by: number | null;
    readonly expiresAt: EpochMs;
  },
): Promise<number> {
  const { rows: made } = await executor.query<{ id: number }>(
    `INSERT INTO api_token (school_id, account_id, name, token_hash, hint, scopes, made_at, made_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [of.schoolId, of.accountId, of.name, of.hash, of.hint, of.scopes, new Date(of.at), of.by, new Date(of.expiresAt)],
  );
  const [row] = made;
  if (row === undefined) throw new Error("a token was inserted and is not there");
  return row.id;
}

/** False when there is none such, or it was revoked already. */
export async function revokeToken(
  executor: Executor,
  of: { schoolId: number; id: number; at: EpochMs; by: number | null },
): Promise<boolean> {
  const { rowCount } = await executor.query(
    "UPDATE api_token SET revoked_at = $3, revoked_by = $4 WHERE school_id = $1 AND id = $2 AND revoked_at IS NULL",
    [of.schoolId, of.id, new Date(of.at), of.by],
  );
  return rowCount === 1;
}

export async function noteTokenUsed(executor: Executor, id: number, at: EpochMs, from: string): Promise<void> {
  await executor.query(
    "UPDATE api_token SET used_at = $2, used_from = $3 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)",
    [id, new Date(at), from],
  );
}
