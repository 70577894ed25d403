import { afterFailure, type Failures, type ThrottleKind, waitUntil } from "../../domain/access/throttle.ts";
import type { EpochMs } from "../../domain/time.ts";
import { rowTypes, type Store } from "../connect.ts";
import { inTransaction } from "../transaction.ts";

export interface ThrottleKey {
  readonly kind: ThrottleKind;
  readonly key: string;
}

/**
 * Counts an attempt as failed before it is made, so that a hundred at once are not one. Answers until when it has to wait instead; then nothing is counted.
 */
export async function takeAttempt(
  store: Store,
  schoolId: number,
  keys: readonly ThrottleKey[],
  at: EpochMs,
): Promise<EpochMs | null> {
  return inTransaction(store, async (client) => {
    const known: { key: string; failures: Failures | null; until: EpochMs }[] = [];
    for (const { kind, key } of keys.toSorted((one, other) => (one.key < other.key ? -1 : 1))) {
      await client.query(
        "INSERT INTO auth_throttle (school_id, key, failures, last_at) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING",
        [schoolId, key, new Date(at)],
      );
      const { rows } = await client.query<Failures>({
        text: `SELECT failures, last_at AS "lastAt" FROM auth_throttle WHERE school_id = $1 AND key = $2 FOR UPDATE`,
        values: [schoolId, key],
        types: rowTypes,
      });
      const failures = rows[0] ?? null;
      known.push({ key, failures, until: failures === null ? 0 : waitUntil(kind, failures) });
    }
    const until = Math.max(...known.map((one) => one.until));
    if (until > at) return until;
    for (const { key, failures } of known) {
      const next = afterFailure(failures, at);
      await client.query("UPDATE auth_throttle SET failures = $3, last_at = $4 WHERE school_id = $1 AND key = $2", [
        schoolId,
        key,
        next.failures,
        new Date(next.lastAt),
      ]);
    }
    return null;
  });
}

/** An attempt that was none after all: its account begins anew, its address has one failure less. */
export async function forgive(store: Store, schoolId: number, keys: readonly ThrottleKey[]): Promise<void> {
  const of = (address: boolean) => keys.filter(({ kind }) => (kind === "address") === address).map(({ key }) => key);
  await store.pool.query("DELETE FROM auth_throttle WHERE school_id = $1 AND key = ANY($2)", [schoolId, of(false)]);
  await store.pool.query(
    "UPDATE auth_throttle SET failures = greatest(failures - 1, 0) WHERE school_id = $1 AND key = ANY($2)",
    [schoolId, of(true)],
  );
}
