import { createHash } from "node:crypto";
import { type AuditLine, CHAIN_START, type ChainedLine, chained, firstBreak } from "../../domain/access/audit-chain.ts";
import type { EpochMs } from "../../domain/time.ts";
import { rowTypes, type Store } from "../connect.ts";
import type { Executor } from "../outbox.ts";
import { inTransaction, type Transaction } from "../transaction.ts";

export interface AuditEntry extends Pick<AuditLine, "schoolId" | "at" | "accountId" | "action" | "object" | "address"> {
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
}

const hash = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

const COLUMNS = `school_id AS "schoolId", number, at, account_id AS "accountId", action, object, details, address, previous, hash`;

/** Adds a line to the school's chain, within the transaction of what it tells of: both stand or none does. Lines of a school are written one at a time. */
export async function writeAudit(client: Transaction, { details = {}, ...entry }: AuditEntry): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('sverka:audit'), $1)", [entry.schoolId]);
  const { number, hash: previous } = await auditHead(client, entry.schoolId);
  const canonical = JSON.stringify(
    Object.fromEntries(Object.entries(details).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
  const line = chained({ ...entry, number: number + 1, details: canonical }, previous, hash);
  await client.query(
    `INSERT INTO audit_event (school_id, number, at, account_id, action, object, details, address, previous, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      line.schoolId,
      line.number,
      new Date(line.at),
      line.accountId,
      line.action,
      line.object,
      line.details,
      line.address,
      line.previous,
      line.hash,
    ],
  );
}

/** A line by itself: of a look, which changes nothing else. A power cut may take back the last milliseconds of looks, in their order. */
export function noteAudit(store: Store, entry: AuditEntry): Promise<void> {
  return inTransaction(store, (client) => writeAudit(client, entry), { waitsForDisk: false });
}

export interface AuditFilter {
  readonly accountId?: number | null;
  readonly action?: string | null;
  readonly from?: EpochMs | null;
  readonly to?: EpochMs | null;
  /** Only lines before this number. */
  readonly before?: number | null;
  readonly limit: number;
}

/** The newest first. */
export async function listAudit(executor: Executor, schoolId: number, filter: AuditFilter): Promise<ChainedLine[]> {
  const { rows } = await executor.query<ChainedLine>({
    text: `SELECT ${COLUMNS} FROM audit_event WHERE school_id = $1 AND ($2::int IS NULL OR account_id = $2) AND ($3::text IS NULL OR action = $3)
             AND ($4::timestamptz IS NULL OR at >= $4) AND ($5::timestamptz IS NULL OR at < $5) AND ($6::int IS NULL OR number < $6)
           ORDER BY number DESC LIMIT $7`,
    values: [
      schoolId,
      filter.accountId ?? null,
      filter.action || null,
      filter.from == null ? null : new Date(filter.from),
      filter.to == null ? null : new Date(filter.to),
      filter.before ?? null,
      filter.limit,
    ],
    types: rowTypes,
  });
  return rows;
}

const AT_ONCE = 2_000;

/** The lines behind one of this number, oldest first, a part at a time. */
export async function* auditAfter(store: Store, schoolId: number, after: number): AsyncGenerator<ChainedLine> {
  for (let last = after; ; ) {
    const { rows } = await store.pool.query<ChainedLine>({
      text: `SELECT ${COLUMNS} FROM audit_event WHERE school_id = $1 AND number > $2 ORDER BY number LIMIT ${AT_ONCE}`,
      values: [schoolId, last],
      types: rowTypes,
    });
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.number;
  }
}

/** A line up to which a chain has been found whole. */
export interface ChainPlace {
  readonly number: number;
  readonly hash: string;
}

export const CHAIN_BEGIN: ChainPlace = { number: 0, hash: CHAIN_START };

/** The newest line of a school; `CHAIN_BEGIN` before the first. */
export async function auditHead(executor: Executor, schoolId: number): Promise<ChainPlace> {
  const { rows } = await executor.query<ChainPlace>(
    "SELECT number, hash FROM audit_event WHERE school_id = $1 ORDER BY number DESC LIMIT 1",
    [schoolId],
  );
  return rows[0] ?? CHAIN_BEGIN;
}

/** Goes on from a place that was found whole, by one step at most: what has been looked through since, and the first break. */
export async function verifyNext(executor: Executor, schoolId: number, from: ChainPlace) {
  const { rows } = await executor.query<ChainedLine>({
    text: `SELECT ${COLUMNS} FROM audit_event WHERE school_id = $1 AND number > $2 ORDER BY number LIMIT ${AT_ONCE}`,
    values: [schoolId, from.number],
    types: rowTypes,
  });
  const found = firstBreak(rows, from, hash);
  const { number, hash: own } = rows.at(-1) ?? from;
  return { found, rows, whole: found === null ? { number, hash: own } : from };
}

/** Goes through the whole chain of a school: how many lines hold, its head, and the first break if there is one. */
export async function verifyAudit(store: Store, schoolId: number) {
  let last = CHAIN_BEGIN;
  const hashes = new Set<string>();
  for (;;) {
    const { rows, found } = await verifyNext(store.pool, schoolId, last);
    for (const row of rows) hashes.add(row.hash);
    if (found !== null)
      return { lines: found.number - 1, head: last.hash, found, has: (one: string) => hashes.has(one) };
    const end = rows.at(-1);
    if (end === undefined)
      return { lines: last.number, head: last.hash, found: null, has: (one: string) => hashes.has(one) };
    last = end;
  }
}
