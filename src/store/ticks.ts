import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** The last tick of each job that was put into the queue. */
export async function lastTicks(store: Store, schoolId: number): Promise<Map<string, EpochMs>> {
  const { rows } = await store.pool.query<{ job: string; at: EpochMs }>({
    text: "SELECT job, at FROM tick WHERE school_id = $1",
    values: [schoolId],
    types: rowTypes,
  });
  return new Map(rows.map((row) => [row.job, row.at]));
}

/** Remembers a tick; never goes back, whichever process is later – but for a clock that was set back by more than an hour. */
export async function recordTick(store: Store, schoolId: number, job: string, at: EpochMs): Promise<void> {
  await store.pool.query(
    `INSERT INTO tick AS t (school_id, job, at) VALUES ($1, $2, $3)
     ON CONFLICT (school_id, job) DO UPDATE SET at = excluded.at
     WHERE t.at < excluded.at OR t.at > excluded.at + interval '1 hour'`,
    [schoolId, job, new Date(at)],
  );
}
