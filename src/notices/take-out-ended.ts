import { batchById, withdrawEnded } from "../store/notice-batches.ts";
import type { ComposeNeeds } from "./compose-batches.ts";
import type { PrintNeeds } from "./print-batch.ts";
import { printRest } from "./print-rest.ts";

/**
 * Takes out what is not printed of families that are on paper no longer and of pupils who left, however that became known, and sends again, without it, what
 * waited for the printer. To be done before anything is sent. Throws what rendering throws; what was taken out stays out then.
 */
export async function takeOutEnded(
  { store, school, clock, families }: Pick<ComposeNeeds, "store" | "school" | "clock" | "families">,
  printing: PrintNeeds,
): Promise<{ readonly batches: readonly number[]; readonly sent: number }> {
  const paper = [...((await families()) ?? new Map()).keys()];
  const batches = await withdrawEnded(store, school.id, { paper, at: clock.now() });
  let sent = 0;
  for (const id of batches) {
    const batch = await batchById(store, id);
    if (batch !== null) sent += await printRest(printing, batch);
  }
  return { batches, sent };
}
