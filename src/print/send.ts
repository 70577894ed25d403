import { keepPages } from "../documents/print/keep-pages.ts";
import { SverkaError } from "../domain/error.ts";
import { frontOf, pagesToPrint } from "../domain/print/pages.ts";
import type { PrintOrder } from "../ports/printer.ts";
import { type FileToPrint, fileToPrint } from "../store/print-files.ts";
import { beginSending, noteNumber, type PrintJobRecord, printJob } from "../store/print-jobs.ts";
import type { PrintingNeeds } from "./needs.ts";
import { settle } from "./settle.ts";
import { take } from "./take.ts";

/** Sends what waits. It is recorded as being sent before anything leaves, so that no end of this process makes it go twice or never. */
export async function send(needs: PrintingNeeds, job: PrintJobRecord): Promise<void> {
  const { store, printer, schoolId } = needs;
  const file = await fileToPrint(store, job.fileId);
  const pages = pagesToPrint(file, job.fromPage, file.withdrawn);
  if (pages === null) return take(needs, job, { state: "refused", reason: "withdrawn", pagesDone: 0 });
  if (pages.length === 0) return take(needs, job, { state: "cancelled", reason: "withdrawn", pagesDone: 0 });
  const kept = new Set(pages);
  const from = frontOf(job.fromPage, file.layout);
  const leftOut = Array.from({ length: file.pages }, (_, index) => index + 1).filter(
    (page) => page >= from && !kept.has(page),
  );
  const mark = await beginSending(store, job.id, { printer: printer.place, leftOut });
  if (mark === null) return;
  const sending: PrintJobRecord = { ...job, mark, leftOut, state: "sending", externalId: null, pagesDone: 0 };
  const outcome = await printer.submit(await orderOf(file, { mark, pages, from }), async (externalId) => {
    if (!(await noteNumber(store, mark, externalId))) throw overtaken(job.id);
  });
  switch (outcome.kind) {
    case "later":
      return take(needs, sending, { state: "waiting", reason: outcome.reason, pagesDone: 0 });
    case "refused":
      return take(needs, sending, { state: "refused", reason: outcome.reason, pagesDone: 0 });
    case "accepted":
    case "done":
      await noteNumber(store, mark, outcome.externalId);
      return take(needs, sending, {
        state: outcome.kind === "done" ? "done" : "sent",
        reason: null,
        pagesDone: outcome.kind === "done" ? pages.length : 0,
      });
    case "uncertain": {
      await take(needs, sending, { state: "sending", reason: outcome.reason, pagesDone: 0 });
      const now = await printJob(store, schoolId, job.id);
      if (now?.state === "sending") await settle(needs, now);
    }
  }
}

async function orderOf(
  file: FileToPrint,
  { mark, pages, from }: { mark: string; pages: readonly number[]; from: number },
): Promise<PrintOrder> {
  return {
    mark,
    name: from === 1 ? file.name : `${file.name.replace(/\.pdf$/i, "")}, со страницы ${from}`,
    pdf: pages.length === file.pages ? file.pdf : await keepPages(file.pdf, pages),
    pages: pages.length,
    sides: file.layout === "duplex" ? "two-sided" : "one-sided",
  };
}

const overtaken = (id: number) =>
  new SverkaError(
    "trouble",
    "print-overtaken",
    `Печать № ${id} уже отправляет другая служба: здесь она не отправлена, делать ничего не нужно.`,
  );
