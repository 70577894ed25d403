import { stepAfter } from "../domain/print/follow.ts";
import { printTroubles } from "../domain/print/troubles.ts";
import { inPrintTurn } from "../store/lock.ts";
import { GOING, listPrintJobs, type PrintJobRecord, UNSETTLED } from "../store/print-jobs.ts";
import type { PrintingNeeds } from "./needs.ts";
import { send } from "./send.ts";
import { settle } from "./settle.ts";
import { pagesOf, take } from "./take.ts";

/**
 * Sends the prints that wait, in the order in which they were asked for, and looks after those that were sent; tells the administrator of what stands. One
 * process of the deployment at a time. What a crash leaves behind the next run takes up.
 */
export async function followPrints(needs: PrintingNeeds): Promise<void> {
  const { store, schoolId, clock, signal } = needs;
  await inPrintTurn(store, schoolId, async () => {
    for (const { id } of await listPrintJobs(store, schoolId, GOING)) {
      if (signal?.aborted === true) return;
      const job = (await listPrintJobs(store, schoolId, GOING)).find((one) => one.id === id);
      if (job !== undefined) await advance(needs, job);
    }
  });
  await needs.raise(printTroubles(await listPrintJobs(store, schoolId, UNSETTLED), clock.now()));
}

async function advance(needs: PrintingNeeds, job: PrintJobRecord): Promise<void> {
  const { printer } = needs;
  if (job.state === "waiting") return send(needs, job);
  if (job.printer !== printer.place) return take(needs, job, { ...job, state: "asking", reason: "printer-changed" });
  if (job.state === "sending" || job.externalId === null) return settle(needs, job);
  const look = await printer.look(job.externalId);
  if (look.kind === "incomplete") return;
  await take(needs, job, stepAfter({ ...job, pages: pagesOf(job).length }, look));
}
