import { askedPrints } from "../store/batch-files.ts";
import { type BatchRecord, liveNotices } from "../store/notice-batches.ts";
import { type PrintNeeds, printBatch } from "./print-batch.ts";

const WHOLE = { classExternalId: "" };

/**
 * Sends to the printer what of a batch is not printed and not on its way there: the whole batch as long as nothing of it has come out, what waits being taken
 * back where it changed; later only what was never asked of the printer, a correction for example, class by class. What a person told the printer not to print is
 * not sent again. Answers with how many files were sent.
 */
export async function printRest(needs: PrintNeeds, batch: BatchRecord): Promise<number> {
  const asked = await askedPrints(needs.store, batch.id);
  const live = await liveNotices(needs.store, batch.id);
  const whole = asked.filter(({ classExternalId }) => classExternalId === WHOLE.classExternalId);
  const begun = whole.length > 0 ? whole.some((one) => one.begun) : live.some(({ printedAt }) => printedAt !== null);
  if (!begun) return printBatch(needs, batch, WHOLE);
  const known = new Set(asked.flatMap(({ noticeIds }) => noticeIds));
  const left = live.filter(({ id, printedAt }) => printedAt === null && !known.has(id));
  let sent = 0;
  for (const [classExternalId, own] of Map.groupBy(left, (notice) => notice.classExternalId))
    sent += await printBatch(needs, batch, { classExternalId, noticeIds: new Set(own.map(({ id }) => id)) });
  return sent;
}
