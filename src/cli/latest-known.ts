import type { Present } from "../control/check-school.ts";
import type { EpochMs } from "../domain/time.ts";
import type { House } from "../main.ts";
import { latestPasses } from "../store/passes.ts";

/** Now, or the end of the newest pass where a simulated clock has begun anew before it. */
export async function latestKnown({ store, school, clock }: House): Promise<EpochMs> {
  const [newest] = await latestPasses(store, school.id, 1);
  return Math.max(clock.now(), newest?.finishedAt ?? 0);
}

/** The moment of a check that is asked for no other. A simulated clock begins anew with each process: it alone does not tell the present. */
export async function presentOf(house: House): Promise<EpochMs | Present> {
  return house.simulation ? latestKnown(house) : () => latestKnown(house);
}
