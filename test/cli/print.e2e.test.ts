import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { claimOrigin } from "../../src/store/origin.ts";
import { createPrintJob } from "../../src/store/print-jobs.ts";
import { printingStore, range } from "../print/printing.ts";
import { type FakePrinter, startFakePrinter } from "../support/fake-printer.ts";
import { batchInStore } from "../support/print-batch.ts";
import { sverka, type Variables } from "./sverka.ts";

const held = printingStore();
let fake: FakePrinter;
let env: Variables;
let job: number;

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), "sverka-print-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  fake = await startFakePrinter();
  onTestFinished(() => fake.close());
  const at = Date.now();
  await claimOrigin(held.store, { as: "real", clock: false, at });
  const batch = await batchInStore(held.store, { pages: 10, at });
  job = await createPrintJob(held.store.pool, { ...batch, printer: fake.url, at });
  env = {
    DATABASE_URL: held.url,
    SVERKA_DATA: join(folder, "data"),
    SVERKA_CONFIG: join(folder, "config"),
    SVERKA_PRINTER: fake.url,
    LOG_LEVEL: "silent",
  };
});

it("shows what is printed, asks where it was cut off, and goes on from the page that a person names", async () => {
  const sent = await sverka(["print", "retry"], env);
  expect([sent.code, sent.stdout]).toEqual([
    0,
    `№ ${job}  на принтере, ждёт  (0 из 10\u00a0страниц, «Распечатки, пачка 1.pdf», ${fake.url})\n`,
  ]);
  fake.print(4);
  fake.cancelAtPanel();
  const asking = await sverka(["print", "retry"], env);
  expect(asking.stdout).toContain(`№ ${job}  ждёт вашего слова: задание отменили на принтере`);

  const on = await sverka(["print", "continue", "--job", String(job), "--from-page", "5"], env);
  expect([on.code, on.stdout.split("\n")[0]]).toEqual([0, `Печать № ${job} продолжена печатью № ${job + 1}.`]);
  fake.print(100);
  expect(fake.paper).toEqual(range(10));
  const listed = await sverka(["print", "jobs", "--all", "--json"], env);
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { id: job, batch: 1, state: "cancelled", reason: "continued-elsewhere", fromPage: 1, pages: 10, pagesDone: 4 },
    { id: job + 1, batch: 1, state: "sent", fromPage: 5, pages: 6, endedAt: null },
  ]);
});

it("answers a wrong word with a sentence and the exit code of misuse, and prints nothing", async () => {
  const ran = await sverka(["print", "continue", "--job", String(job)], env);
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("Скажите одно из трёх")]);
  expect((await sverka(["print", "continue", "--job", "x", "--cancel"], env)).stderr).toContain("нужно число от 1");
  expect((await sverka(["print", "continue", "--job", String(job), "--cancel"], env)).stdout).toBe(
    `Печать № ${job} закончена.\n`,
  );
  expect(fake.jobs).toEqual([]);
});
