import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "../support/test-server.ts";
import { inTurns } from "./in-turns.ts";
import { ownProcess } from "./own-process.ts";
import { type BenchRow, seconds } from "./row.ts";
import { spreadEvidence, tenSchools, yearStore } from "./year-store.ts";

const ROUNDS = 3;
const PEAK = { atMost: 500 };

/**
 * A check by all rules of a school's whole year from the store, its findings kept, in a process of its own; and of ten such schools one after another.
 * The time is that of the checks alone.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  const folder = mkdtempSync(join(tmpdir(), "sverka-check-"));
  const url = await yearStore(server, async (store) => {
    await spreadEvidence(store);
    await tenSchools(store);
  });
  try {
    const told = { one: { ms: 0, findings: 0, peak: 0 }, ten: { ms: 0, findings: 0, peak: 0 } };
    const check = async (name: "one" | "ten", schools: string) => {
      const of = { databaseUrl: url, folder, args: [schools] };
      const now = await ownProcess<{ ms: number; findings: number }>("check-schools.ts", of);
      told[name] = { ...now, peak: Math.max(now.peak, told[name].peak) };
      return now.ms;
    };
    const times = await inTurns(
      ROUNDS,
      { one: () => check("one", "1"), ten: () => check("ten", "10") },
      { warmUp: false },
    );
    const megabytes = (peak: number) => `${peak.toFixed(0)} MB`;
    return [
      {
        what: `a check of ten schools' whole year from the store (${told.ten.findings} findings), against ten times the one`,
        ours: seconds(times.ten),
        rival: `one school ${seconds(times.one)}`,
        reached: times.ten / (10 * times.one),
        unit: "",
        target: { atMost: 1.15 },
      },
      {
        what: "peak memory of that",
        ours: megabytes(told.ten.peak),
        rival: `one school ${megabytes(told.one.peak)}`,
        reached: told.ten.peak,
        unit: "MB",
        target: PEAK,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.close();
  }
}
