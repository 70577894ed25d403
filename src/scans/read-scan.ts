import { addDays, dayOf } from "../domain/days.ts";
import { SverkaError } from "../domain/error.ts";
import { type FoundSlip, kindOf, type SlipPlace } from "../domain/slip/found-slip.ts";
import type { EpochMs } from "../domain/time.ts";
import type { ScanSource } from "../ports/scan-folder.ts";
import type { ScannedPage } from "../ports/scanner.ts";
import { lockScans, markReturned, noteScanFile, noteSlip, noticeOfCode, scanFileOf } from "../store/scans.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";
import type { ScanNeeds } from "./scan-needs.ts";

export interface ReadOrder {
  readonly source: ScanSource;
  /** It lies in the watched folder: it is taken out of it, to the kept or the refused ones. */
  readonly watched: boolean;
  readonly signal?: AbortSignal;
  onPage?(done: number, pages: number): void;
}

export interface ScanOutcome {
  /** Null where the file could not even be looked at. */
  readonly fileId: number | null;
  readonly name: string;
  /** known: these bytes have been read before, nothing was done. */
  readonly state: "read" | "known" | "refused";
  readonly pages: number;
  readonly blank: number;
  readonly slips: readonly FoundSlip[];
  /** One sentence; null unless it was refused. */
  readonly refusal: string | null;
}

/**
 * Reads one file: each slip on it is marked returned, or told what else it is, in one transaction with the file itself. The same bytes are read once; killed
 * anywhere, another run does what is left. What cannot be read is refused as a whole and is in the answer. Throws what the disk and the database throw.
 */
export async function readScan(needs: ScanNeeds, order: ReadOrder): Promise<ScanOutcome> {
  const { store, clock, school, folder } = needs;
  const { source, watched } = order;
  const nothing = { name: source.name, pages: 0, blank: 0, slips: [], refusal: null };
  let digest: string;
  try {
    ({ digest } = await folder.measure(source));
  } catch (error) {
    return { ...nothing, fileId: null, state: "refused", refusal: refusalOf(error) };
  }
  const known = await scanFileOf(store.pool, school.id, digest);
  if (known?.state === "read") {
    if (watched) await folder.remove(source);
    return { ...nothing, fileId: known.id, state: "known", pages: known.pages };
  }
  let bytes: Uint8Array;
  let pages: ScannedPage[];
  try {
    bytes = await folder.read(source);
    pages = await readPages(needs, bytes, order);
  } catch (error) {
    const refusal = refusalOf(error);
    const fileId = await refuse(needs, order, { digest, refusal });
    return { ...nothing, fileId, state: "refused", refusal };
  }
  const at = clock.now();
  const result = await inTransaction(store, async (client) => {
    await lockScans(client);
    // Somebody may have read the same bytes meanwhile.
    const before = await scanFileOf(client, school.id, digest);
    if (before?.state === "read") return { fileId: before.id, slips: null, left: null };
    const day = dayOf(at, school.zone);
    const fileId = await noteScanFile(client, school.id, {
      name: source.name,
      digest,
      path: await folder.keep(bytes, { digest, day, name: source.name }),
      pages: pages.length,
      state: "read",
      refusal: null,
      at,
      keepUntil: addDays(day, needs.keepDays),
    });
    return { fileId, slips: await noteSlips(client, school.id, { fileId, pages, at }), left: before?.path ?? null };
  });
  // It was refused once and lay among those.
  if (result.left !== null) await folder.destroy(result.left);
  if (watched) await folder.remove(source);
  if (result.slips === null) return { ...nothing, fileId: result.fileId, state: "known", pages: pages.length };
  const blank = pages.filter((page) => page.blank).length;
  return { ...nothing, fileId: result.fileId, state: "read", pages: pages.length, blank, slips: result.slips };
}

async function readPages({ scanner }: ScanNeeds, bytes: Uint8Array, order: ReadOrder): Promise<ScannedPage[]> {
  const pages: ScannedPage[] = [];
  for await (const page of scanner.read(bytes, order.signal === undefined ? {} : { signal: order.signal })) {
    pages.push(page);
    order.onPage?.(page.page, page.pages);
  }
  return pages;
}

async function noteSlips(
  client: Transaction,
  schoolId: number,
  { fileId, pages, at }: { fileId: number; pages: readonly ScannedPage[]; at: EpochMs },
): Promise<FoundSlip[]> {
  const slips: FoundSlip[] = [];
  const note = async (slip: FoundSlip) => {
    await noteSlip(client, schoolId, { ...slip, fileId, byHand: false, at, clearedAt: null });
    slips.push(slip);
  };
  for (const { page, codes, unread, blank } of pages) {
    for (const { code, at: point } of codes)
      await note(await judged(client, schoolId, { code, place: { page, at: point }, at }));
    for (const point of unread)
      await note({ kind: "unreadable", place: { page, at: point }, code: null, notice: null });
    if (codes.length === 0 && unread.length === 0 && !blank)
      await note({ kind: "unreadable", place: { page, at: null }, code: null, notice: null });
  }
  return slips;
}

/** What a code says of its slip; the slip of any notice of this school is back from now on, whatever became of the notice. */
export async function judged(
  client: Transaction,
  schoolId: number,
  { code, place, at }: { code: string; place: SlipPlace | null; at: EpochMs },
): Promise<FoundSlip> {
  const notice = await noticeOfCode(client, schoolId, code);
  if (notice?.ownSchool) await markReturned(client, notice.id, at);
  return { kind: kindOf(notice), place, code, notice };
}

async function refuse(
  { store, clock, school, folder, keepDays }: ScanNeeds,
  { source, watched }: ReadOrder,
  { digest, refusal }: { digest: string; refusal: string },
): Promise<number> {
  const at = clock.now();
  const { fileId, left } = await inTransaction(store, async (client) => {
    await lockScans(client);
    const before = (await scanFileOf(client, school.id, digest))?.path ?? null;
    const path = watched ? folder.asidePath(source, digest) : before;
    const fileId = await noteScanFile(client, school.id, {
      name: source.name,
      digest,
      path,
      pages: 0,
      state: "refused",
      refusal,
      at,
      keepUntil: addDays(dayOf(at, school.zone), keepDays),
    });
    return { fileId, left: before === path ? null : before };
  });
  // The same bytes came under another name before: they lie there twice.
  if (left !== null) await folder.destroy(left);
  // Killed before this it lies where it lay, and is refused once more.
  if (watched) await folder.setAside(source, digest);
  return fileId;
}

/** The sentence of a file that is refused; anything else is no matter of the file. */
function refusalOf(error: unknown): string {
  if (error instanceof SverkaError && error.kind === "input" && error.code.startsWith("scan-")) return error.message;
  throw error;
}
