import { randomBytes } from "node:crypto";
import type { PrintState, PrintStep } from "../domain/print/follow.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import type { Executor } from "./outbox.ts";

export interface PrintJobRecord {
  readonly id: number;
  readonly fileId: number;
  readonly fileName: string;
  readonly filePages: number;
  readonly layout: string;
  readonly batchNumber: number;
  readonly printer: string;
  readonly mark: string;
  readonly state: PrintState;
  readonly reason: string | null;
  readonly externalId: string | null;
  readonly fromPage: number;
  readonly leftOut: readonly number[];
  readonly pagesDone: number;
  readonly createdAt: EpochMs;
  readonly sentAt: EpochMs | null;
  /** When state or reason became what they are. */
  readonly changedAt: EpochMs;
  readonly endedAt: EpochMs | null;
}

/** States in which the service still has something to do. */
export const GOING: readonly PrintState[] = ["waiting", "sending", "sent", "printing", "stopped"];

/** Those, and the ones that wait for a person. */
export const UNSETTLED: readonly PrintState[] = [...GOING, "asking", "refused"];

const freshMark = () => randomBytes(6).toString("hex");

/**
 * Asks for one print of a file, from a page on; `printer` is where it is to go (`Printer.place`). Takes the pool or, so that file and print stand together
 * or not at all, the client of a transaction. Each call is one more print: whoever must not ask twice looks before, in the same transaction.
 */
export async function createPrintJob(
  executor: Executor,
  order: { schoolId: number; fileId: number; printer: string; at: EpochMs; fromPage?: number },
): Promise<number> {
  const { rows } = await executor.query<{ id: number }>(
    `INSERT INTO print_job (school_id, file_id, printer, mark, state, from_page, left_out, pages_done, created_at, changed_at)
     VALUES ($1, $2, $3, $4, 'waiting', $5, '{}', 0, $6, $6) RETURNING id`,
    [order.schoolId, order.fileId, order.printer, freshMark(), order.fromPage ?? 1, new Date(order.at)],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("no row came back");
  return id;
}

const SELECT = `SELECT j.id, j.file_id AS "fileId", f.name AS "fileName", f.pages AS "filePages", f.layout, b.number AS "batchNumber", j.printer, j.mark,
    j.state, j.reason, j.external_id AS "externalId", j.from_page AS "fromPage", j.left_out AS "leftOut", j.pages_done AS "pagesDone",
    j.created_at AS "createdAt", j.sent_at AS "sentAt", j.changed_at AS "changedAt", j.ended_at AS "endedAt"
  FROM print_job j JOIN print_file f ON f.id = j.file_id JOIN notice_batch b ON b.id = f.batch_id`;

/** The prints of a school in the order in which they were asked for; of `states` only, if given. */
export async function listPrintJobs(
  store: Store,
  schoolId: number,
  states?: readonly PrintState[],
): Promise<PrintJobRecord[]> {
  const { rows } = await store.pool.query<PrintJobRecord>({
    text: `${SELECT} WHERE j.school_id = $1 AND ($2::text[] IS NULL OR j.state = ANY($2)) ORDER BY j.id`,
    values: [schoolId, states ?? null],
    types: rowTypes,
  });
  return rows;
}

/** How often files of a batch have been asked of the printer, ever. */
export async function countPrints(executor: Executor, batchId: number): Promise<number> {
  const { rows } = await executor.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM print_job j JOIN print_file f ON f.id = j.file_id WHERE f.batch_id = $1",
    [batchId],
  );
  return rows[0]?.n ?? 0;
}

/** Null: this school has no such print. */
export async function printJob(store: Store, schoolId: number, id: number): Promise<PrintJobRecord | null> {
  const { rows } = await store.pool.query<PrintJobRecord>({
    text: `${SELECT} WHERE j.school_id = $1 AND j.id = $2`,
    values: [schoolId, id],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

/**
 * Records that it is about to be sent, before it is: whoever comes after a crash knows that it may be on the printer, and by which mark. The new mark
 * also shuts out a process that still believes to hold an earlier attempt. Null: it was not waiting any longer.
 */
export async function beginSending(
  store: Store,
  id: number,
  { printer, leftOut }: { printer: string; leftOut: readonly number[] },
): Promise<string | null> {
  const mark = freshMark();
  const { rowCount } = await store.pool.query(
    `UPDATE print_job SET state = 'sending', external_id = NULL, mark = $2, printer = $3, left_out = $4, pages_done = 0 WHERE id = $1 AND state = 'waiting'`,
    [id, mark, printer, leftOut],
  );
  return rowCount === 1 ? mark : null;
}

/** Records the printer's number of the attempt with that mark. False: this attempt is not the present one any longer. */
export async function noteNumber(store: Store, mark: string, externalId: string): Promise<boolean> {
  const { rowCount } = await store.pool.query(
    "UPDATE print_job SET external_id = $2 WHERE mark = $1 AND state = 'sending' AND coalesce(external_id, $2) = $2",
    [mark, externalId],
  );
  return rowCount === 1;
}

/**
 * Brings a print from where it was to where the step says; within the transaction that marks its notices. False: somebody else has moved it meanwhile, and
 * nothing is done. What waits, is tried and waits again for the same reason has not changed.
 */
export async function takeStep(
  executor: Executor,
  before: { readonly id: number; readonly mark: string; readonly state: PrintState },
  step: PrintStep,
  at: EpochMs,
): Promise<boolean> {
  const { rowCount } = await executor.query(
    `UPDATE print_job SET state = $4, reason = $5, pages_done = $6,
       external_id = CASE WHEN $4 = 'waiting' THEN NULL ELSE external_id END,
       sent_at = CASE WHEN $4 IN ('sent', 'printing', 'stopped', 'done') THEN coalesce(sent_at, $7) ELSE sent_at END,
       ended_at = CASE WHEN $4 IN ('done', 'cancelled') THEN $7::timestamptz END,
       changed_at = CASE WHEN reason IS NOT DISTINCT FROM $5 AND (state = $4 OR (state = 'sending' AND $4 = 'waiting')) THEN changed_at ELSE $7 END
     WHERE id = $1 AND mark = $2 AND state = $3`,
    [before.id, before.mark, before.state, step.state, step.reason, step.pagesDone, new Date(at)],
  );
  return rowCount === 1;
}
