import type { House } from "../main.ts";
import { takeOutEnded } from "../notices/take-out-ended.ts";
import { followPrints } from "../print/follow-prints.ts";
import type { PrintingNeeds } from "../print/needs.ts";
import { whileRoom } from "../store/disk-full.ts";
import { listPrintJobs } from "../store/print-jobs.ts";
import { batchPrintNeeds, composeNeeds, printingNeeds } from "./needs.ts";

/** Sends what waits and looks after what was sent; what an agreement that ended meanwhile has taken away goes out first. */
export async function printNow(house: House, signal: AbortSignal, raise?: PrintingNeeds["raise"]): Promise<void> {
  const { store, school } = house;
  if ((await listPrintJobs(store, school.id, ["waiting"])).length > 0)
    await whileRoom(async () => takeOutEnded(await composeNeeds(house), await batchPrintNeeds(house)));
  await followPrints({ ...printingNeeds(house, raise), signal });
}
