import type { Look } from "../domain/alerts/alert.ts";
import type { EpochMs } from "../domain/time.ts";
import { lookAfterFailure, lookAfterPass } from "./pass-look.ts";
import { refusedBefore } from "./sign-in.ts";
import { type SyncNeeds, type SyncResult, syncSchool } from "./sync-school.ts";

export interface WatchedNeeds {
  readonly sync: SyncNeeds;
  /** Never throws: what is told of a pass does not change how it ended. */
  readonly raise: (look: Look) => Promise<void>;
}

/** One pass, as a person asks for it, with what it tells of troubles. Throws what `syncSchool` throws. */
export async function watchedPass(
  { sync, raise }: WatchedNeeds,
  schoolId: number,
  signal?: AbortSignal,
): Promise<SyncResult> {
  let result: SyncResult;
  try {
    result = await syncSchool(sync, schoolId, signal);
  } catch (error) {
    if (!signal?.aborted) {
      const letIn = await refusedBefore(sync, schoolId).then(
        (at) => at === null,
        () => false,
      );
      await raise({ ...(letIn ? { "journal-refused": [] } : {}), ...lookAfterFailure(error) });
    }
    throw error;
  }
  await raise(lookAfterPass(result));
  return result;
}

/**
 * A pass that nobody but the clock asks for. While the journal's refusal of these very credentials stands it is not begun: seven tries a day
 * could lock the account. The refusal ends with other credentials, or when a person's own pass is let in.
 */
export async function scheduledPass(
  needs: WatchedNeeds,
  schoolId: number,
  signal?: AbortSignal,
): Promise<SyncResult | { readonly state: "held"; readonly refusedAt: EpochMs }> {
  const refusedAt = await refusedBefore(needs.sync, schoolId);
  if (refusedAt === null) return watchedPass(needs, schoolId, signal);
  await needs.raise({ "journal-refused": [{ subject: "", detail: "" }] });
  return { state: "held", refusedAt };
}
