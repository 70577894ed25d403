import { randomBytes } from "node:crypto";
import { SverkaError } from "../domain/error.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal, JournalSession } from "../ports/journal.ts";
import type { Store } from "../store/connect.ts";
import { deleteRefusal, listRefusals, type Refusal, saveRefusal } from "../store/refusals.ts";

export interface SignInNeeds {
  readonly store: Store;
  readonly journal: Journal;
  readonly clock: Clock;
}

/**
 * Signs in once and remembers a refusal with the fingerprint of what was refused; a success forgets it. For whoever is asked by a person:
 * what goes by a schedule asks `refusedBefore` first. Throws what the journal throws.
 */
export async function signInOnce(
  { store, journal, clock }: SignInNeeds,
  schoolId: number,
  signal?: AbortSignal,
): Promise<JournalSession> {
  try {
    const session = await journal.signIn(signal);
    const known = await ownRefusal({ store, journal }, schoolId);
    if (known !== null) await deleteRefusal(store, schoolId, known.fingerprint);
    return session;
  } catch (error) {
    if (
      error instanceof SverkaError &&
      error.code === "journal-refused" &&
      (await ownRefusal({ store, journal }, schoolId)) === null
    ) {
      const salt = randomBytes(16).toString("base64url");
      await saveRefusal(store, schoolId, { fingerprint: await journal.fingerprint(salt), salt, at: clock.now() });
    }
    throw error;
  }
}

/** When the journal refused these very credentials; null when it did not, or when they are others now. */
export async function refusedBefore(
  needs: Pick<SignInNeeds, "store" | "journal">,
  schoolId: number,
): Promise<EpochMs | null> {
  return (await ownRefusal(needs, schoolId))?.at ?? null;
}

async function ownRefusal(
  { store, journal }: Pick<SignInNeeds, "store" | "journal">,
  schoolId: number,
): Promise<Refusal | null> {
  for (const refusal of await listRefusals(store, schoolId)) {
    if ((await journal.fingerprint(refusal.salt)) === refusal.fingerprint) return refusal;
  }
  return null;
}
