import type { PrintReason } from "../domain/print/reasons.ts";
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
  /** `last` is missing in what an earlier edition made. */
  readonly places: readonly { readonly page: number; readonly last?: number; readonly noticeId: number }[];
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

const TAKEN_BACK: PrintReason = "made-anew";
/** Something of it has come out or may come out, or a person has said that nothing more is to. */
const BEGUN = `j.state NOT IN ('waiting', 'refused') AND NOT (j.state = 'cancelled' AND coalesce(j.reason, '') = '${TAKEN_BACK}')`;

/**
 * Takes back what waits for the printer of these files, if nothing of them has begun: answers whether they may be made anew. Files that were never sent to a
 * printer may be.
 */
export async function takeBackPrints(client: Transaction, fileIds: readonly number[], at: EpochMs): Promise<boolean> {
  const { rows } = await client.query<{ begun: boolean }>(
    `SELECT ${BEGUN} AS begun FROM print_job j WHERE j.file_id = ANY($1) FOR UPDATE`,
    [fileIds],
  );
  if (rows.some(({ begun }) => begun)) return false;
  await client.query(
    "UPDATE print_job SET state = 'cancelled', reason = $3, changed_at = $2, ended_at = $2 WHERE file_id = ANY($1) AND state = 'waiting'",
    [fileIds, new Date(at), TAKEN_BACK],
  );
  return true;
}

export interface AskedPrint {
  readonly fileId: number;
  readonly noticeIds: readonly number[];
  /** «»: the file holds the whole batch. */
  readonly classExternalId: string;
  /** Too late to take it back. */
  readonly begun: boolean;
}

/** What of a batch has been asked of a printer and was not taken back. */
export async function askedPrints({ pool }: { readonly pool: Executor }, batchId: number): Promise<AskedPrint[]> {
  const { rows } = await pool.query<AskedPrint>(
    `SELECT f.id AS "fileId", f.class_external_id AS "classExternalId", bool_or(${BEGUN}) AS begun,
       ARRAY(SELECT (place->>'noticeId')::int FROM jsonb_array_elements(f.places) place) AS "noticeIds"
     FROM print_file f JOIN print_job j ON j.file_id = f.id AND (j.state <> 'cancelled' OR coalesce(j.reason, '') <> $2)
     WHERE f.batch_id = $1 GROUP BY f.id`,
    [batchId, TAKEN_BACK],
  );
  return rows;
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
