import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "../support/test-server.ts";
import { inTurns, timed } from "./in-turns.ts";
import { ownProcess } from "./own-process.ts";
import { type BenchRow, seconds } from "./row.ts";
import { spreadEvidence, yearStore } from "./year-store.ts";

const ROUNDS = 3;

/**
 * The monthly control of a whole school, from the store to its PDF/A, its workbook and every teacher's letter in the outbox, in a process of its own, measured
 * from its start to its end; beside pdfkit, which makes a document of the own part for each teacher from the same frozen facts.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  const folder = mkdtempSync(join(tmpdir(), "sverka-control-"));
  const databaseUrl = await yearStore(server, spreadEvidence);
  try {
    let last = { documents: 0, letters: 0, cases: 0, pages: 0 };
    const make = (...args: string[]) => ownProcess<typeof last>("make-control.ts", { databaseUrl, folder, args });
    await make("prepare");
    const times = await inTurns(
      ROUNDS,
      {
        ours: () => timed(async () => (last = await make("ours"))),
        rival: () => timed(() => make("rival")),
      },
      { warmUp: false },
    );
    const { documents } = await make("rival");
    return [
      {
        what: `a monthly control: ${last.pages} pages of PDF/A, a workbook, ${last.letters} letters, ${last.cases} cases; whole process`,
        ours: seconds(times.ours),
        rival: `pdfkit, ${documents} single documents of the same cases ${seconds(times.rival)}`,
        reached: times.ours / 1000,
        unit: "s",
        target: { atMost: 5 },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.close();
  }
}
