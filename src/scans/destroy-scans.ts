import { dayOf } from "../domain/days.ts";
import { knownScanPaths, lockScans, markDestroyed, outlivedScans } from "../store/scans.ts";
import { inTransaction } from "../store/transaction.ts";
import type { ScanNeeds } from "./scan-needs.ts";

/**
 * Destroys the originals whose day is over, and what an interrupted run left behind without writing it down. Answers how many. Killed in between, it finds them
 * gone the next time.
 */
export async function destroyScans({
  store,
  clock,
  school,
  folder,
}: Omit<ScanNeeds, "scanner" | "keepDays">): Promise<number> {
  const at = clock.now();
  return inTransaction(store, async (client) => {
    await lockScans(client);
    const outlived = await outlivedScans(client, school.id, dayOf(at, school.zone));
    for (const { id, path } of outlived) {
      await folder.destroy(path);
      await markDestroyed(client, id, at);
    }
    const known = await knownScanPaths(client);
    const strays = (await folder.kept()).filter((path) => !known.has(path));
    for (const path of strays) await folder.destroy(path);
    return outlived.length + strays.length;
  });
}
