import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import heapFlags from "../../src/heap-flags.json" with { type: "json" };
import { connectStore } from "../../src/store/connect.ts";
import { claimOrigin } from "../../src/store/origin.ts";
import { copyTemplate, startTestServer, type TestServer } from "../support/test-server.ts";
import { type EmulatorProcess, startEmulatorProcess } from "./emulator-process.ts";
import type { BenchRow } from "./row.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const REPORT = new URL("./report-peak.ts", import.meta.url).href;
const LIMIT = { atMost: 300 };
const SCHOOL = { classes: 26, pupils: 300 };
const TEN = { classes: 260, pupils: 3000 };

/**
 * The most memory that the process of `sverka sync` ever holds, in a first import and in the pass after it; the emulated journal and
 * PostgreSQL are other processes. The same for a school with ten times as many classes and pupils.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  try {
    const one = await peakOf(server, SCHOOL);
    const ten = await peakOf(server, TEN);
    const row = (what: string, reached: number, rival: string): BenchRow => ({
      what: `peak memory of \`sverka sync\`, ${what}`,
      ours: `${reached.toFixed(0)} MB`,
      rival,
      reached,
      unit: "MB",
      target: LIMIT,
    });
    return [
      row("first import, 300 pupils", one.first, "–"),
      row("the pass after it", one.second, `first import ${one.first.toFixed(0)} MB`),
      row("first import, 3,000 pupils", ten.first, `300 pupils ${one.first.toFixed(0)} MB`),
      row("the pass after it", ten.second, `300 pupils ${one.second.toFixed(0)} MB`),
    ];
  } finally {
    await server.close();
  }
}

async function peakOf(server: TestServer, size: typeof SCHOOL): Promise<{ first: number; second: number }> {
  const emulator = await startEmulatorProcess(size);
  const database = await copyTemplate(server);
  const folder = mkdtempSync(join(tmpdir(), "sverka-memory-"));
  try {
    const store = connectStore(database.url);
    await claimOrigin(store, { as: "simulation", clock: true, at: emulator.at });
    await store.close();
    const first = await peakOfSync(emulator, database.url, folder);
    return { first, second: await peakOfSync(emulator, database.url, folder) };
  } finally {
    await database.drop();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In MB of a million bytes. */
async function peakOfSync(
  { url, login, password, at }: EmulatorProcess,
  databaseUrl: string,
  folder: string,
): Promise<number> {
  const peakFile = join(folder, "peak");
  const child = spawn(process.execPath, [...heapFlags.command, "--import", REPORT, CLI, "sync"], {
    env: {
      ...process.env,
      AVERS_URL: url,
      AVERS_LOGIN: login,
      AVERS_PASSWORD: password,
      DATABASE_URL: databaseUrl,
      SVERKA_DATA: folder,
      SVERKA_CLOCK: new Date(at).toISOString(),
      LOG_LEVEL: "error",
      PEAK_FILE: peakFile,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`sverka sync ended with ${code}`);
  return (Number(readFileSync(peakFile, "utf8")) * 1024) / 1e6;
}
