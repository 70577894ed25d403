import { type PrintLook, type PrintStep, stepAfter } from "../domain/print/follow.ts";
import type { PrintReason } from "../domain/print/reasons.ts";
import { noteNumber, type PrintJobRecord } from "../store/print-jobs.ts";
import type { PrintingNeeds } from "./needs.ts";
import { pagesOf, take } from "./take.ts";

/**
 * Finds out what became of a print that was being sent when the connection or the process ended. It is sent again only when it is certain that nothing
 * came out; where nobody can tell, a person is asked.
 */
export async function settle(needs: PrintingNeeds, job: PrintJobRecord): Promise<void> {
  const { store, printer } = needs;
  const stay = (reason: PrintReason): Promise<void> => take(needs, job, { ...job, state: "sending", reason });
  if (job.externalId === null) {
    const found = await printer.find(job.mark);
    if (found.kind === "unreachable") return stay(found.reason);
    if (found.kind === "absent")
      return take(needs, job, found.harmless ? again(job) : { state: "asking", reason: "fate-unknown", pagesDone: 0 });
    await noteNumber(store, job.mark, found.externalId);
    return settle(needs, { ...job, externalId: found.externalId });
  }
  const look = await printer.look(job.externalId);
  if (look.kind !== "incomplete") return take(needs, job, settled(job, look));
  if (!(await printer.cancel(job.externalId))) return stay("busy");
  const after = await printer.look(job.externalId);
  if (after.kind === "incomplete") return stay("busy");
  return take(needs, job, after.kind === "unknown" ? again(job) : settled(job, after));
}

/** The reason stays: what fails over and over is one trouble, not many. */
const again = ({ reason }: PrintJobRecord): PrintStep => ({ state: "waiting", reason, pagesDone: 0 });

function settled(job: PrintJobRecord, look: Exclude<PrintLook, { kind: "incomplete" }>): PrintStep {
  if (look.kind === "ended" && look.how !== "done" && look.untouched) return again(job);
  return stepAfter({ ...job, pages: pagesOf(job).length }, look);
}
