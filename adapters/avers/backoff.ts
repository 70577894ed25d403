import type { EpochMs } from "../../src/domain/time.ts";

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
  /** 0…1, for the jitter. */
  readonly random: () => number;
}

/** A server that asks for hours is not waited for: the next pass will come anyway. */
const LONGEST_ASKED_MS = 2 * 60_000;

/** Exponential with full jitter: many waiting clients must not come back at the same moment. What the server asks for is the least. */
export function retryDelay({ baseMs, capMs, random }: Backoff, tries: number, askedMs: number | null): number {
  const jittered = Math.round(Math.min(capMs, baseMs * 2 ** tries) * random());
  return askedMs === null ? jittered : Math.min(askedMs, LONGEST_ASKED_MS) + Math.min(jittered, baseMs);
}

/** `Retry-After`, seconds or an HTTP date, in milliseconds from now; null when there is none that can be read. */
export function retryAfter(header: unknown, now: EpochMs): number | null {
  if (typeof header !== "string") return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
