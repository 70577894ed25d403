import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createIppPrinter } from "../../adapters/print/ipp-printer.ts";
import { continuePrint } from "../../src/print/continue-print.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import type { PrintingNeeds } from "../../src/print/needs.ts";
import { createPrintJob, printJob } from "../../src/store/print-jobs.ts";
import { type Cups, startCups } from "../support/cups/cups.ts";
import { startCuttingProxy } from "../support/cutting-proxy.ts";
import { sheetsIn } from "../support/fake-printer.ts";
import { batchInStore, printedNotices } from "../support/print-batch.ts";
import { patience, printingStore, range, start } from "./printing.ts";

const held = printingStore();
let cups: Cups;
beforeAll(async () => {
  cups = await startCups();
});
afterAll(() => cups.close());

async function asked(pages: number, url = cups.url) {
  const batch = await batchInStore(held.store, { pages, at: start });
  const printer = createIppPrinter({ url, patience });
  const needs: PrintingNeeds = {
    store: held.store,
    printer,
    clock: { now: () => start },
    schoolId: batch.schoolId,
    log: { info: () => undefined, warn: () => undefined },
    raise: async () => undefined,
  };
  const id = await createPrintJob(held.store.pool, { ...batch, printer: printer.place, at: start });
  return { batch, needs, id, follow: () => followPrints(needs), job: () => printJob(held.store, batch.schoolId, id) };
}

const pagesOut = (externalId: string | null | undefined) =>
  cups.printed().flatMap((line) => {
    const [job, page] = line.split(" ");
    return job === externalId ? [Number(page)] : [];
  });
const finished = () => cups.logged(/\[Job \d+\] Job completed/);
const outOfPaper = () => cups.logged(/\[Job \d+\] STATE: \+media-empty-error/);

it("prints a batch by a real CUPS under its Russian name, waits for paper and goes on by itself", async () => {
  cups.layIn(7);
  const { batch, follow, job, needs } = await asked(12);
  const stopped = outOfPaper();
  await follow();
  await stopped;
  await follow();
  expect(await job()).toMatchObject({ state: "stopped", reason: "out-of-paper" });
  // The filters of CUPS have counted all twelve by now; on paper there are seven.
  expect(await printedNotices(held.store)).toEqual([]);
  expect(pagesOut((await job())?.externalId)).toEqual(range(7));
  const done = finished();
  cups.refill(10_000);
  await done;
  await follow();
  const end = await job();
  expect(end).toMatchObject({ state: "done", pagesDone: 12 });
  expect(pagesOut(end?.externalId)).toEqual(range(12));
  expect(await sheetsIn(cups.pdf(end?.externalId ?? ""))).toHaveLength(12);
  expect(await printedNotices(held.store)).toEqual(batch.noticeIds);
  expect(await needs.printer.find(end?.mark ?? "")).toEqual({ kind: "found", externalId: end?.externalId });
});

it("prints once what was cut off in the middle of the document", async () => {
  const proxy = await startCuttingProxy(cups.port, 1_500);
  onTestFinished(() => proxy.close());
  const { follow, job, needs } = await asked(9, `ipp://127.0.0.1:${proxy.port}/printers/sheets`);
  const before = cups.printed().length;
  await follow();
  expect(proxy.cuts()).toBe(1);
  const done = finished();
  for (let minute = 0; minute < 10 && (await job())?.state !== "sent"; minute++) await follow();
  await done;
  await follow();
  expect(await job()).toMatchObject({ state: "done" });
  expect(cups.printed()).toHaveLength(before + 9);
  expect(pagesOut((await job())?.externalId)).toEqual(range(9));
  await needs.printer.verify();
});

it("asks when the job was cancelled in CUPS, and prints from the page that a person names", async () => {
  cups.layIn(4);
  const { follow, job, needs, batch, id } = await asked(10);
  const stopped = outOfPaper();
  await follow();
  await stopped;
  const taken = await job();
  const cancelled = cups.logged(/\[Job \d+\] (Canceled|Job canceled)/i);
  await needs.printer.cancel(taken?.externalId ?? "");
  await cancelled;
  cups.layIn(10_000);
  await follow();
  expect(await job()).toMatchObject({ state: "asking", reason: "cancelled-there" });
  const done = finished();
  const fresh = await continuePrint(needs, { id, word: { kind: "from", page: 5 }, printerGone: false });
  await follow();
  await done;
  await follow();
  const rest = await printJob(held.store, batch.schoolId, fresh ?? 0);
  expect(rest).toMatchObject({ state: "done", pagesDone: 6 });
  expect(pagesOut(rest?.externalId)).toEqual(range(6));
  expect(await printedNotices(held.store)).toEqual(batch.noticeIds);
});

it("prints once whenever the service is killed while it sends", async () => {
  const script = fileURLToPath(new URL("print-and-halt.ts", import.meta.url));
  for (const statement of [5, 6, 7, 8, 9, 10, 11]) {
    const { follow, job, batch } = await asked(3);
    const before = cups.printed().length;
    const args = [script, held.url, cups.url, String(batch.schoolId), String(statement)];
    const done = finished();
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const gone = once(child, "exit");
    await Promise.race([once(child.stdout, "data"), gone]);
    child.kill("SIGKILL");
    await gone;
    for (let minute = 0; minute < 10 && !["sent", "printing", "done"].includes((await job())?.state ?? ""); minute++)
      await follow();
    await done;
    await follow();
    expect(await job()).toMatchObject({ state: "done" });
    expect([statement, cups.printed().slice(before).length]).toEqual([statement, 3]);
  }
});

it("says that there is no printer of that name", async () => {
  const { follow, job, needs } = await asked(3, cups.url.replace("/sheets", "/strange"));
  await follow();
  expect(await job()).toMatchObject({ state: "waiting", reason: "no-such-printer" });
  await expect(needs.printer.verify()).rejects.toThrow("принтера с таким именем по этому адресу нет");
});
