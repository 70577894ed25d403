import type { EpochMs } from "../time.ts";

/** What is known of failed attempts under one key. */
export interface Failures {
  readonly failures: number;
  readonly lastAt: EpochMs;
}

/** Whose failures are counted together, and how long a wait they make at most. */
export type ThrottleKind = "account-and-address" | "address" | "account" | "code";

// A stranger's attempts from elsewhere never keep the owner out for longer than the account's own small limit.
const LIMITS: Readonly<Record<ThrottleKind, { readonly free: number; readonly longestMs: number }>> = {
  "account-and-address": { free: 3, longestMs: 15 * 60_000 },
  address: { free: 15, longestMs: 15 * 60_000 },
  account: { free: 10, longestMs: 30_000 },
  // Who comes so far knows the password already.
  code: { free: 5, longestMs: 15 * 60_000 },
};

/** After this time without a failure the count begins anew. */
const FORGET_MS = 24 * 60 * 60_000;

/** Until when the next attempt has to wait: the wait doubles with each failure from the free ones on, and never becomes a lock-out. */
export function waitUntil(kind: ThrottleKind, { failures, lastAt }: Failures): EpochMs {
  const { free, longestMs } = LIMITS[kind];
  if (failures < free) return 0;
  return lastAt + Math.min(longestMs, 1000 * 2 ** Math.min(failures - free, 20));
}

/** The count with one failure more. */
export function afterFailure(known: Failures | null, at: EpochMs): Failures {
  const failures = known === null || at - known.lastAt > FORGET_MS ? 1 : known.failures + 1;
  return { failures, lastAt: at };
}
