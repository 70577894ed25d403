import { rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkRules } from "../jobs/check-rules.ts";
import { composeDailyMail } from "../jobs/compose-daily-mail.ts";
import { composeNotices } from "../jobs/compose-notices.ts";
import { composeTeacherMail } from "../jobs/compose-teacher-mail.ts";
import { composeWeekMail } from "../jobs/compose-week-mail.ts";
import { followPrints } from "../jobs/follow-prints.ts";
import { monthlyControl } from "../jobs/monthly-control.ts";
import { syncSchool } from "../jobs/sync-school.ts";
import { type Service, startService } from "../src/service.ts";
import { openAlerts } from "../src/store/alerts.ts";
import { createPrintJob } from "../src/store/print-jobs.ts";
import { type LivingHouse, openLivingHouse } from "./support/living-house.ts";
import { batchInStore, printedNotices } from "./support/print-batch.ts";
import { idle, order, passesAt } from "./support/service.ts";

// What the running service tells its administrator, each trouble made by real means.

let living: LivingHouse;
let service: Service;
beforeEach(async () => {
  living = await openLivingHouse({
    generate: { seed: 20, classes: 1, pupils: 4 },
    files: {
      "school.yaml":
        "mail: { deputyDirector: zavuch@school.example, administrator: admin@school.example }\njournal: { retries: 0 }\n",
    },
  });
  service = await startService(living.house, { clock: false, web: false });
});
afterEach(async () => {
  await service.stop();
  await living.close();
});

const at = (moment: string) => Temporal.Instant.from(`2026-11-${moment}+03:00`).epochMilliseconds;
const pass = (moment: string) => passesAt(living.house, service, [`2026-11-${moment}`]);
const open = async () => (await openAlerts(living.house.store, living.house.school.id)).map(({ kind }) => kind);
const letters = async (kind: string) => {
  const all = await living.house.store.prisma.delivery.findMany({ where: { kind: "alert" }, orderBy: { id: "asc" } });
  return all.filter(({ key }) => key.includes(`/${kind}/`));
};

describe("the administrator is told by the service", () => {
  it("of failed passes once, until one succeeds; of the next failure again", async () => {
    const { faults } = living.emulator;
    faults.add({ kind: "error-500" });
    for (const moment of ["16T07:30", "16T12:00", "16T15:00"]) await pass(moment);
    expect(await open()).toEqual(["pass-failed"]);
    expect(await letters("pass-failed")).toMatchObject([
      { state: "sent", recipients: ["admin@school.example"], text: expect.stringContaining("Журнал не отвечает") },
    ]);
    faults.clear();
    await pass("16T18:00");
    expect(await open()).not.toContain("pass-failed");
    faults.add({ kind: "error-500" });
    await pass("16T21:00");
    expect(await letters("pass-failed")).toHaveLength(2);
  });

  it("of records that vanished at once, and that they are believed when the next pass says the same", async () => {
    await pass("16T07:30");
    const pupil = living.school.pupils[0]?.id ?? "";
    living.emulator.faults.add({ kind: "empty", action: "GET_STUDENT_JOURNAL_DATA", student: pupil });
    await pass("16T12:00");
    expect(await open()).toContain("facts-held");
    const [letter] = await letters("facts-held");
    expect(letter?.text).toContain("Ничего не удалено");
    expect(letter?.text.replaceAll(/\s+/g, " ")).toContain(`ученик ${pupil}`);
    await pass("16T15:00");
    expect(await open()).not.toContain("facts-held");
    expect(await letters("facts-held")).toHaveLength(1);
  });

  it("of pages that cannot be read, and of answers in an unknown form", async () => {
    living.emulator.faults.add({ kind: "cut-off", action: "GET_STUDENT_LESSONS" });
    living.emulator.faults.add({ kind: "missing-columns", action: "GET_STUDENT_MESSAGES" });
    await pass("16T07:30");
    expect(await open()).toEqual(expect.arrayContaining(["pages-unread", "journal-odd"]));
    expect(await letters("pages-unread")).toHaveLength(1);
    expect(await letters("journal-odd")).toHaveLength(1);
  });

  it("of a check, of letters and of a control that failed, until they are done", async () => {
    await pass("16T07:30");
    const { store, school } = living.house;
    const run = async (moment: string) => {
      living.house.simulatedClock?.set(at(moment));
      await order(service.queue, checkRules, { schoolId: school.id, asOf: at(moment) }, at(moment));
      for (const job of [composeDailyMail, composeTeacherMail, composeWeekMail])
        await order(service.queue, job, { schoolId: school.id, day: "2026-11-17" }, at(moment));
      await order(service.queue, monthlyControl, { schoolId: school.id }, at(moment));
      await order(service.queue, composeNotices, { schoolId: school.id }, at(moment));
      await idle(service.queue);
    };
    const failures = async () => (await open()).filter((kind) => kind.endsWith("-failed")).sort();
    const all = [
      "check-failed",
      "control-failed",
      "mail-failed",
      "notices-failed",
      "teacher-mail-failed",
      "week-mail-failed",
    ];
    await store.pool.query(
      "ALTER TABLE finding RENAME TO away; ALTER TABLE control RENAME TO control_away; ALTER TABLE notice RENAME TO notice_away",
    );
    await run("17T06:45");
    expect(await failures()).toEqual(all);
    await store.pool.query(
      "ALTER TABLE away RENAME TO finding; ALTER TABLE control_away RENAME TO control; ALTER TABLE notice_away RENAME TO notice",
    );
    await run("17T07:00");
    expect(await failures()).toEqual([]);
    for (const kind of all) expect(await letters(kind)).toMatchObject([{ state: "sent" }]);
  });

  it("of a print that stands, until the printer is mended and it has gone on", async () => {
    const { store, school, printer } = living.house;
    const batch = await batchInStore(store, { pages: 3, at: at("16T08:00") });
    await createPrintJob(store.pool, { ...batch, printer: printer.place, at: at("16T08:00") });
    const run = async (moment: string) => {
      await order(service.queue, followPrints, { schoolId: school.id }, at(moment));
      await idle(service.queue);
    };
    await writeFile(printer.place, "");
    for (const moment of ["16T08:01", "16T08:02"]) await run(moment);
    expect(await open()).toEqual(["printer-stopped"]);
    expect(await letters("printer-stopped")).toMatchObject([
      { state: "sent", text: expect.stringContaining("в папку печати нельзя писать") },
    ]);
    await rm(printer.place);
    await run("16T08:03");
    expect(await open()).toEqual([]);
    expect(await printedNotices(store)).toEqual(batch.noticeIds);
  });

  it("that the journal is not named at all", async () => {
    const house = await living.again({ AVERS_URL: "", AVERS_LOGIN: "" });
    const other = await startService(house, { clock: false, web: false });
    await service.stop();
    await order(other.queue, syncSchool, { schoolId: house.school.id, scheduledAt: at("16T07:30") }, at("16T07:30"));
    await idle(other.queue);
    await other.stop();
    await house.close();
    const [letter] = await letters("pass-failed");
    expect(letter?.text).toContain("AVERS_URL, AVERS_LOGIN");
  });
});
