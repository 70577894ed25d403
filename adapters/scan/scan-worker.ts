import { parentPort } from "node:worker_threads";
import { SverkaError } from "../../src/domain/error.ts";
import { LIMITS } from "./limits.ts";
import { openPages, type PageFile } from "./pages.ts";
import { readPage } from "./read-page.ts";
import { refusal, type ScanRefusal } from "./refusal.ts";
import { loadSquareReader } from "./square-reader.ts";

/** A file to open, or a page of it (from 0) to look at. */
export type Question = { readonly open: Uint8Array } | { readonly page: number };
export type Answer =
  | { readonly pages: number }
  | { readonly found: Awaited<ReturnType<typeof readPage>> }
  | { readonly refused: ScanRefusal; readonly because: string };

const ready = loadSquareReader();
let file: PageFile | null = null;

async function answer(question: Question): Promise<Answer> {
  await ready;
  if ("page" in question) {
    if (file === null) throw new Error("no file is open");
    return { found: await readPage(await file.page(question.page)) };
  }
  file?.close();
  file = null;
  file = await openPages(question.open);
  if (file.pages > LIMITS.pages) throw refusal("scan-pages");
  if (file.pages < 1) throw refusal("scan-broken");
  return { pages: file.pages };
}

parentPort?.on("message", async (question: Question) => {
  try {
    parentPort?.postMessage(await answer(question));
  } catch (error) {
    const refused = error instanceof SverkaError ? (error.code as ScanRefusal) : "scan-broken";
    parentPort?.postMessage({ refused, because: String(error) } satisfies Answer);
  }
});
