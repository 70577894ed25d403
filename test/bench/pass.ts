import { createAversJournal } from "../../adapters/avers/journal.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { type SyncResult, syncSchool } from "../../src/sync/sync-school.ts";
import { countWrites } from "../support/count-writes.ts";
import { copyTemplate, startTestServer, type TestServer } from "../support/test-server.ts";
import { copiedRows } from "./copied-rows.ts";
import { startEmulatorProcess } from "./emulator-process.ts";
import { inTurns, timed } from "./in-turns.ts";
import { recordedJournal } from "./recorded-journal.ts";
import { type BenchRow, seconds } from "./row.ts";
import { readFacts, upsertFacts } from "./upsert-facts.ts";

const ROUNDS = 5;
/** Prisma's upserts are measured on every tenth fact, and counted tenfold: all of them would take a minute and a half a round. */
const SAMPLE = 10;
const AT = Date.parse("2027-05-31T20:00:00+03:00");
const clock = { now: () => AT + Math.round(performance.now()) };
const zone = "Europe/Moscow";

/**
 * The first import of a whole school year against Prisma and COPY, and a pass over the unchanged school against that import: 300 pupils
 * in 26 classes, a real PostgreSQL, an emulated journal without latency in a process of its own, each contestant into a new database.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  const emulator = await startEmulatorProcess({ classes: 26, pupils: 300 });
  const { url: baseUrl, login, password } = emulator;
  const journal = createAversJournal({ baseUrl, login, password, clock });
  const recorded = recordedJournal(journal);
  try {
    const first = await inNewStore(server, async (store, schoolId) => {
      // The emulator makes each answer when it is asked for the first time: that is not ours to measure.
      const imported = await pass(store, recorded, schoolId);
      return { imported, facts: await readFacts(store, SAMPLE), rows: await copiedRows(store) };
    });
    const { imported, facts, rows } = first;
    let unchanged = 0;
    const times = await inTurns(ROUNDS, {
      import: () =>
        inNewStore(server, async (store, schoolId) => {
          const ms = await timed(() => pass(store, journal, schoolId));
          unchanged = await timed(() => pass(store, journal, schoolId));
          return ms;
        }),
      unchanged: () => unchanged,
      writing: () => inNewStore(server, (store, schoolId) => timed(() => pass(store, recorded, schoolId))),
      copy: () => inEmptyStore(server, (store) => timed(() => rows.into(store))),
      upsert: () => inNewStore(server, (store) => timed(() => upsertFacts(store, facts)).then((ms) => ms * SAMPLE)),
    });
    rows.remove();
    const writes = await inNewStore(server, async (store, schoolId) => {
      await pass(store, journal, schoolId);
      const written = await countWrites(store);
      const { pages } = await pass(store, journal, schoolId);
      return { rows: await written(), pages };
    });
    return rowsOf({ times, imported, facts: facts.all, writes });
  } finally {
    await emulator.close();
    await server.close();
  }
}

interface Measured {
  readonly times: Readonly<Record<"import" | "unchanged" | "writing" | "copy" | "upsert", number>>;
  readonly imported: SyncResult;
  readonly facts: number;
  readonly writes: { readonly rows: number; readonly pages: number };
}

function rowsOf({ times, imported, facts, writes }: Measured): BenchRow[] {
  const prisma = `Prisma upsert one by one ${seconds(times.upsert, 0)} (every ${SAMPLE}th fact measured)`;
  return [
    {
      what: `first import of a school year: ${imported.pages} pages, ${facts} facts`,
      ours: `${seconds(times.import)}, fetching and reading included`,
      rival: prisma,
      reached: times.upsert / times.import,
      unit: "×",
      target: { atLeast: 20 },
    },
    {
      what: "of that, the writing part",
      ours: seconds(times.writing),
      rival: `COPY of the same rows, files on the server ${seconds(times.copy)}`,
      reached: times.copy / times.writing,
      unit: "",
      target: { atLeast: 0.4 },
    },
    {
      what: "a pass over the unchanged school: time",
      ours: seconds(times.unchanged),
      rival: `the first import ${seconds(times.import)}`,
      reached: times.unchanged / times.import,
      unit: "",
      target: { atMost: 0.1 },
    },
    {
      what: "a pass over the unchanged school: database writes",
      ours: `${writes.rows} rows`,
      rival: `${writes.pages} pages`,
      reached: writes.rows,
      unit: "rows",
      target: { atMost: writes.pages + 10 },
    },
  ];
}

async function pass(store: Store, journal: Journal, schoolId: number): Promise<SyncResult> {
  const result = await syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, schoolId);
  if (result.state !== "done") throw new Error(`the pass ended as ${result.state}`);
  return result;
}

function inNewStore<Result>(server: TestServer, work: (store: Store, schoolId: number) => Promise<Result>) {
  return inEmptyStore(server, async (store) => {
    const { id } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: AT });
    return work(store, id);
  });
}

async function inEmptyStore<Result>(server: TestServer, work: (store: Store) => Promise<Result>): Promise<Result> {
  const database = await copyTemplate(server);
  const store = connectStore(database.url);
  try {
    return await work(store);
  } finally {
    await store.close();
    await database.drop();
  }
}
