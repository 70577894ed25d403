import type { EpochMs } from "../time.ts";

/** What is left of an allowance that fills up again by itself. */
export interface Bucket {
  readonly left: number;
  readonly at: EpochMs;
}

export interface Allowance {
  /** So many at once. */
  readonly most: number;
  readonly perMinute: number;
}

/** Takes one out; `waitMs` > 0: there is none, and nothing was taken. Pure. A clock that goes back fills nothing. */
export function takeOne(
  bucket: Bucket | null,
  { most, perMinute }: Allowance,
  now: EpochMs,
): { readonly bucket: Bucket; readonly waitMs: number } {
  const since = bucket === null ? 0 : Math.max(0, now - bucket.at);
  const left = bucket === null ? most : Math.min(most, bucket.left + (since * perMinute) / 60_000);
  if (left < 1) return { bucket: { left, at: now }, waitMs: Math.ceil(((1 - left) * 60_000) / perMinute) };
  return { bucket: { left: left - 1, at: now }, waitMs: 0 };
}
