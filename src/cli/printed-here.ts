import type { House } from "../main.ts";
import { listPrintJobs } from "../store/print-jobs.ts";
import { EXIT } from "./exit-code.ts";
import { printNow } from "./print-now.ts";
import { jobJson, outcomeLine } from "./print-text.ts";
import type { Tools } from "./tools.ts";

export interface PrintedHere {
  /** What came of each print that the work asked for, line by line. */
  readonly text: string;
  readonly json: readonly ReturnType<typeof jobJson>[];
}

/**
 * Does what asks for prints, and sends these at once: whoever stands at the keyboard sees what came of it, and need not wait for the service. A print that stands
 * still is trouble; the service goes on with it.
 */
export async function printedHere<Result>(
  house: House,
  tools: Tools,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly printed: PrintedHere }> {
  const { store, school, printer } = house;
  const before = new Set((await listPrintJobs(store, school.id)).map(({ id }) => id));
  const result = await work();
  const ofNow = async () => (await listPrintJobs(store, school.id)).filter(({ id }) => !before.has(id));
  if ((await ofNow()).some(({ state }) => state === "waiting")) await printNow(house, tools.signal);
  const jobs = (await ofNow()).filter(({ state }) => state !== "cancelled");
  if (jobs.some(({ state, reason }) => state !== "done" && reason !== null)) tools.end(EXIT.trouble);
  return {
    result,
    printed: {
      text: jobs.map((job) => outcomeLine(job, printer)).join(""),
      json: jobs.map((job) => jobJson(job, school.zone, printer)),
    },
  };
}
