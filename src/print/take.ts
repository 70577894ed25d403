import type { PrintStep } from "../domain/print/follow.ts";
import { frontOf, noticesPrinted } from "../domain/print/pages.ts";
import { markNoticesPrinted, placesIn } from "../store/print-files.ts";
import { type PrintJobRecord, takeStep } from "../store/print-jobs.ts";
import { inTransaction } from "../store/transaction.ts";
import type { PrintingNeeds } from "./needs.ts";

/** The pages of the file that this print brings out, in order. */
export function pagesOf({ fromPage, filePages, layout, leftOut }: PrintJobRecord): number[] {
  const pages: number[] = [];
  const gone = new Set(leftOut);
  for (let page = frontOf(fromPage, layout); page <= filePages; page++) if (!gone.has(page)) pages.push(page);
  return pages;
}

/** Takes the step and marks the notices that are out by it, both or neither. Says so in the log where it changes something. */
export async function take(needs: PrintingNeeds, job: PrintJobRecord, step: PrintStep): Promise<void> {
  const { state, reason, pagesDone } = step;
  if (state === job.state && reason === job.reason && pagesDone === job.pagesDone) return;
  const at = needs.clock.now();
  const taken = await inTransaction(needs.store, async (client) => {
    if (!(await takeStep(client, job, step, at))) return false;
    if (pagesDone > 0) {
      const file = await placesIn(client, job.fileId);
      await markNoticesPrinted(client, noticesPrinted(file, pagesOf(job), pagesDone), at);
    }
    return true;
  });
  const facts = { job: job.id, from: job.state, state, reason, pagesDone };
  if (!taken) needs.log.warn(facts, "печать изменил кто-то другой, шаг пропущен");
  else if (reason === null) needs.log.info(facts, "печать идёт дальше");
  else if (reason !== job.reason) needs.log.warn(facts, "печать стоит");
}
