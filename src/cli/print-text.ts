import { join } from "node:path";
import { counted } from "../domain/notice/words.ts";
import { reasonWords } from "../domain/print/reasons.ts";
import { PRINT_STATES } from "../domain/print/state-words.ts";
import { isoWithOffset } from "../domain/time.ts";
import type { Printer } from "../ports/printer.ts";
import { pagesOf } from "../print/take.ts";
import type { PrintJobRecord } from "../store/print-jobs.ts";

/** How a print stands, and what to do where it stands still. */
export function lineOf(job: PrintJobRecord): string {
  const { id, state, reason, pagesDone, fileName, printer } = job;
  const pages = pagesOf(job).length;
  const words = reason === null || state === "done" ? null : reasonWords(reason);
  const progress = `${pagesDone} из ${counted(pages, "страницы", "страниц", "страниц")}`;
  return `№ ${id}  ${PRINT_STATES[state]}${words === null ? "" : `: ${words.what}`}  (${progress}, «${fileName}», ${printer})\n${words === null || words.todo === "" ? "" : `      ${words.todo}\n`}`;
}

/** The file that a print is, where prints are laid into a folder and this one lies there. */
function fileOf(
  { printer, externalId, state }: PrintJobRecord,
  { place, kind }: Pick<Printer, "place" | "kind">,
): string | null {
  return kind === "folder" && printer === place && state === "done" && externalId !== null
    ? join(place, externalId)
    : null;
}

/** What came of a print that was asked for just now. */
export function outcomeLine(job: PrintJobRecord, printer: Pick<Printer, "place" | "kind">): string {
  if (job.state !== "done") return lineOf(job);
  const pages = counted(pagesOf(job).length, "страница", "страницы", "страниц");
  return `Напечатано, ${pages}: ${fileOf(job, printer) ?? `«${job.fileName}»`}\n`;
}

export function jobJson(job: PrintJobRecord, zone: string, printerNow: Pick<Printer, "place" | "kind">) {
  const time = (at: number | null) => (at === null ? null : isoWithOffset(at, zone));
  const { id, fileId, fileName, batchNumber, printer, state, reason, externalId, fromPage, pagesDone } = job;
  return {
    id,
    batch: batchNumber,
    fileId,
    file: fileName,
    path: fileOf(job, printerNow),
    printer,
    state,
    reason,
    externalId,
    fromPage,
    pages: pagesOf(job).length,
    pagesDone,
    createdAt: time(job.createdAt),
    sentAt: time(job.sentAt),
    changedAt: time(job.changedAt),
    endedAt: time(job.endedAt),
  };
}
