import type { EpochMs } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";

/** Pupils whom the journal's list has lost all at once: nobody has gone until a person says so. */
export interface HeldLeavers {
  readonly pupilExternalIds: readonly string[];
  readonly heldAt: EpochMs;
  /** The next list that lacks the same pupils is believed. */
  readonly accepted: boolean;
}

/** Null: none are held. */
export async function heldLeavers(executor: Executor, schoolId: number): Promise<HeldLeavers | null> {
  const { rows } = await executor.query<HeldLeavers>({
    text: `SELECT held_leavers AS "pupilExternalIds", held_leavers_at AS "heldAt", leavers_accepted AS accepted FROM school
           WHERE id = $1 AND cardinality(held_leavers) > 0`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

/** Whether a person has said of these very pupils that they have left. `pupils` in order. */
export async function areLeaversAccepted(
  executor: Executor,
  schoolId: number,
  pupils: readonly string[],
): Promise<boolean> {
  const { rowCount } = await executor.query(
    "SELECT FROM school WHERE id = $1 AND leavers_accepted AND held_leavers = $2::text[]",
    [schoolId, pupils],
  );
  return rowCount === 1;
}

/** Holds these pupils back, or nobody; other ones have to be decided about anew. Writes only a difference. */
export async function holdLeavers(
  executor: Executor,
  schoolId: number,
  pupils: readonly string[],
  at: EpochMs,
): Promise<void> {
  await executor.query(
    `UPDATE school SET held_leavers = $2, held_leavers_at = $3, leavers_accepted = false
     WHERE id = $1 AND coalesce(held_leavers, '{}') IS DISTINCT FROM $2::text[]`,
    [schoolId, pupils, pupils.length === 0 ? null : new Date(at)],
  );
}

/** Notes that these very pupils have left; false when others are held by now, or somebody has said so already. */
export async function acceptLeavers(executor: Executor, schoolId: number, pupils: readonly string[]): Promise<boolean> {
  const { rowCount } = await executor.query(
    "UPDATE school SET leavers_accepted = true WHERE id = $1 AND NOT leavers_accepted AND held_leavers = $2::text[]",
    [schoolId, pupils],
  );
  return rowCount === 1;
}
