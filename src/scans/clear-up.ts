import { SverkaError } from "../domain/error.ts";
import { typedCode } from "../domain/slip/code.ts";
import type { FoundSlip } from "../domain/slip/found-slip.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import {
  clearScan,
  clearUnread,
  lockScans,
  noteSlip,
  type OpenSlip,
  openSlips,
  type RefusedFile,
  refusedFiles,
} from "../store/scans.ts";
import { sharedRead } from "../store/shared-read.ts";
import { type Also, inOneMoment, inTransaction, type Transaction } from "../store/transaction.ts";
import { judged } from "./read-scan.ts";

interface ClearNeeds {
  readonly store: Store;
  readonly clock: Clock;
}

export interface ScanPage {
  readonly fileId: number;
  readonly page: number;
}

/** What a person has to look at: slips, and files that were not accepted. */
export const toClearUp = sharedRead(
  (
    store: Store,
    schoolId: number,
  ): Promise<{ readonly slips: readonly OpenSlip[]; readonly files: readonly RefusedFile[] }> =>
    inOneMoment(store, async (client) => ({
      slips: await openSlips(client, schoolId),
      files: await refusedFiles(client, schoolId),
    })),
);

/**
 * A code that a person typed from the paper, at a page whose slip could not be read or without any. What was typed wrong changes nothing. Throws `slip-code`,
 * `slip-unknown`, `slip-page` (input).
 */
export async function enterSlip(
  { store, clock }: ClearNeeds,
  schoolId: number,
  { text, from }: { text: string; from: ScanPage | null },
  also?: (client: Transaction, slip: FoundSlip) => Promise<void>,
): Promise<FoundSlip> {
  const code = typedCode(text);
  const at = clock.now();
  return inTransaction(store, async (client) => {
    await lockScans(client);
    if (from !== null && !(await clearUnread(client, schoolId, { ...from, at }))) throw nothingOpen(from);
    const slip = await judged(client, schoolId, { code, place: from && { page: from.page, at: null }, at });
    if (slip.kind === "unknown") {
      const sentence =
        "Такого кода здесь не печатали: сверьте все цифры с напечатанными. Если они верны, это корешок другой школы.";
      throw new SverkaError("input", "slip-unknown", sentence);
    }
    // The person at the keyboard reads at once what it is.
    await noteSlip(client, schoolId, { ...slip, fileId: from?.fileId ?? null, byHand: true, at, clearedAt: at });
    await also?.(client, slip);
    return slip;
  });
}

/** Sets aside what is open of a file or of one page of it. Throws `slip-page` (input) when there is nothing. */
export async function clearUp(
  { store, clock }: ClearNeeds,
  schoolId: number,
  { fileId, page }: { fileId: number; page: number | null },
  also?: Also,
): Promise<number> {
  return inTransaction(store, async (client) => {
    const cleared = await clearScan(client, schoolId, { fileId, page, at: clock.now() });
    if (cleared === 0) throw nothingOpen({ fileId, page });
    await also?.(client);
    return cleared;
  });
}

function nothingOpen({ fileId, page }: { fileId: number; page: number | null }): SverkaError {
  const where = page === null ? `В файле № ${fileId}` : `На странице ${page} файла № ${fileId}`;
  return new SverkaError("input", "slip-page", `${where} разбирать нечего: что осталось, покажет «sverka slips list».`);
}
