import type { EpochMs } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";
import type { Transaction } from "./transaction.ts";

export interface PrintFileRecord {
  readonly id: number;
  readonly classExternalId: string;
  readonly part: number;
  readonly layout: string;
  readonly name: string;
  readonly pages: number;
  readonly places: readonly { readonly page: number; readonly noticeId: number }[];
  readonly madeAt: EpochMs;
}

export type NewPrintFile = Omit<PrintFileRecord, "id" | "madeAt"> & { readonly pdf: Uint8Array };

/** The files of a batch that are still kept, oldest first, without their bytes. */
export async function printFiles(
  { pool }: { readonly pool: Executor },
  batchId: number,
): Promise<readonly PrintFileRecord[]> {
  const { rows } = await pool.query<PrintFileRecord>({
    text: `SELECT id, class_external_id AS "classExternalId", part, layout, name, pages, places, made_at AS "madeAt"
           FROM print_file WHERE batch_id = $1 AND destroyed_at IS NULL ORDER BY id`,
    values: [batchId],
    types: rowTypes,
  });
  return rows;
}

export async function printFileBytes({ pool }: { readonly pool: Executor }, id: number): Promise<Uint8Array> {
  const { rows } = await pool.query<{ pdf: Uint8Array }>("SELECT pdf FROM print_file WHERE id = $1", [id]);
  return rows[0]?.pdf ?? new Uint8Array();
}

export async function insertPrintFile(
  client: Transaction,
  { schoolId, batchId, at }: { schoolId: number; batchId: number; at: EpochMs },
  file: NewPrintFile,
): Promise<PrintFileRecord> {
  const { classExternalId, part, layout, name, pages, places, pdf } = file;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO print_file (school_id, batch_id, class_external_id, part, layout, name, pdf, pages, places, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      schoolId,
      batchId,
      classExternalId,
      part,
      layout,
      name,
      Buffer.from(pdf),
      pages,
      JSON.stringify(places),
      new Date(at),
    ],
  );
  return { id: rows[0]?.id ?? 0, classExternalId, part, layout, name, pages, places, madeAt: at };
}

const UNTOUCHED: ReadonlySet<string> = new Set(["waiting", "refused", "cancelled"]);

/**
 * Takes back what waits for the printer of these files, if nothing of them has begun: answers whether they may be made anew. Files that were never sent to a
 * printer may be.
 */
export async function takeBackPrints(client: Transaction, fileIds: readonly number[], at: EpochMs): Promise<boolean> {
  const { rows } = await client.query<{ state: string }>(
    "SELECT state FROM print_job WHERE file_id = ANY($1) FOR UPDATE",
    [fileIds],
  );
  if (rows.some(({ state }) => !UNTOUCHED.has(state))) return false;
  await client.query(
    "UPDATE print_job SET state = 'cancelled', changed_at = $2, ended_at = $2 WHERE file_id = ANY($1) AND state = 'waiting'",
    [fileIds, new Date(at)],
  );
  return true;
}

/** Those of the files that are on their way to a printer or through one, or were. */
export async function filesWithJobs(
  { pool }: { readonly pool: Executor },
  fileIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const { rows } = await pool.query<{ id: number }>(
    "SELECT DISTINCT file_id AS id FROM print_job WHERE file_id = ANY($1) AND state <> 'cancelled'",
    [fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Batches that something is still to be printed of. By-hand ones are printed by whoever asked for them. */
export async function unprintedBatches(
  { pool }: { readonly pool: Executor },
  schoolId: number,
): Promise<readonly number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT DISTINCT b.id FROM notice_batch b JOIN notice n ON n.batch_id = b.id
     WHERE b.school_id = $1 AND b.kind <> 'by-hand' AND n.printed_at IS NULL AND n.withdrawn_at IS NULL AND n.contents <> '{}'::jsonb ORDER BY 1`,
    [schoolId],
  );
  return rows.map(({ id }) => id);
}

/** Destroys what was printed before this instant: the bytes of the files, and what the notices said. Answers with how many files. */
export async function destroyPrints(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  { before, at }: { before: EpochMs; at: EpochMs },
): Promise<number> {
  const { rowCount } = await pool.query(
    "UPDATE print_file SET pdf = '', destroyed_at = $3 WHERE school_id = $1 AND made_at < $2 AND destroyed_at IS NULL",
    [schoolId, new Date(before), new Date(at)],
  );
  await pool.query(
    "UPDATE notice SET contents = '{}' WHERE school_id = $1 AND composed_at < $2 AND contents <> '{}'::jsonb",
    [schoolId, new Date(before)],
  );
  return rowCount ?? 0;
}
