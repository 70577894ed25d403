import { describe, expect, it } from "vitest";
import { OPERATION } from "../../adapters/print/ipp/ask.ts";
import { raiseAlerts } from "../../src/delivery/raise-alerts.ts";
import { continuePrint, type PrintWord, retryPrints } from "../../src/print/continue-print.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import { openAlerts } from "../../src/store/alerts.ts";
import { listPrintJobs } from "../../src/store/print-jobs.ts";
import type { Mishap } from "../support/fake-printer.ts";
import { printedNotices } from "../support/print-batch.ts";
import { printing, printingStore, range, start } from "./printing.ts";

const held = printingStore();

/** Happens to the first request of that operation only. */
const once = (operation: number, mishap: Mishap) => {
  let happened = false;
  return (asked: number) => {
    if (happened || asked !== operation) return null;
    happened = true;
    return mishap;
  };
};

describe("a batch on its way through the printer", () => {
  it("is sent under its name and mark, and its notices count as printed when their pages are out", async () => {
    const { fake, follow, job, batch } = await printing(held.store, { pages: 8, layout: "duplex" });
    await follow();
    expect(await job()).toMatchObject({ state: "sent", externalId: "1", pagesDone: 0 });
    const [sent] = fake.jobs;
    expect(sent?.name).toBe(`Распечатки, пачка 1.pdf [${(await job()).mark}]`);
    expect(sent?.attributes.get("sides")).toEqual(["two-sided-long-edge"]);
    expect(sent?.attributes.get("media")).toEqual(["iso_a4_210x297mm"]);
    fake.print(5);
    await follow();
    expect(await job()).toMatchObject({ state: "printing", pagesDone: 5 });
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds.slice(0, 2));
    fake.print(3);
    await follow();
    expect(await job()).toMatchObject({ state: "done", pagesDone: 8, endedAt: start });
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds);
    expect(fake.paper).toEqual(range(8));
  });

  it("waits for paper at sheet 7 of 60, tells the administrator once, and goes on by itself", async () => {
    const { fake, job, batch, time, needsWith } = await printing(held.store);
    const needs = {
      ...needsWith(),
      raise: async (look: Parameters<typeof raiseAlerts>[1]) =>
        void (await raiseAlerts(
          {
            store: held.store,
            clock: { now: () => time.at },
            school: { id: batch.schoolId, name: "Школа", zone: "Europe/Moscow" },
            simulation: false,
            sender: "Сверка <sverka@school.example>",
            recipient: "admin@school.example",
            deliver: async () => undefined,
          },
          look,
        )),
    };
    fake.sheets = 7;
    await followPrints(needs);
    fake.print(60);
    for (let minute = 0; minute < 3; minute++) {
      time.at += 60_000;
      await followPrints(needs);
    }
    expect(await job()).toMatchObject({ state: "stopped", reason: "out-of-paper", pagesDone: 7 });
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds.slice(0, 6));
    const letters = await held.store.prisma.delivery.findMany();
    expect(letters.map(({ subject }) => subject)).toEqual(["Сверка: печать стоит"]);
    expect(letters[0]?.text).toContain("кончилась бумага");
    expect(await openAlerts(held.store, batch.schoolId)).toHaveLength(1);

    fake.sheets = 500;
    fake.print(60);
    await followPrints(needs);
    expect(await job()).toMatchObject({ state: "done" });
    expect(fake.paper).toEqual(range(60));
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds);
    expect(await openAlerts(held.store, batch.schoolId)).toEqual([]);
    expect(await held.store.prisma.delivery.count()).toBe(1);
  });

  it.each([
    ["media-jam-error", "jammed"],
    ["door-open", "door-open"],
    ["toner-empty-error", "no-toner"],
    ["output-area-full-error", "output-full"],
    ["input-tray-missing", "tray-missing"],
    ["paused", "paused"],
    ["com.vendor.mystery", "stopped"],
  ])("calls %s by its name and goes on when it is mended", async (trouble, reason) => {
    const { fake, follow, job, looks, toItsEnd } = await printing(held.store, { pages: 5 });
    await follow();
    fake.print(2);
    fake.trouble = trouble;
    await follow();
    expect(await job()).toMatchObject({ state: "stopped", reason, pagesDone: 2 });
    expect(looks.at(-1)?.["printer-stopped"]).toHaveLength(1);
    fake.trouble = null;
    await toItsEnd();
    expect(fake.paper).toEqual(range(5));
    expect(looks.at(-1)?.["printer-stopped"]).toEqual([]);
  });
});

describe("whatever happens to a request", () => {
  const mishaps: readonly Mishap[] = ["drop", "drop-after", "hang", "html", "halve", { status: 0x0505 }];
  it.each(Object.entries(OPERATION).filter(([name]) => name !== "printJob"))(
    "prints each page once: %s",
    async (_, operation) => {
      const all: number[] = [];
      for (const mishap of mishaps) {
        const { fake, batch, toItsEnd, job } = await printing(held.store, { pages: 4, silence: 300 });
        fake.mishap = once(operation, mishap);
        await toItsEnd();
        expect([mishap, fake.paper, (await job()).state]).toEqual([mishap, range(4), "done"]);
        all.push(...batch.noticeIds);
        expect(await printedNotices(held.store)).toEqual(all);
        await fake.close();
      }
    },
  );

  it("asks a person where a printer that takes whole jobs only lost the connection, and finds the job again where it took it", async () => {
    const one = await printing(held.store, { pages: 4 });
    one.fake.twoSteps = false;
    one.fake.mishap = once(OPERATION.printJob, "drop");
    await one.toItsEnd();
    expect(await one.job()).toMatchObject({ state: "asking", reason: "fate-unknown" });
    expect(one.fake.paper).toEqual([]);
    expect(one.looks.at(-1)?.["print-undecided"]?.[0]?.detail).toContain("неизвестно, взял ли его принтер");
    await continuePrint(one.needsWith(), {
      id: (await one.job()).id,
      word: { kind: "from", page: 1 },
      printerGone: false,
    });
    one.fake.mishap = once(OPERATION.printJob, "drop-after");
    await one.toItsEnd();
    expect([one.fake.paper, (await one.job()).state]).toEqual([range(4), "done"]);
  });

  it("says that a web page answers, prints nothing, and goes on when the address is right", async () => {
    const { fake, follow, job, looks, toItsEnd } = await printing(held.store, { pages: 3 });
    fake.mishap = () => "html";
    await follow();
    expect(await job()).toMatchObject({ state: "waiting", reason: "not-a-printer" });
    expect(looks.at(-1)?.["printer-stopped"]?.[0]?.detail).toContain("отвечает не принтер, а веб-страница");
    fake.mishap = () => null;
    await toItsEnd();
    expect(fake.paper).toEqual(range(3));
  });

  it("tells of a printer that is away only when it stays away", async () => {
    const { fake, follow, job, looks, time } = await printing(held.store, { pages: 3 });
    fake.mishap = () => "drop";
    for (let minute = 0; minute < 10; minute++) {
      await follow();
      time.at += 60_000;
    }
    expect(await job()).toMatchObject({ state: "waiting", reason: "offline", changedAt: start });
    expect(looks.at(-1)).toEqual({ "printer-stopped": [], "print-undecided": [] });
    await follow();
    expect(looks.at(-1)?.["printer-stopped"]?.[0]?.detail).toContain("принтер не отвечает");
  });

  it("takes a refusal for what it is, and tries again when told", async () => {
    const { fake, needsWith, job, looks, toItsEnd } = await printing(held.store, { pages: 3 });
    fake.mishap = once(OPERATION.sendDocument, { status: 0x0411 });
    await toItsEnd();
    expect(await job()).toMatchObject({ state: "refused", reason: "not-taken" });
    expect(fake.jobs.map(({ state }) => state)).toEqual(["cancelled"]);
    expect(looks.at(-1)?.["print-undecided"]).toHaveLength(1);
    await retryPrints(needsWith(), [(await job()).id]);
    await toItsEnd();
    expect(fake.paper).toEqual(range(3));
  });

  it("leaves a printer alone that cannot print PDF, and says so", async () => {
    const { fake, follow, job } = await printing(held.store, { pages: 3 });
    fake.formats = ["image/pwg-raster"];
    await follow();
    expect(await job()).toMatchObject({ state: "waiting", reason: "no-pdf" });
    expect(fake.jobs).toEqual([]);
  });
});

describe("a half-printed batch", () => {
  it("asks from which page on, and prints just the rest", async () => {
    const { fake, follow, job, batch, looks, needsWith, toItsEnd } = await printing(held.store, { pages: 20 });
    await follow();
    fake.print(12);
    fake.cancelAtPanel();
    await follow();
    expect(await job()).toMatchObject({ state: "asking", reason: "cancelled-there", pagesDone: 12 });
    expect(looks.at(-1)?.["print-undecided"]?.[0]?.detail).toContain("задание отменили на принтере");
    await toItsEnd();
    expect(fake.paper).toEqual(range(12));
    // The last sheet came out spoilt: the person goes by the paper, not by the counter.
    const fresh = await continuePrint(needsWith(), {
      id: (await job()).id,
      word: { kind: "from", page: 12 },
      printerGone: false,
    });
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds.slice(0, 10));
    await toItsEnd();
    expect(fake.paper).toEqual([...range(12), ...range(20, 12)]);
    expect((await listPrintJobs(held.store, batch.schoolId)).map(({ id, state }) => [id, state])).toEqual([
      [expect.any(Number), "cancelled"],
      [fresh, "done"],
    ]);
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds);
  });

  it("is done when a person says that all is out, and over when it is cancelled", async () => {
    const all = await printing(held.store, { pages: 4 });
    await all.follow();
    all.fake.print(3);
    all.fake.cancelAtPanel();
    await all.follow();
    await continuePrint(all.needsWith(), {
      id: (await all.job()).id,
      word: { kind: "all-printed" },
      printerGone: false,
    });
    expect(await all.job()).toMatchObject({ state: "done", pagesDone: 4 });
    expect(await printedNotices(held.store)).toEqual(all.batch.noticeIds);

    await all.ask();
    await all.follow();
    await continuePrint(all.needsWith(), { id: (await all.job()).id, word: { kind: "cancel" }, printerGone: false });
    expect(await all.job()).toMatchObject({ state: "cancelled" });
    expect(all.fake.jobs.at(-1)?.state).toBe("cancelled");
    all.fake.print(100);
    expect(all.fake.paper).toEqual(range(3));
  });

  it("is not taken from a printer that cannot be asked, unless a person knows better", async () => {
    const { fake, follow, job, needsWith } = await printing(held.store, { pages: 4 });
    await follow();
    fake.print(2);
    fake.trouble = "media-jam";
    await follow();
    fake.mishap = () => "drop";
    const order = { id: (await job()).id, word: { kind: "from", page: 3 } as const };
    await expect(continuePrint(needsWith(), { ...order, printerGone: false })).rejects.toMatchObject({
      code: "print-busy",
    });
    expect(await continuePrint(needsWith(), { ...order, printerGone: true })).toBe(order.id + 1);
  });

  it("hears no word of a print that is not there, is over, or has no such page", async () => {
    const { job, needsWith, follow } = await printing(held.store, { pages: 4 });
    const { id } = await job();
    const say = (of: number, word: PrintWord) => continuePrint(needsWith(), { id: of, word, printerGone: false });
    await expect(say(id + 100, { kind: "cancel" })).rejects.toMatchObject({ code: "print-unknown" });
    await expect(say(id, { kind: "from", page: 5 })).rejects.toThrow("назовите страницу от 1 до 4");
    await follow();
    await expect(retryPrints(needsWith(), [id])).rejects.toMatchObject({ code: "print-retry" });
    await say(id, { kind: "cancel" });
    await expect(say(id, { kind: "cancel" })).rejects.toThrow("уже отменена, продолжать нечего");
  });

  it("asks when the printer forgot the job, and when another printer is set", async () => {
    const lost = await printing(held.store, { pages: 4 });
    lost.fake.forgetful = true;
    await lost.follow();
    lost.fake.print(100);
    await lost.follow();
    expect(await lost.job()).toMatchObject({ state: "asking", reason: "vanished" });

    const moved = await printing(held.store, { pages: 4 });
    await moved.follow();
    const other = { ...moved.needsWith().printer, place: "ipp://other.example:631/ipp/print" };
    await followPrints(moved.needsWith({ printer: other }));
    expect(await moved.job()).toMatchObject({ state: "asking", reason: "printer-changed" });
  });
});

describe("nobody's notice", () => {
  it("goes out after it was withdrawn; the others do", async () => {
    const { fake, batch, job, toItsEnd } = await printing(held.store, { pages: 9, layout: "duplex" });
    const [, gone] = batch.noticeIds;
    await held.store.prisma.notice.update({ where: { id: gone ?? 0 }, data: { withdrawnAt: new Date(start) } });
    await toItsEnd();
    expect(fake.paper).toEqual([1, 2, 3, 4, 7, 8, 9]);
    expect(await job()).toMatchObject({ state: "done", leftOut: [5, 6] });
    expect(await printedNotices(held.store)).toEqual(batch.noticeIds.filter((id) => id !== gone));
  });

  it("is printed twice by services that work at the same time", async () => {
    const { fake, follow, ask, toItsEnd } = await printing(held.store, { pages: 3 });
    await ask();
    await Promise.all([follow(), follow(), follow()]);
    expect(fake.jobs).toHaveLength(2);
    await toItsEnd();
    expect(fake.paper).toEqual([...range(3), ...range(3)]);
  });

  it("is sent by a service that was overtaken", async () => {
    const { fake, follow, toItsEnd, batch } = await printing(held.store, { pages: 3 });
    let overtaken = false;
    fake.mishap = async (operation) => {
      if (operation !== OPERATION.createJob || overtaken) return null;
      overtaken = true;
      // As another service does that believes this one dead.
      await held.store.prisma.printJob.updateMany({ where: { schoolId: batch.schoolId }, data: { mark: "another" } });
      return null;
    };
    await expect(follow()).rejects.toMatchObject({ code: "print-overtaken" });
    expect(fake.jobs.map(({ state, pages }) => [state, pages])).toEqual([["cancelled", null]]);
    await toItsEnd();
    expect(fake.paper).toEqual(range(3));
  });
});
