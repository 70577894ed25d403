import { availableParallelism } from "node:os";
import type { ScannedPage, Scanner } from "../../src/ports/scanner.ts";
import { LIMITS } from "./limits.ts";
import { refusal } from "./refusal.ts";
import { type ScanThread, startScanThread } from "./scan-thread.ts";

/** More would keep the rest of the service waiting. */
const MOST_THREADS = 2;

/** Reads slips in threads of its own, two pages at once where the computer has two cores. `pageMs`: real time that a page may take. */
export function createScanner({
  threads = Math.min(MOST_THREADS, availableParallelism()),
  pageMs = LIMITS.page,
}: {
  threads?: number;
  pageMs?: number;
} = {}): Scanner {
  const crew: ScanThread[] = [];
  const thread = (index: number): ScanThread => {
    const known = crew[index];
    if (known !== undefined && !known.ended) return known;
    const fresh = startScanThread(pageMs);
    crew[index] = fresh;
    return fresh;
  };
  const close = async () => void (await Promise.all(crew.splice(0).map((one) => one.end())));

  async function* readAlone(bytes: Uint8Array, signal: AbortSignal | undefined): AsyncGenerator<ScannedPage> {
    if (bytes.byteLength === 0) throw refusal("scan-empty");
    if (bytes.byteLength > LIMITS.file) throw refusal("scan-too-big");
    let complete = false;
    try {
      const opened = await thread(0).ask({ open: bytes }, signal);
      if (!("pages" in opened)) throw new Error("a page instead of a file");
      const { pages } = opened;
      const share = Math.min(threads, pages);
      const look = async (page: number): Promise<ScannedPage> => {
        const answer = await thread(page % share).ask({ page }, signal);
        if (!("found" in answer)) throw new Error("a file instead of a page");
        return { page: page + 1, pages, ...answer.found };
      };
      const first = async (page: number) => {
        if (page > 0) await thread(page).ask({ open: bytes }, signal);
        return look(page);
      };
      const ahead: Promise<ScannedPage>[] = [];
      const begin = (page: Promise<ScannedPage>) => {
        // Whoever fails is heard when its turn comes, or not at all when somebody has broken off.
        page.catch(() => undefined);
        ahead.push(page);
      };
      for (let page = 0; page < share; page += 1) begin(first(page));
      for (let page = 0; page < pages; page += 1) {
        const current = await ahead.shift();
        if (page + share < pages) begin(look(page + share));
        if (current !== undefined) yield current;
      }
      complete = true;
    } finally {
      // What is still looked at is of no use to anybody.
      if (!complete) await close();
    }
  }

  let turn: Promise<void> = Promise.resolve();
  return {
    async *read(bytes, { signal } = {}) {
      // One file after another: a thread has one open.
      const before = turn;
      const done = Promise.withResolvers<void>();
      turn = done.promise;
      await before;
      try {
        yield* readAlone(bytes, signal);
      } finally {
        done.resolve();
      }
    },
    close,
  };
}
