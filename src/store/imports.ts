import type { ListRecord } from "../domain/import/list-kind.ts";
import type { ImportKind } from "../domain/import/settings.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import { LIST_TABLES, type ListTable } from "./list-tables.ts";
import type { Transaction } from "./transaction.ts";

/** What takes an import back: `drop` goes, `put` comes again. */
export interface Reversal {
  readonly drop: readonly ListRecord[];
  readonly put: readonly ListRecord[];
}

export interface ImportRecord {
  readonly id: number;
  readonly fileName: string;
  readonly digest: string;
  readonly at: EpochMs;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Two imports of one kind at once would each undo what the other saw. */
export async function lockList(client: Transaction, schoolId: number, kind: ImportKind): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1, hashtext('import ' || $2))", [schoolId, kind]);
}

/** The whole list as it stands. */
export async function loadList(client: Transaction, schoolId: number, kind: ImportKind): Promise<ListRecord[]> {
  const { table, columns } = LIST_TABLES[kind];
  const fields = columns.map(({ field, column }) => `${column} AS "${field}"`).join(", ");
  const { rows } = await client.query<ListRecord>({
    text: `SELECT ${fields} FROM ${table} WHERE school_id = $1 ORDER BY ${columns.map((_, index) => index + 1).join(", ")}`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** Takes records away, by their keys, and puts others in. */
export async function rewriteList(
  client: Transaction,
  schoolId: number,
  kind: ImportKind,
  { drop, put }: Reversal,
): Promise<void> {
  const of = LIST_TABLES[kind];
  const same = of.columns
    .flatMap(({ field, column, key }) =>
      key === undefined ? [] : [`t.${column} ${key === "plain" ? "=" : "IS NOT DISTINCT FROM"} x."${field}"`],
    )
    .join(" AND ");
  if (drop.length > 0) {
    await client.query(`DELETE FROM ${of.table} t USING ${recordset(of)} WHERE t.school_id = $1 AND ${same}`, [
      schoolId,
      JSON.stringify(drop),
    ]);
  }
  if (put.length > 0) {
    const [columns, fields] = [of.columns.map(({ column }) => column), of.columns.map(({ field }) => `x."${field}"`)];
    await client.query(
      `INSERT INTO ${of.table} (school_id, ${columns.join(", ")}) SELECT $1, ${fields.join(", ")} FROM ${recordset(of)}`,
      [schoolId, JSON.stringify(put)],
    );
  }
}

export async function noteImport(
  client: Transaction,
  schoolId: number,
  kind: ImportKind,
  record: Omit<ImportRecord, "id"> & { readonly before: Reversal },
): Promise<void> {
  const { fileName, digest, at, added, changed, removed, before } = record;
  await client.query(
    `INSERT INTO import (school_id, kind, file_name, digest, at, added, changed, removed, before)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [schoolId, kind, fileName, digest, new Date(at), added, changed, removed, JSON.stringify(before)],
  );
}

/** The newest import of this kind that stands; null when there is none. */
export async function lastImport(
  client: Transaction,
  schoolId: number,
  kind: ImportKind,
): Promise<(ImportRecord & { readonly before: Reversal }) | null> {
  const { rows } = await client.query<ImportRecord & { before: Reversal }>({
    text: `SELECT id, file_name AS "fileName", digest, at, added, changed, removed, before FROM import
           WHERE school_id = $1 AND kind = $2 AND undone_at IS NULL ORDER BY id DESC LIMIT 1`,
    values: [schoolId, kind],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

export interface ListedImport extends ImportRecord {
  readonly kind: ImportKind;
  readonly undoneAt: EpochMs | null;
  /** The newest of its kind that stands: the one that can be undone. */
  readonly last: boolean;
}

/** The newest first. */
export async function listImports(store: Store, schoolId: number, limit: number): Promise<ListedImport[]> {
  const { rows } = await store.pool.query<ListedImport>({
    text: `SELECT id, kind, file_name AS "fileName", digest, at, added, changed, removed, undone_at AS "undoneAt",
             (id = max(id) FILTER (WHERE undone_at IS NULL) OVER (PARTITION BY kind)) IS TRUE AS last
           FROM import WHERE school_id = $1 ORDER BY id DESC LIMIT $2`,
    values: [schoolId, limit],
    types: rowTypes,
  });
  return rows;
}

export async function markUndone(client: Transaction, id: number, at: EpochMs): Promise<void> {
  await client.query("UPDATE import SET undone_at = $2 WHERE id = $1", [id, new Date(at)]);
}

function recordset({ columns }: ListTable): string {
  return `jsonb_to_recordset($2::jsonb) AS x(${columns.map(({ field, type }) => `"${field}" ${type}`).join(", ")})`;
}
