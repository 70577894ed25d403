import { type Allowance, type Bucket, takeOne } from "../../domain/access/bucket.ts";

const MOST_KEYS = 10_000;

/** Takes one of what a key is allowed; answers how long to wait, 0: not at all. In memory: of several processes each counts its own. */
export function createAllowances(allowance: Allowance): (key: string, now: number) => number {
  const buckets = new Map<string, Bucket>();
  return (key, now) => {
    const { bucket, waitMs } = takeOne(buckets.get(key) ?? null, allowance, now);
    // The key that has been still for longest stands first.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > MOST_KEYS) buckets.delete(buckets.keys().next().value ?? key);
    return waitMs;
  };
}
