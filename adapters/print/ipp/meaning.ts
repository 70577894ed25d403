import type { PrintLook } from "../../../src/domain/print/follow.ts";
import type { PrintReason } from "../../../src/domain/print/reasons.ts";
import { numberIn, type Values, words } from "./ask.ts";

const JOB = { pending: 3, held: 4, processing: 5, stopped: 6, cancelled: 7, aborted: 8, completed: 9 } as const;
const PRINTER_STOPPED = 5;

/** What a printer says of itself (RFC 8011, 5.4.12, and the registry), the gravest first. */
const SAID: readonly (readonly [RegExp, PrintReason])[] = [
  [/^(media-jam|.*-jam$)/, "jammed"],
  [/^(door|cover|interlock|.*-(door|cover))-open/, "door-open"],
  [/^(media-empty|media-needed|input-media-supply-empty)/, "out-of-paper"],
  [/^(toner-empty|marker-supply-empty|.*cartridge-(missing|empty))/, "no-toner"],
  [/^output-(area|tray).*-full|^output-area-full/, "output-full"],
  [/^(input|output)-tray-missing/, "tray-missing"],
  [/^(offline|shutdown|timed-out|connecting-to-device)/, "offline"],
  [/^(paused|moving-to-paused|hold-new-jobs)/, "paused"],
];

/** Why the printer stands, in the worst of its own words; null: it names none. Warnings of what is only running low are no reason. */
export function reasonOf(said: readonly string[]): PrintReason | null {
  const serious = said.filter((word) => !/-(warning|report)$/.test(word) || /^offline/.test(word));
  return SAID.find(([pattern]) => serious.some((word) => pattern.test(word)))?.[1] ?? null;
}

/** Some printers go on calling themselves at work while they wait for paper. */
function standsWhileWorking(said: readonly string[]): PrintReason | null {
  return reasonOf(said.filter((word) => /-error$/.test(word) || word === "media-needed" || /^offline/.test(word)));
}

/** What the attributes of a job and of its printer mean together. */
export function lookOf(job: Values, printer: Values): PrintLook {
  const state = numberIn(job, "job-state");
  const pagesDone = pagesOut(job, printer);
  const said = words(printer, "printer-state-reasons");
  const ofJob = words(job, "job-state-reasons");
  const stands = numberIn(printer, "printer-state") === PRINTER_STOPPED;
  switch (state) {
    case JOB.completed:
      return {
        kind: "ended",
        how: ofJob.includes("job-completed-with-errors") ? "with-errors" : "done",
        pagesDone,
        untouched: false,
      };
    case JOB.cancelled:
    case JOB.aborted: {
      const how = state === JOB.cancelled ? "cancelled" : "aborted";
      return { kind: "ended", how, pagesDone, untouched: pagesDone === 0 && neverBegun(job) };
    }
    case JOB.processing:
    case JOB.stopped: {
      const reason =
        state === JOB.stopped || stands ? (reasonOf([...said, ...ofJob]) ?? "stopped") : standsWhileWorking(said);
      return reason === null ? { kind: "printing", pagesDone } : { kind: "stopped", reason, pagesDone };
    }
    default:
      if (lacksDocument(job)) return { kind: "incomplete" };
      if (stands) return { kind: "waiting", reason: reasonOf(said) ?? "stopped" };
      return { kind: "waiting", reason: state === JOB.held ? "paused" : null };
  }
}

/** CUPS counts what its filters have made ready, long before it is on paper: there nothing is known until the end. */
function pagesOut(job: Values, printer: Values): number {
  if (printer.has("cups-version")) return 0;
  return Math.max(0, numberIn(job, "job-impressions-completed") ?? 0);
}

function lacksDocument(job: Values): boolean {
  const count = numberIn(job, "number-of-documents");
  if (count !== null) return count === 0;
  return words(job, "job-state-reasons").some((word) => word === "job-incoming" || word === "job-data-insufficient");
}

/** The printer tells when it began with a job; «no-value» means that it did not. A printer that does not tell leaves it open. */
function neverBegun(job: Values): boolean {
  const begun = job.get("time-at-processing");
  return begun === undefined ? numberIn(job, "number-of-documents") === 0 : begun.every((value) => value === null);
}
