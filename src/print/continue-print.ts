import { SverkaError } from "../domain/error.ts";
import { counted } from "../domain/notice/words.ts";
import { frontOf, noticesPrinted } from "../domain/print/pages.ts";
import { inPrintTurn } from "../store/lock.ts";
import { markNoticesPrinted, markNoticesUnprinted, placesIn } from "../store/print-files.ts";
import { createPrintJob, type PrintJobRecord, printJob, takeStep } from "../store/print-jobs.ts";
import { type Also, inTransaction } from "../store/transaction.ts";
import type { PrintingNeeds } from "./needs.ts";
import { pagesOf } from "./take.ts";

/** What a person who looked at the sheets says. */
export type PrintWord =
  | { readonly kind: "from" /** Of the file, from 1: the first that is to be printed now. */; readonly page: number }
  | { readonly kind: "all-printed" }
  | { readonly kind: "cancel" };

/**
 * Does what a person says of a print: prints the rest as a print of its own, or ends it. What the printer still has of it is taken off first; `printerGone`:
 * it cannot be asked and never will print. Answers with the number of the new print, if there is one. Throws `print-unknown`, `print-over`, `print-page`
 * (input), `print-busy` (trouble).
 */
export function continuePrint(
  needs: PrintingNeeds,
  order: { readonly id: number; readonly word: PrintWord; readonly printerGone: boolean; readonly also?: Also },
): Promise<number | null> {
  const { store, schoolId } = needs;
  return inPrintTurn(store, schoolId, async () => {
    const job = await printJob(store, schoolId, order.id);
    if (job === null) throw unknown(order.id);
    if (job.state === "done" || job.state === "cancelled") throw over(job);
    if (order.word.kind === "from") checkPage(job, order.word.page);
    if (!order.printerGone) await takeOff(needs, job);
    return end(needs, job, order);
  });
}

/** Lets a refused print be tried again; of one, or of all. Answers with their numbers. Throws `print-unknown`, `print-retry` (input). */
export function retryPrints(needs: PrintingNeeds, ids: readonly number[]): Promise<number[]> {
  const { store, schoolId, clock } = needs;
  return inPrintTurn(store, schoolId, async () => {
    for (const id of ids) {
      const job = await printJob(store, schoolId, id);
      if (job === null) throw unknown(id);
      if (job.state !== "refused" && job.state !== "waiting") throw notToRetry(job);
      await takeStep(store.pool, job, { state: "waiting", reason: null, pagesDone: 0 }, clock.now());
    }
    return [...ids];
  });
}

async function end(
  needs: PrintingNeeds,
  job: PrintJobRecord,
  { word, also }: { readonly word: PrintWord; readonly also?: Also },
): Promise<number | null> {
  const { store, schoolId, clock, printer } = needs;
  const at = clock.now();
  const pages = pagesOf(job);
  return inTransaction(store, async (client) => {
    const file = await placesIn(client, job.fileId);
    await also?.(client);
    if (word.kind === "cancel") {
      await takeStep(client, job, { ...job, state: "cancelled" }, at);
      return null;
    }
    if (word.kind === "all-printed") {
      await takeStep(client, job, { state: "done", reason: null, pagesDone: pages.length }, at);
      await markNoticesPrinted(client, noticesPrinted(file, pages, pages.length), at);
      return null;
    }
    const page = frontOf(word.page, job.layout);
    const before = Array.from({ length: page - 1 }, (_, index) => index + 1);
    const standBefore = new Set(noticesPrinted(file, before, before.length));
    const out = noticesPrinted(
      file,
      pages.filter((one) => one < page),
      pages.length,
    ).filter((id) => standBefore.has(id));
    const again = file.places.flatMap(({ noticeId }) => (standBefore.has(noticeId) ? [] : [noticeId]));
    await takeStep(client, job, { ...job, state: "cancelled", reason: "continued-elsewhere" }, at);
    await markNoticesPrinted(client, out, at);
    await markNoticesUnprinted(client, again);
    return createPrintJob(client, { schoolId, fileId: job.fileId, printer: printer.place, at, fromPage: page });
  });
}

/** Nothing more comes out of the old one. */
async function takeOff({ printer }: PrintingNeeds, job: PrintJobRecord): Promise<void> {
  if (job.state === "waiting" || job.state === "refused" || job.printer !== printer.place) return;
  let { externalId } = job;
  if (externalId === null) {
    const found = await printer.find(job.mark);
    if (found.kind === "unreachable") throw busy(job);
    externalId = found.kind === "found" ? found.externalId : null;
  }
  if (externalId === null) return;
  if (!(await printer.cancel(externalId)) && job.state !== "asking") throw busy(job);
  const look = await printer.look(externalId);
  if (look.kind === "unknown" || look.kind === "ended") return;
  if (look.kind === "unreachable" && job.state === "asking") return;
  throw busy(job);
}

function checkPage(job: PrintJobRecord, page: number): void {
  if (page >= 1 && page <= job.filePages) return;
  throw new SverkaError(
    "input",
    "print-page",
    `В файле печати № ${job.id} ${counted(job.filePages, "страница", "страницы", "страниц")}: назовите страницу от 1 до ${job.filePages}.`,
  );
}

const unknown = (id: number) =>
  new SverkaError("input", "print-unknown", `Печати № ${id} нет: номера покажет «npx sverka print jobs --all».`);

const over = ({ id, state }: PrintJobRecord) =>
  new SverkaError(
    "input",
    "print-over",
    `Печать № ${id} уже ${state === "done" ? "закончена" : "отменена"}, продолжать нечего.`,
  );

const notToRetry = ({ id, state }: PrintJobRecord) =>
  new SverkaError(
    "input",
    "print-retry",
    state === "asking"
      ? `Печать № ${id} прервалась на середине: скажите, с какой страницы продолжать («npx sverka print continue --job ${id} --from-page …»).`
      : `Печати № ${id} повтор не нужен: её не отвергали.`,
  );

const busy = ({ id }: PrintJobRecord) =>
  new SverkaError(
    "trouble",
    "print-busy",
    `Печать № ${id} не удалось снять с принтера: включите его и повторите через минуту. Если принтера больше нет, добавьте --printer-gone.`,
  );
