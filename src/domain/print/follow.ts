import type { PrintReason } from "./reasons.ts";

export type PrintState =
  | "waiting" // nothing of it is on any printer
  | "sending" // it may be on the printer
  | "sent"
  | "printing"
  | "stopped" // the printer has it and does not go on; once mended it does
  | "asking" // a person says from which page on
  | "refused" // nothing has come out, and nothing will by itself
  | "done"
  | "cancelled";

/** What the printer shows of a job. Pages are counted from the first that the job prints. */
export type PrintLook =
  /** Its number is there, the document is not, or not whole. */
  | { readonly kind: "incomplete" }
  | { readonly kind: "waiting"; readonly reason: PrintReason | null }
  | { readonly kind: "printing"; readonly pagesDone: number }
  | { readonly kind: "stopped"; readonly reason: PrintReason; readonly pagesDone: number }
  | {
      readonly kind: "ended";
      readonly how: "done" | "with-errors" | "cancelled" | "aborted";
      readonly pagesDone: number;
      /** Nothing has come out, for sure: the printer never began. */
      readonly untouched: boolean;
    }
  /** The printer answers, and knows no such job. */
  | { readonly kind: "unknown" }
  | { readonly kind: "unreachable"; readonly reason: PrintReason };

export interface PrintStep {
  readonly state: PrintState;
  /** A `PrintReason`, or one that another edition wrote. */
  readonly reason: string | null;
  readonly pagesDone: number;
}

/** What a job is now, by what the printer shows of it. Never answers «waiting»: whether it may be sent again is decided apart. Pure. */
export function stepAfter(
  before: { readonly state: PrintState; readonly pagesDone: number /** That it prints. */; readonly pages: number },
  look: Exclude<PrintLook, { kind: "incomplete" }>,
): PrintStep {
  const { pagesDone } = before;
  // Counters of real printers start anew after a restart; what has come out stays out.
  const most = (now: number) => Math.max(pagesDone, now);
  switch (look.kind) {
    case "waiting":
      return { state: look.reason === null ? "sent" : "stopped", reason: look.reason, pagesDone };
    case "printing":
      return { state: "printing", reason: null, pagesDone: most(look.pagesDone) };
    case "stopped":
      return { state: "stopped", reason: look.reason, pagesDone: most(look.pagesDone) };
    case "unreachable":
      return {
        state: before.state === "sending" ? "sending" : "stopped",
        reason: look.reason,
        pagesDone,
      };
    case "unknown":
      return { state: "asking", reason: "vanished", pagesDone };
    case "ended":
      return ended(before, look, most(look.pagesDone));
  }
}

function ended(
  { state, pages }: { readonly state: PrintState; readonly pages: number },
  { how, untouched }: Extract<PrintLook, { kind: "ended" }>,
  pagesDone: number,
): PrintStep {
  // Of a document that may have been cut off on its way the printer's «done» is not the whole truth.
  const cutOff = state === "sending" && pagesDone > 0 && pagesDone < pages;
  if (how === "done") {
    return cutOff
      ? { state: "asking", reason: "with-errors", pagesDone }
      : { state: "done", reason: null, pagesDone: pages };
  }
  if (how === "aborted" && untouched && pagesDone === 0) return { state: "refused", reason: "not-taken", pagesDone };
  const reason = { "with-errors": "with-errors", cancelled: "cancelled-there", aborted: "half-printed" } as const;
  return { state: "asking", reason: reason[how], pagesDone };
}
