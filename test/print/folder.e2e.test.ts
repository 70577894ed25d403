import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createFolderPrinter } from "../../adapters/print/folder-printer.ts";
import type { Look } from "../../src/domain/alerts/alert.ts";
import type { Printer } from "../../src/ports/printer.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import { createPrintJob, printJob } from "../../src/store/print-jobs.ts";
import { sheetsIn } from "../support/fake-printer.ts";
import { batchInStore, printedNotices } from "../support/print-batch.ts";
import { printingStore, range, start } from "./printing.ts";

const held = printingStore();

async function folderPrinting() {
  const home = mkdtempSync(join(tmpdir(), "sverka-print-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "print");
  const clock = { now: () => start };
  const printer = createFolderPrinter({ folder, clock, zone: "Europe/Moscow" });
  const batch = await batchInStore(held.store, { pages: 5, at: start });
  const id = await createPrintJob(held.store.pool, { ...batch, printer: folder, at: start });
  const looks: Look[] = [];
  const follow = (using: Printer = printer) =>
    followPrints({
      store: held.store,
      printer: using,
      clock,
      schoolId: batch.schoolId,
      log: { info: () => undefined, warn: () => undefined },
      raise: async (look) => void looks.push(look),
    });
  return { folder, printer, batch, looks, follow, job: () => printJob(held.store, batch.schoolId, id) };
}

it("lays a batch into the folder, and counts it as printed", async () => {
  const { folder, batch, follow, job } = await folderPrinting();
  await follow();
  const { mark, state, externalId } = (await job()) ?? {};
  expect([state, readdirSync(folder)]).toEqual(["done", [`2026-10-08 Распечатки, пачка 1 [${mark}].pdf`]]);
  expect(await sheetsIn(readFileSync(join(folder, externalId ?? "")))).toEqual(range(5));
  expect(await printedNotices(held.store)).toEqual(batch.noticeIds);
});

it("loses nothing while the folder is closed, tells why, and goes on by itself", async () => {
  const { folder, looks, follow, job } = await folderPrinting();
  writeFileSync(folder, "");
  await follow();
  expect(await job()).toMatchObject({ state: "waiting", reason: "folder-closed" });
  expect(looks.at(-1)?.["printer-stopped"]?.[0]?.detail).toContain("в папку печати нельзя писать");
  expect(await printedNotices(held.store)).toEqual([]);
  rmSync(folder);
  await follow();
  expect([(await job())?.state, readdirSync(folder).length]).toEqual(["done", 1]);
  expect(looks.at(-1)?.["printer-stopped"]).toEqual([]);
});

it("lays a file once when the service dies between writing and recording", async () => {
  const { folder, printer, follow, job } = await folderPrinting();
  const dying: Printer = {
    ...printer,
    async submit(order, announced) {
      await printer.submit(order, announced);
      throw new Error("dead");
    },
  };
  await expect(follow(dying)).rejects.toThrow("dead");
  expect((await job())?.state).toBe("sending");
  await follow();
  expect([(await job())?.state, readdirSync(folder).length]).toEqual(["done", 1]);
});
