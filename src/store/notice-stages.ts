import type { EpochMs } from "../domain/time.ts";
import type { Executor } from "./outbox.ts";

export interface HandedOrder {
  readonly pupilExternalIds: readonly string[];
  readonly at: EpochMs;
  /** Null: the newest print of each pupil. */
  readonly batchId: number | null;
}

/** Marks prints of these pupils as handed out, as of `at`: those of a batch, or the newest. Answers with the pupils whose print was not marked before. */
export async function markHanded(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  { pupilExternalIds, at, batchId }: HandedOrder,
): Promise<string[]> {
  const { rows } = await pool.query<{ pupil: string }>(
    `UPDATE notice n SET handed_at = $3
     FROM (SELECT DISTINCT ON (pupil_external_id) id FROM notice
           WHERE school_id = $1 AND pupil_external_id = ANY($2) AND printed_at <= $3 AND withdrawn_at IS NULL AND ($4::int IS NULL OR batch_id = $4)
           ORDER BY pupil_external_id, printed_at DESC, id DESC) latest
     WHERE n.id = latest.id AND n.handed_at IS NULL RETURNING n.pupil_external_id AS pupil`,
    [schoolId, pupilExternalIds, new Date(at), batchId],
  );
  return rows.map(({ pupil }) => pupil).sort();
}
