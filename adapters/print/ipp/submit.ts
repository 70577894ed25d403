import type { Found, Printer, PrintOrder, Submission } from "../../../src/ports/printer.ts";
import { type Ask, numberIn, OPERATION, one, type Values, words } from "./ask.ts";
import { TAG } from "./message.ts";
import { NoAnswer } from "./post.ts";
import { refusalOf } from "./refusals.ts";
import { canAnnounce, jobId } from "./requests.ts";
import { jobName, wishes } from "./wishes.ts";

interface SubmitNeeds {
  readonly ask: Ask;
  /** Throws `NoAnswer`. */
  readonly aboutPrinter: () => Promise<Values>;
  readonly find: (mark: string) => Promise<Found>;
  readonly cancel: (id: string) => Promise<boolean>;
}

const PDF = one("document-format", TAG.mimeType, "application/pdf");

/** Sends a document in two steps where the printer knows them, else in one. */
export function createSubmit(needs: SubmitNeeds): Printer["submit"] {
  return async (order, announced) => {
    let printer: Values;
    try {
      printer = await needs.aboutPrinter();
    } catch (error) {
      if (error instanceof NoAnswer) return { kind: "later", reason: error.reason };
      throw error;
    }
    if (!words(printer, "document-format-supported").includes("application/pdf"))
      return { kind: "later", reason: "no-pdf" };
    if (printer.get("printer-is-accepting-jobs")?.[0] === false) return { kind: "later", reason: "not-accepting" };
    return canAnnounce(printer) ? inTwoSteps(needs, order, printer, announced) : atOnce(needs, order, printer);
  };
}

async function inTwoSteps(
  { ask, find, cancel }: SubmitNeeds,
  order: PrintOrder,
  printer: Values,
  announced: (externalId: string) => Promise<void>,
): Promise<Submission> {
  let id: string;
  try {
    const { ok, status, jobs } = await ask({
      operation: OPERATION.createJob,
      about: [one("job-name", TAG.name, jobName(order))],
      job: wishes(order, printer),
    });
    if (!ok) return refusalOf(status);
    const number = jobs[0] === undefined ? null : numberIn(jobs[0], "job-id");
    if (number === null) return { kind: "later", reason: "bad-answer" };
    id = String(number);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    // A number without a document prints nothing; it is taken back only so that nobody wonders at it.
    if (error.sent) await withdraw({ find, cancel }, order.mark);
    return { kind: "later", reason: error.reason };
  }
  try {
    await announced(id);
  } catch (error) {
    await cancel(id);
    throw error;
  }
  try {
    const { ok, status } = await ask({
      operation: OPERATION.sendDocument,
      about: [jobId(id), one("document-name", TAG.name, jobName(order)), PDF, one("last-document", TAG.boolean, true)],
      document: order.pdf,
    });
    if (ok) return { kind: "accepted", externalId: id };
    const { kind, reason } = refusalOf(status);
    return kind === "refused" && (await cancel(id)) ? { kind, reason } : { kind: "uncertain", reason };
  } catch (error) {
    if (error instanceof NoAnswer) return { kind: "uncertain", reason: error.reason };
    throw error;
  }
}

async function withdraw({ find, cancel }: Pick<SubmitNeeds, "find" | "cancel">, mark: string): Promise<void> {
  try {
    const found = await find(mark);
    if (found.kind === "found") await cancel(found.externalId);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}

async function atOnce({ ask }: SubmitNeeds, order: PrintOrder, printer: Values): Promise<Submission> {
  try {
    const { ok, status, jobs } = await ask({
      operation: OPERATION.printJob,
      about: [one("job-name", TAG.name, jobName(order)), PDF],
      job: wishes(order, printer),
      document: order.pdf,
    });
    const refusal = refusalOf(status);
    if (!ok) return refusal.reason === "busy" ? { kind: "uncertain", reason: "busy" } : refusal;
    const number = jobs[0] === undefined ? null : numberIn(jobs[0], "job-id");
    return number === null
      ? { kind: "uncertain", reason: "bad-answer" }
      : { kind: "accepted", externalId: String(number) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { kind: error.sent ? "uncertain" : "later", reason: error.reason };
  }
}
