import type { AlertKind, OpenAlert, Trouble } from "../domain/alerts/alert.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import { sharedRead } from "./shared-read.ts";
import type { Transaction } from "./transaction.ts";

export interface Observation {
  readonly schoolId: number;
  readonly kind: AlertKind;
  /** What is wrong now; at most one of a subject. */
  readonly troubles: readonly Trouble[];
  readonly at: EpochMs;
  /** Milliseconds that a trouble must not have been seen to be over. */
  readonly overAfter: number;
}

/**
 * Brings the alerts of one kind to what is seen now: new troubles begin, standing ones go on, those not seen any longer are over. Answers the
 * open ones of which nobody has been told; their rows stay locked until the transaction ends, so no two processes tell of the same.
 */
export async function observe(
  client: Transaction,
  { schoolId, kind, troubles, at, overAfter }: Observation,
): Promise<readonly OpenAlert[]> {
  const now = new Date(at);
  const sorted = troubles.toSorted((one, other) => (one.subject < other.subject ? -1 : 1));
  const subjects = sorted.map(({ subject }) => subject);
  await client.query(
    `INSERT INTO alert AS a (school_id, kind, subject, detail, began_at, seen_at)
     SELECT $1, $2, i.subject, i.detail, $5, $5 FROM unnest($3::text[], $4::text[]) AS i(subject, detail)
     ON CONFLICT (school_id, kind, subject) DO UPDATE SET detail = excluded.detail, seen_at = excluded.seen_at, ended_at = NULL,
       began_at = CASE WHEN a.ended_at IS NULL THEN a.began_at ELSE excluded.began_at END,
       told_at = CASE WHEN a.ended_at IS NULL THEN a.told_at END`,
    [schoolId, kind, subjects, sorted.map(({ detail }) => detail), now],
  );
  await client.query(
    `UPDATE alert SET ended_at = $4 WHERE school_id = $1 AND kind = $2 AND ended_at IS NULL AND NOT subject = ANY($3)
       AND ($5::timestamptz IS NULL OR seen_at <= $5)`,
    [schoolId, kind, subjects, now, overAfter === 0 ? null : new Date(at - overAfter)],
  );
  const { rows } = await client.query<OpenAlert>({
    text: `SELECT kind, subject, detail, began_at AS "beganAt" FROM alert
           WHERE school_id = $1 AND kind = $2 AND ended_at IS NULL AND told_at IS NULL ORDER BY subject FOR UPDATE`,
    values: [schoolId, kind],
    types: rowTypes,
  });
  return rows;
}

/** Notes that the administrator has been told of these, within the transaction that wrote the letter. */
export async function markTold(
  client: Transaction,
  schoolId: number,
  alerts: readonly OpenAlert[],
  at: EpochMs,
): Promise<void> {
  await client.query(
    `UPDATE alert a SET told_at = $4 FROM unnest($2::text[], $3::text[]) AS i(kind, subject)
     WHERE a.school_id = $1 AND a.kind = i.kind AND a.subject = i.subject`,
    [schoolId, alerts.map(({ kind }) => kind), alerts.map(({ subject }) => subject), new Date(at)],
  );
}

/** What is wrong now, the newest first. */
async function readOpenAlerts(store: Store, schoolId: number): Promise<readonly OpenAlert[]> {
  const { rows } = await store.pool.query<OpenAlert>({
    text: `SELECT kind, subject, detail, began_at AS "beganAt" FROM alert
           WHERE school_id = $1 AND ended_at IS NULL ORDER BY began_at DESC, kind, subject`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const openAlerts = sharedRead(readOpenAlerts);
