import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** One notice of a class with its way so far. */
export interface ListedNotice {
  readonly pupilExternalId: string;
  readonly className: string;
  readonly edition: number;
  readonly printedAt: EpochMs | null;
  readonly handedAt: EpochMs | null;
  readonly returnedAt: EpochMs | null;
  readonly withdrawnAt: EpochMs | null;
}

/** The notices of a class in a batch, in their order, withdrawn ones too. */
export async function classNotices({ pool }: Store, batchId: number, classExternalId: string): Promise<ListedNotice[]> {
  const { rows } = await pool.query<ListedNotice>({
    text: `SELECT pupil_external_id AS "pupilExternalId", class_name AS "className", edition, printed_at AS "printedAt", handed_at AS "handedAt",
             returned_at AS "returnedAt", withdrawn_at AS "withdrawnAt"
           FROM notice WHERE batch_id = $1 AND class_external_id = $2 ORDER BY place, edition`,
    values: [batchId, classExternalId],
    types: rowTypes,
  });
  return rows;
}

/** The class of the notice that this code stands on; null: no notice of this school has it. */
export async function classOfSlip({ pool }: Store, schoolId: number, code: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    "SELECT class_external_id AS id FROM notice WHERE school_id = $1 AND slip_code = $2",
    [schoolId, code],
  );
  return rows[0]?.id ?? null;
}
