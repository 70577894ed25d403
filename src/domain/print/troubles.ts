import type { Look, Trouble } from "../alerts/alert.ts";
import { counted } from "../notice/words.ts";
import type { EpochMs } from "../time.ts";
import type { PrintState } from "./follow.ts";
import { reasonWords } from "./reasons.ts";

export interface StandingPrint {
  readonly id: number;
  readonly batchNumber: number;
  readonly printer: string;
  readonly state: PrintState;
  readonly reason: string | null;
  readonly changedAt: EpochMs;
}

/** Printers are switched on late and go to sleep; what passes within this time is told to nobody. Milliseconds. */
const PATIENCE = 10 * 60_000;
const PASSING: ReadonlySet<string> = new Set(["offline", "busy"]);

/** What an administrator is to know of the prints that are not at their end: once for each printer and reason, and once for each that waits for a word. Pure. */
export function printTroubles(jobs: readonly StandingPrint[], now: EpochMs): Look {
  const standing = jobs.filter(
    ({ state, reason, changedAt }) =>
      reason !== null && !DECIDED.has(state) && (!PASSING.has(reason) || now - changedAt >= PATIENCE),
  );
  const stopped = [...Map.groupBy(standing, ({ printer, reason }) => `${printer} ${reason}`)].map(([subject, of]) => ({
    subject,
    detail: stoppedWords(of),
  }));
  const asking = jobs
    .filter(({ state }) => DECIDED.has(state))
    .map(({ id, batchNumber, reason, printer }): Trouble => {
      const { what, todo } = reasonWords(reason ?? "half-printed");
      return { subject: String(id), detail: `Печать № ${id} (пачка ${batchNumber}, ${printer}): ${what}. ${todo}` };
    });
  return { "printer-stopped": stopped, "print-undecided": asking };
}

const DECIDED: ReadonlySet<PrintState> = new Set(["asking", "refused"]);

function stoppedWords(of: readonly StandingPrint[]): string {
  const [first] = of;
  if (first === undefined) return "";
  const { what, todo } = reasonWords(first.reason ?? "stopped");
  const count = counted(of.length, "печать", "печати", "печатей");
  return `${first.printer}: ${what}. Ждёт ${count}. ${todo}`;
}
