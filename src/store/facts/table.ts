import type { PoolClient } from "pg";
import type { Span } from "../../domain/calendar.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { PageKey } from "../page-passes.ts";

/** A column of a fact table and where a row of the journal has its value. */
export interface Column<Row> {
  readonly name: string;
  readonly type: "text" | "date" | "float8";
  of(row: Row): string | number | null;
}

/** Facts of one pupil: what one page of the pupil holds, whole. */
export interface FactTable<Row> {
  readonly table: string;
  readonly fact: string;
  /** Besides school and pupil. */
  readonly key: readonly Column<Row>[];
  /** What may change while the fact stays the same one. */
  readonly content: readonly Column<Row>[];
}

/** Where and when a page was looked at. `absentAt`: the last trusted look before this one, null where it proves nothing. */
export interface Look extends PageKey {
  readonly schoolId: number;
  readonly answeredAt: EpochMs;
  /** The school year that the page shows: of another one it tells nothing. */
  readonly year: Span;
}

export interface Applied {
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
}

/** The version that stands now, as `fact_version` keeps it: its own interval, not that of the first sight. */
const ownInterval = (alias: string) =>
  `CASE WHEN ${alias}.content_seen_at IS NULL THEN ${alias}.absent_at ELSE ${alias}.content_absent_at END, coalesce(${alias}.content_seen_at, ${alias}.seen_at)`;

/**
 * Adds and changes the facts of one page set-wise; what they said before goes to `fact_version` in the same statement.
 * `absentAt` gives each row the last look that proves its absence. Content that is the same writes nothing.
 */
export async function upsertFacts<Row>(
  client: PoolClient,
  table: FactTable<Row>,
  look: Look,
  rows: readonly Row[],
  absentAt: (row: Row) => EpochMs | null,
): Promise<{ added: number; changed: number }> {
  if (rows.length === 0) return { added: 0, changed: 0 };
  const { rows: written } = await client.query<{ added: boolean }>({
    name: `upsert-${table.table}`,
    text: upsertSql(table),
    values: [
      look.schoolId,
      look.pupilExternalId,
      look.classExternalId,
      new Date(look.answeredAt),
      rows.map((row) => {
        const at = absentAt(row);
        return at === null ? null : new Date(at);
      }),
      ...[...table.key, ...table.content].map((column) => rows.map((row) => column.of(row))),
    ],
  });
  const added = written.filter((row) => row.added).length;
  return { added, changed: written.length - added };
}

/** Marks what stands on the page no longer; returns how many. */
export async function vanishFacts<Row>(
  client: PoolClient,
  table: FactTable<Row>,
  look: Look,
  rows: readonly Row[],
): Promise<number> {
  const { rowCount } = await client.query(`UPDATE ${table.table} f SET vanished_at = $4 WHERE ${missing(table)}`, [
    look.schoolId,
    look.pupilExternalId,
    look.classExternalId,
    new Date(look.answeredAt),
    look.year.from,
    look.year.to,
    ...keys(table, rows),
  ]);
  return rowCount ?? 0;
}

/** The keys of the facts that the page would lose: asked before anything is believed. */
export async function missingKeys<Row>(
  client: PoolClient,
  table: FactTable<Row>,
  look: Omit<Look, "answeredAt">,
  rows: readonly Row[],
): Promise<string[]> {
  const key = table.key.map(({ name }) => `f.${name}`).join(", ");
  const { rows: missed } = await client.query<{ key: string }>(
    `SELECT concat_ws('/', ${key}) AS key FROM ${table.table} f WHERE ${missing(table)} AND $4::timestamptz IS NULL`,
    [
      look.schoolId,
      look.pupilExternalId,
      look.classExternalId,
      null,
      look.year.from,
      look.year.to,
      ...keys(table, rows),
    ],
  );
  return missed.map((one) => one.key);
}

const keys = <Row>(table: FactTable<Row>, rows: readonly Row[]) =>
  table.key.map((column) => rows.map((row) => column.of(row)));

function missing<Row>(table: FactTable<Row>): string {
  const names = table.key.map((column) => column.name);
  const arrays = table.key.map((column, i) => `$${i + 7}::${column.type}[]`);
  const dated = table.content.some((column) => column.name === "date");
  return `f.school_id = $1 AND f.pupil_external_id = $2 AND f.class_external_id = $3 AND f.vanished_at IS NULL
    AND ${dated ? "f.date" : "$5::date"} BETWEEN $5::date AND $6::date
    AND NOT EXISTS (SELECT FROM unnest(${arrays.join(", ")}) AS i(${names.join(", ")}) WHERE ${names.map((n) => `i.${n} = f.${n}`).join(" AND ")})`;
}

function upsertSql<Row>(table: FactTable<Row>): string {
  const columns = [...table.key, ...table.content];
  const keyNames = table.key.map((column) => column.name);
  const contentNames = table.content.map((column) => column.name);
  const arrays = ["$5::timestamptz[]", ...columns.map((column, i) => `$${i + 6}::${column.type}[]`)];
  const names = ["absent_at", ...columns.map((column) => column.name)];
  const own = (alias: string) => `(${contentNames.map((n) => `${alias}.${n}`).join(", ")})`;
  const differs = (was: string, is: string) =>
    contentNames.length === 0
      ? `${was}.vanished_at IS NOT NULL`
      : `(${own(was)} IS DISTINCT FROM ${own(is)} OR ${was}.vanished_at IS NOT NULL)`;
  const content = contentNames.map((n) => `'${n}', f.${n}`).join(", ");
  return `WITH incoming AS (SELECT * FROM unnest(${arrays.join(", ")}) AS i(${names.join(", ")})),
    archived AS (
      INSERT INTO fact_version (school_id, fact, key, class_external_id, content, absent_at, seen_at, vanished_at)
      SELECT f.school_id, '${table.fact}', concat_ws('/', f.pupil_external_id, ${keyNames.map((n) => `f.${n}`).join(", ")}), f.class_external_id,
        jsonb_build_object(${content}), ${ownInterval("f")}, f.vanished_at
      FROM ${table.table} f JOIN incoming i ON ${keyNames.map((n) => `f.${n} = i.${n}`).join(" AND ")}
      WHERE f.school_id = $1 AND f.pupil_external_id = $2 AND ${differs("f", "i")})
    INSERT INTO ${table.table} AS f (school_id, pupil_external_id, class_external_id, ${columns.map((c) => c.name).join(", ")}, absent_at, seen_at)
    SELECT $1, $2, $3, ${columns.map((c) => `i.${c.name}`).join(", ")}, i.absent_at, $4 FROM incoming i
    ON CONFLICT (school_id, pupil_external_id, ${keyNames.join(", ")}) DO UPDATE
      SET ${contentNames.map((n) => `${n} = excluded.${n}, `).join("")}content_absent_at = excluded.absent_at, content_seen_at = excluded.seen_at, vanished_at = NULL
      WHERE ${differs("f", "excluded")}
    RETURNING (xmax = 0) AS added`;
}
