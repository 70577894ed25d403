import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "../support/test-server.ts";
import { inTurns, timed } from "./in-turns.ts";
import { ownProcess } from "./own-process.ts";
import { type BenchRow, seconds } from "./row.ts";
import { tenSchools, yearStore } from "./year-store.ts";

const ROUNDS = 3;
const PEAK = { atMost: 500 };

/**
 * The notices of a whole school, with their lists and codes, composed from the store and printed to PDF/A in a process of its own as the service does it, beside pdfkit with the same
 * content; and of ten such schools. The process is measured from its start to its end.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  const folder = mkdtempSync(join(tmpdir(), "sverka-sheets-"));
  const url = await yearStore(server, tenSchools);
  try {
    const peaks = { one: 0, ten: 0 };
    const printing = { ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY };
    let counted = { one: 0, ten: 0 };
    const times = await inTurns(
      ROUNDS,
      {
        one: () =>
          timed(async () => {
            const ran = await print(url, folder, "1");
            peaks.one = Math.max(peaks.one, ran.peak);
            printing.ours = Math.min(printing.ours, ran.printing);
            counted = { ...counted, one: ran.notices };
          }),
        ten: () =>
          timed(async () => {
            const ran = await print(url, folder, "10");
            peaks.ten = Math.max(peaks.ten, ran.peak);
            counted = { ...counted, ten: ran.notices };
          }),
        rival: async () => {
          const ran = await print(url, folder, "1", "rival");
          printing.theirs = Math.min(printing.theirs, ran.printing);
          return ran.printing;
        },
      },
      { warmUp: false },
    );
    const rival = `pdfkit, the same content ${seconds(printing.theirs)}`;
    const megabytes = (peak: number) => `${peak.toFixed(0)} MB`;
    return [
      {
        what: `${counted.one} notices with lists and codes from the store to PDF/A, whole process`,
        ours: seconds(times.one),
        rival: "–",
        reached: times.one / 1000,
        unit: "s",
        target: { atMost: 10 },
      },
      {
        what: "of that, the printing",
        ours: seconds(printing.ours),
        rival,
        reached: printing.theirs / printing.ours,
        unit: "×",
        target: { atLeast: 10 },
      },
      {
        what: "peak memory of that",
        ours: megabytes(peaks.one),
        rival: "–",
        reached: peaks.one,
        unit: "MB",
        target: PEAK,
      },
      {
        what: `${counted.ten} notices of ten schools, against ten times the one`,
        ours: seconds(times.ten),
        rival: `one school ${seconds(times.one)}`,
        reached: times.ten / (10 * times.one),
        unit: "",
        target: { atMost: 1.15 },
      },
      {
        what: "peak memory of that",
        ours: megabytes(peaks.ten),
        rival: `one school ${megabytes(peaks.one)}`,
        reached: peaks.ten,
        unit: "MB",
        target: PEAK,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.close();
  }
}

const print = (databaseUrl: string, folder: string, ...args: string[]) =>
  ownProcess<{ readonly printing: number; readonly notices: number }>("print-batch.ts", {
    databaseUrl,
    folder,
    args,
    as: "service",
  });
