import type { Look } from "../domain/alerts/alert.ts";
import { counted } from "../domain/notice/words.ts";
import { toClearUp } from "./clear-up.ts";
import { destroyScans } from "./destroy-scans.ts";
import { readScan, type ScanOutcome } from "./read-scan.ts";
import type { ScanNeeds } from "./scan-needs.ts";

export interface Arrival {
  readonly outcomes: readonly ScanOutcome[];
  readonly destroyed: number;
  /** What the administrator is to be told of. */
  readonly look: Look;
}

/**
 * Reads what the copier has put into the watched folder, each file once it has stopped growing, and destroys the originals whose day is over. One file's trouble
 * is none of the others'. Throws what the disk and the database throw, when the rest is done.
 */
export async function readArrived(needs: ScanNeeds, signal?: AbortSignal): Promise<Arrival> {
  const outcomes: ScanOutcome[] = [];
  const failures: unknown[] = [];
  for (const source of await needs.folder.arrived()) {
    if (signal?.aborted) break;
    try {
      outcomes.push(await readScan(needs, { source, watched: true, ...(signal === undefined ? {} : { signal }) }));
    } catch (error) {
      if (signal?.aborted) break;
      failures.push(error);
    }
  }
  const destroyed = await destroyScans(needs);
  if (failures.length > 0) throw failures[0];
  return { outcomes, destroyed, look: await lookAtScans(needs, outcomes) };
}

/** Files are named by number: their names may be people's. */
async function lookAtScans({ store, school }: ScanNeeds, outcomes: readonly ScanOutcome[]): Promise<Look> {
  const { slips, files } = await toClearUp(store, school.id);
  const unseen = outcomes.filter(({ fileId, state }) => fileId === null && state === "refused").length;
  return {
    "scan-refused": [
      ...files.map(({ id, refusal }) => ({ subject: `${id}`, detail: `Файл № ${id}. ${refusal}` })),
      ...(unseen === 0
        ? []
        : [
            { subject: "", detail: `${counted(unseen, "файл", "файла", "файлов")} в папке scans не читается с диска.` },
          ]),
    ],
    "slips-open":
      slips.length === 0
        ? []
        : [{ subject: "", detail: `Ждёт человека ${counted(slips.length, "строка", "строки", "строк")} разбора.` }],
  };
}
