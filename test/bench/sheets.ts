import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAversJournal } from "../../adapters/avers/journal.ts";
import { connectStore } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { copyTemplate, startTestServer, type TestServer } from "../support/test-server.ts";
import { startEmulatorProcess } from "./emulator-process.ts";
import { inTurns, timed } from "./in-turns.ts";
import { type BenchRow, seconds } from "./row.ts";
import { tenSchools } from "./ten-schools.ts";

const PRINT = fileURLToPath(new URL("./print-batch.ts", import.meta.url));
const REPORT = new URL("./report-peak.ts", import.meta.url).href;
const ROUNDS = 3;
const PEAK = { atMost: 500 };

/**
 * The notices of a whole school, with their lists and codes, composed from the store and printed to PDF/A in a process of its own, beside pdfkit with the same
 * content; and of ten such schools. The process is measured from its start to its end.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  const folder = mkdtempSync(join(tmpdir(), "sverka-sheets-"));
  const url = await filledStore(server);
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

async function filledStore(server: TestServer): Promise<string> {
  const emulator = await startEmulatorProcess({ classes: 26, pupils: 300 });
  const database = await copyTemplate(server);
  const store = connectStore(database.url);
  try {
    const { url: baseUrl, login, password, at } = emulator;
    const clock = { now: () => at + Math.round(performance.now()) };
    const { id } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at });
    const journal = createAversJournal({ baseUrl, login, password, clock });
    await syncSchool({ store, journal, clock, zone: "Europe/Moscow", limits: { share: 0.2, count: 10 } }, id);
    await tenSchools(store);
    return database.url;
  } finally {
    await store.close();
    await emulator.close();
  }
}

async function print(databaseUrl: string, folder: string, ...args: string[]) {
  const peakFile = join(folder, "peak");
  const child = spawn(process.execPath, ["--import", REPORT, PRINT, folder, ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl, PEAK_FILE: peakFile },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`printing ended with ${code}`);
  const { printing, notices } = JSON.parse(said) as { printing: number; notices: number };
  return { printing, notices, peak: (Number(readFileSync(peakFile, "utf8")) * 1024) / 1e6 };
}
