import { destroyPrints, unprintedBatches } from "../store/batch-files.ts";
import { whileRoom } from "../store/disk-full.ts";
import { type BatchRecord, batchById } from "../store/notice-batches.ts";
import { type ComposeNeeds, draftNotices, writeBatch } from "./compose-batches.ts";
import { dueNow } from "./due-now.ts";
import type { PrintNeeds } from "./print-batch.ts";
import { printRest } from "./print-rest.ts";
import { takeOutEnded } from "./take-out-ended.ts";

export interface ComposedNotices {
  /** What was composed for those who are due; `made` is false for a batch that somebody else composed at the same time. */
  readonly batches: readonly (BatchRecord & { readonly made: boolean })[];
  /** Batches of which something was taken out. */
  readonly withdrawn: number;
  /** Files that were sent to the printer. */
  readonly sent: number;
}

const KINDS = ["regular", "final", "first"] as const;
const DAY_MS = 86_400_000;

/**
 * One turn of the cycle («Регламент», пп. 2 and 4): what ended is taken out, who is due gets a notice, all that is not printed yet is sent to the printer, and
 * what is older than the policy keeps is destroyed. May be repeated at any time, and run twice at once. Throws `disk-full` (trouble), and what composing and rendering throw;
 * what stood before stands then, and the next turn goes on.
 */
export function composeDue(
  needs: ComposeNeeds,
  printing: PrintNeeds,
  options: { anyHour?: boolean } = {},
): Promise<ComposedNotices> {
  return whileRoom(() => takeTurn(needs, printing, options));
}

async function takeTurn(
  needs: ComposeNeeds,
  printing: PrintNeeds,
  { anyHour = false }: { anyHour?: boolean },
): Promise<ComposedNotices> {
  const { store, school, clock, cycle } = needs;
  const at = clock.now();
  const { batches: withdrawn, sent: resent } = await takeOutEnded(needs, printing);
  const { today, notices, seen } = await dueNow(needs, { anyHour });
  const due = (notices ?? []).filter((notice) => notice.due);
  const batches: (BatchRecord & { made: boolean })[] = [];
  for (const kind of KINDS) {
    const wanted = due.filter((notice) => notice.kind === kind).map((notice) => notice.wanted);
    const drafts = await draftNotices(needs, wanted, at);
    const batch = await writeBatch(needs, { kind, key: `${kind}/${today}`, at, seen }, drafts);
    if (batch !== null) batches.push(batch);
  }
  let sent = resent;
  for (const id of await unprintedBatches(store, school.id)) {
    const batch = await batchById(store, id);
    if (batch !== null) sent += await printRest(printing, batch);
  }
  await destroyPrints(store, school.id, { before: at - cycle.keepDays * DAY_MS, at });
  return { batches, withdrawn: withdrawn.length, sent };
}
