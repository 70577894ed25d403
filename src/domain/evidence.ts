import type { Sighting } from "./facts.ts";
import type { EpochMs } from "./time.ts";

export type Judgement = "in-time" | "late" | "unproved" | "missing" | "pending";

/**
 * What the passes prove about a deadline (rules.md § 1). A fact exactly at the deadline is in time; late needs a trusted look at or after the
 * deadline that did not contain it; missing needs one since the deadline. All three are epoch milliseconds, `lastAskedAt` being the last
 * trusted look at the fact's page (null: none).
 */
export function judge(sighting: Sighting | null, due: EpochMs, lastAskedAt: EpochMs | null): Judgement {
  if (sighting === null) return lastAskedAt !== null && lastAskedAt >= due ? "missing" : "pending";
  if (sighting.seenAt <= due) return "in-time";
  return sighting.absentAt !== null && sighting.absentAt >= due ? "late" : "unproved";
}

/** By how much a late fact missed its deadline, in milliseconds: at least `absentAt − due`, at most `seenAt − due`. */
export function latenessOf(sighting: Sighting, due: EpochMs): { readonly atLeast: number; readonly atMost: number } {
  return { atLeast: Math.max(0, (sighting.absentAt ?? due) - due), atMost: Math.max(0, sighting.seenAt - due) };
}
