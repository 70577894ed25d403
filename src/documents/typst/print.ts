import { basename } from "node:path";
import { inThread } from "./in-thread.ts";
import type { PrintOrder, PrintOutcome } from "./set-print.ts";
import { templateError } from "./template-error.ts";

/** A print of any number of pages as tagged PDF/A-2a, from a template that is read anew each time. Throws `SverkaError` `print-template` (trouble). */
export async function print(order: PrintOrder): Promise<Uint8Array> {
  let outcome: PrintOutcome;
  try {
    const worker = new URL("print-worker.ts", import.meta.url);
    outcome = await inThread<PrintOrder, PrintOutcome, PrintOutcome>(worker, (ask) => ask(order));
  } catch (cause) {
    const fault = { file: basename(order.template), line: null, says: String(cause) };
    throw templateError("print-template", fault, cause);
  }
  if (outcome.kind === "pdf") return outcome.pdf;
  throw templateError("print-template", outcome.fault);
}
