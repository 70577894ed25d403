import { afterEach, beforeEach, onTestFinished } from "vitest";
import { createIppPrinter } from "../../adapters/print/ipp-printer.ts";
import type { Look } from "../../src/domain/alerts/alert.ts";
import type { Printer } from "../../src/ports/printer.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { createPrintJob, listPrintJobs, type PrintJobRecord } from "../../src/store/print-jobs.ts";
import { startFakePrinter } from "../support/fake-printer.ts";
import { freshDatabase } from "../support/postgres.ts";
import { batchInStore } from "../support/print-batch.ts";

export const start = Date.parse("2026-10-08T12:00:00Z");
export const patience = { connection: 5_000, silence: 20_000 };
export const range = (to: number, from = 1) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A database for each test of the file. */
export function printingStore(): { store: Store; url: string } {
  const held = {} as { store: Store; url: string };
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeEach(async () => {
    database = await freshDatabase();
    held.store = connectStore(database.url);
    held.url = database.url;
  });
  afterEach(async () => {
    await held.store.close();
    await database.drop();
  });
  return held;
}

/** A batch that is asked for on a fake printer, and hands on both. */
export async function printing(
  store: Store,
  options: { pages?: number; layout?: string; silence?: number; ask?: boolean } = {},
) {
  const fake = await startFakePrinter();
  onTestFinished(() => fake.close());
  const batch = await batchInStore(store, { at: start, ...options });
  const { schoolId, fileId } = batch;
  const time = { at: start };
  const looks: Look[] = [];
  const printer = createIppPrinter({ url: fake.url, patience: { ...patience, silence: options.silence ?? 20_000 } });
  const needsWith = (over: { printer?: Printer } = {}) => ({
    store,
    printer,
    clock: { now: () => time.at },
    schoolId,
    log: { info: () => undefined, warn: () => undefined },
    raise: async (look: Look) => void looks.push(look),
    ...over,
  });
  const ask = () => createPrintJob(store.pool, { schoolId, fileId, printer: printer.place, at: time.at });
  if (options.ask !== false) await ask();
  return {
    fake,
    batch,
    time,
    looks,
    needsWith,
    ask,
    follow: () => followPrints(needsWith()),
    async job(): Promise<PrintJobRecord> {
      const job = (await listPrintJobs(store, schoolId)).at(-1);
      if (job === undefined) throw new Error("no print");
      return job;
    },
    /** Minute by minute, until nothing is left to do by itself. */
    async toItsEnd(): Promise<void> {
      for (let minute = 0; minute < 30; minute++) {
        await followPrints(needsWith());
        const jobs = await listPrintJobs(store, schoolId);
        if (jobs.every(({ state }) => ["done", "cancelled", "asking", "refused"].includes(state))) return;
        fake.print(1_000);
        time.at += 60_000;
      }
      throw new Error("it comes to no end");
    },
  };
}
