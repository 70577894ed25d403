import { SverkaError } from "../../src/domain/error.ts";
import { type PrintReason, reasonWords } from "../../src/domain/print/reasons.ts";
import type { Found, Printer } from "../../src/ports/printer.ts";
import { printerAddress } from "./ipp/address.ts";
import { createAsk, type IppAnswer, numberIn, OPERATION, one, textIn, type Values, words } from "./ipp/ask.ts";
import { lookOf } from "./ipp/meaning.ts";
import { TAG } from "./ipp/message.ts";
import { NoAnswer, type Patience } from "./ipp/post.ts";
import { CLIENT_ERROR, refusalOf } from "./ipp/refusals.ts";
import { canAnnounce, jobId } from "./ipp/requests.ts";
import { createSubmit } from "./ipp/submit.ts";

const USUAL_PATIENCE: Patience = { connection: 10_000, silence: 60_000 };
const ABOUT_JOB = [
  "job-state",
  "job-state-reasons",
  "job-impressions-completed",
  "number-of-documents",
  "time-at-processing",
];
const ABOUT_PRINTER = [
  "printer-state",
  "printer-state-reasons",
  "printer-is-accepting-jobs",
  "operations-supported",
  "document-format-supported",
  "sides-supported",
  "media-supported",
  "print-scaling-supported",
  "cups-version",
];

/**
 * A network printer or CUPS by the Internet Printing Protocol (RFC 8010, RFC 8011). `url` as in `printerAddress`, whose error it throws. Two steps where the
 * printer knows them: a number is asked for (Create-Job), remembered, and only then the document is sent (Send-Document).
 */
export function createIppPrinter({ url, patience = USUAL_PATIENCE }: { url: string; patience?: Patience }): Printer {
  const address = printerAddress(url);
  const ask = createAsk(address, patience);
  const aboutPrinter = async () => {
    const answer = await ask({ operation: OPERATION.getPrinter, wanted: ABOUT_PRINTER });
    if (!answer.ok) throw new NoAnswer(refusalOf(answer.status).reason, false);
    return answer.printer;
  };
  const aboutJob = (id: string) => ask({ operation: OPERATION.getJob, about: [jobId(id)], wanted: ABOUT_JOB });
  const cancel = async (id: string) => {
    try {
      const { ok, status } = await ask({ operation: OPERATION.cancelJob, about: [jobId(id)] });
      return ok || (Object.values(CLIENT_ERROR) as number[]).includes(status);
    } catch (error) {
      if (error instanceof NoAnswer) return false;
      throw error;
    }
  };
  const find = async (mark: string): Promise<Found> => {
    const printer = await aboutPrinter();
    for (const which of ["not-completed", "completed"]) {
      const answer = await ask({
        operation: OPERATION.getJobs,
        about: [one("which-jobs", TAG.keyword, which)],
        wanted: ["job-id", "job-name"],
      });
      const externalId = marked(answer, mark);
      if (externalId !== null) return { kind: "found", externalId };
    }
    return { kind: "absent", harmless: canAnnounce(printer) };
  };

  return {
    place: address.uri,
    kind: "printer",
    submit: createSubmit({ ask, aboutPrinter, find, cancel }),
    find: (mark) => answered(find(mark)),
    look: (id) =>
      answered(
        (async () => {
          const answer = await aboutJob(id);
          if (answer.status === CLIENT_ERROR.notFound || answer.status === CLIENT_ERROR.gone)
            return { kind: "unknown" } as const;
          const [job] = answer.jobs;
          if (!answer.ok) return { kind: "unreachable", reason: refusalOf(answer.status).reason } as const;
          if (job === undefined) return { kind: "unreachable", reason: "bad-answer" } as const;
          return lookOf(job, await aboutPrinter());
        })(),
      ),
    cancel,
    async verify() {
      const trouble = await troubleOf(aboutPrinter);
      if (trouble === null) return;
      const { what, todo } = reasonWords(trouble);
      throw new SverkaError("configuration", "printer", `${address.uri}: ${what}. ${todo}`);
    },
  };
}

function marked(answer: IppAnswer, mark: string): string | null {
  if (!answer.ok) throw new NoAnswer(refusalOf(answer.status).reason, false);
  const job = answer.jobs.find((values) => textIn(values, "job-name")?.endsWith(`[${mark}]`));
  const id = job === undefined ? null : numberIn(job, "job-id");
  return id === null ? null : String(id);
}

async function troubleOf(aboutPrinter: () => Promise<Values>): Promise<PrintReason | null> {
  try {
    return words(await aboutPrinter(), "document-format-supported").includes("application/pdf") ? null : "no-pdf";
  } catch (error) {
    if (error instanceof NoAnswer) return error.reason;
    throw error;
  }
}

/** No answer is an answer too. */
async function answered<Result>(
  work: Promise<Result>,
): Promise<Result | { readonly kind: "unreachable"; readonly reason: PrintReason }> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NoAnswer) return { kind: "unreachable", reason: error.reason };
    throw error;
  }
}
