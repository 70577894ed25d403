import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderFiles } from "../../adapters/files/folder-files.ts";
import { type ControlNeeds, conclude, makeControl } from "../../src/control/monthly-control.ts";
import {
  controlLetters,
  controlPapers,
  filePapers,
  type PublishNeeds,
  publishControl,
} from "../../src/control/publish-control.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { listControls, type StoredControl } from "../../src/store/controls.ts";
import { ensureSchool, type SchoolRecord } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { createMemoryJournal, type MemoryJournal } from "../support/memory-journal.ts";
import { freshDatabase } from "../support/postgres.ts";

const zone = "Europe/Moscow";
const at = (text: string): EpochMs => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;
const TEACHER = "Полев Иван Ильич";
const { policy, calendar, mapping } = defaultSettings;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let journal: MemoryJournal;
let school: SchoolRecord;
let now: EpochMs;
let folder: string;

const clock = { now: () => now };
const needs = (): ControlNeeds => ({ store, policy, calendar, mapping, school, simulation: true, now });
const publishing = (over: Partial<PublishNeeds> = {}): PublishNeeds => ({
  store,
  schoolId: school.id,
  sender: "sverka@school.example",
  deputyDirector: "zavuch@school.example",
  people: [{ name: "полев иван ильич", address: "polev@school.example", mail: "daily" }],
  thanks: false,
  now,
  ...over,
});
const publish = async (control: StoredControl, over: Partial<PublishNeeds> = {}) => {
  const { letters } = controlLetters(control, await controlPapers(control), publishing(over));
  return publishControl(publishing(over), control, letters);
};
const pass = async (when: string) => {
  now = at(when);
  await syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, school.id);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sverka-control-"));
  database = await freshDatabase();
  store = connectStore(database.url);
  now = at("2026-09-07T08:00");
  school = await ensureSchool(store, { externalId: "s", name: "Школа «Ручей»", year: 2026, at: now });
  journal = createMemoryJournal(clock, {
    terms: [],
    classes: [{ externalId: "5", name: "5 А", classTeacher: null, termIds: [] }],
    pupils: [{ externalId: "101", fullName: "Ручьёв Пётр", classExternalId: "5", grade: 5 }],
    subjects: [{ externalId: "31", name: "Математика" }],
    staff: [{ externalId: "7", name: TEACHER }],
    letters: [],
    unplaced: [],
  });
  const row = { subjectExternalId: "31", workType: null, homework: null, weight: null, group: null };
  const place = { classExternalId: "5", pupils: ["101"] };
  journal.lessons = [
    { externalId: "901", date: "2026-09-07", topic: null, ...row, ...place },
    { externalId: "902", date: "2026-09-09", topic: null, ...row, ...place },
  ];
  journal.teachers = new Map([
    ["901", "7"],
    ["902", "7"],
  ]);
  await pass("2026-09-07T08:00");
  await pass("2026-09-11T08:00");
});
afterEach(async () => {
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a monthly control in the store", () => {
  it("is refused before the month has ended", async () => {
    await expect(makeControl(needs(), "2026-09")).rejects.toMatchObject({ code: "control-month", kind: "input" });
    expect(await listControls(store, school.id)).toEqual([]);
  });

  it("says the same for ever, whatever the journal and later checks say", async () => {
    await pass("2026-10-01T08:00");
    const first = await makeControl(needs(), "2026-09");
    expect(first).toMatchObject({ made: true, facts: { number: 1, month: "2026-09" } });
    expect(first.facts.parts[0]?.total).toMatchObject({ checked: 2, missing: 2 });
    journal.lessons = journal.lessons.map((lesson) => ({ ...lesson, topic: "Дроби" }));
    await pass("2026-10-02T08:00");
    const second = await makeControl(needs(), "2026-09");
    expect(second).toEqual({ ...first, made: false });
    const [again, before] = await Promise.all([controlPapers(second), controlPapers(first)]);
    expect(Buffer.compare(again.pdf, before.pdf)).toBe(0);
    await pass("2026-11-02T08:00");
    expect((await makeControl(needs(), "2026-10")).facts).toMatchObject({ number: 2, cases: [] });
  });

  it("is made once though two processes want it at the same time", async () => {
    await pass("2026-10-01T08:00");
    const made = await Promise.all([makeControl(needs(), "2026-09"), makeControl(needs(), "2026-09")]);
    expect(made.filter((one) => one.made)).toHaveLength(1);
    expect(made[0]?.facts).toEqual(made[1]?.facts);
  });

  it("is concluded once, by the deputy director's words or by the draft", async () => {
    await pass("2026-10-01T08:00");
    await expect(conclude(needs(), "2026-09", "Да.")).rejects.toMatchObject({ code: "control-unknown" });
    await makeControl(needs(), "2026-09");
    await expect(conclude(needs(), "2026-09", " \n")).rejects.toMatchObject({ code: "control-empty" });
    expect(await conclude(needs(), "2026-09", "Внести темы.\n")).toMatchObject({ conclusion: "Внести темы." });
    await expect(conclude(needs(), "2026-09", null)).rejects.toMatchObject({ code: "control-concluded" });
    expect(await listControls(store, school.id)).toMatchObject([{ conclusion: "Внести темы." }]);
  });
});

describe("its papers and letters", () => {
  it("are files that a person finds, tagged PDF/A with the label of a simulation, and a workbook", async () => {
    await pass("2026-10-01T08:00");
    const control = await makeControl(needs(), "2026-09");
    const files = await filePapers(folderFiles, folder, control, await controlPapers(control));
    expect(readdirSync(folder).sort()).toEqual([
      "Заключение 2026-09.txt",
      "УЧЕБНЫЙ Контроль 1 за сентябрь 2026 г.pdf",
      "УЧЕБНЫЙ Контроль 1 за сентябрь 2026 г.xlsx",
    ]);
    const pdf = files[0] ?? "";
    const text = spawnSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).stdout;
    expect(text).toContain("УЧЕБНЫЕ ДАННЫЕ");
    expect(text).toMatch(/стр\. 1 из \d/);
    expect(text).toContain("С результатами контроля ознакомлен(а)");
    expect(text).toMatch(/урок не записан, срок прошёл/);
    expect(readFileSync(pdf, "latin1")).toMatch(/pdfaid:part>2</);
    expect(
      readFileSync(files[1] ?? "")
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  });

  it("go to the deputy director as a draft, to teachers only when it is concluded, and never twice", async () => {
    await pass("2026-10-01T08:00");
    const draft = await makeControl(needs(), "2026-09");
    expect([await publish(draft), await publish(draft)]).toEqual([1, 0]);
    const concluded = await conclude(needs(), "2026-09", null);
    expect([await publish(concluded), await publish(concluded)]).toEqual([2, 0]);
    const letters = await store.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    expect(letters.map(({ recipients }) => recipients)).toEqual([
      ["zavuch@school.example"],
      ["zavuch@school.example"],
      ["polev@school.example"],
    ]);
    expect(letters[0]?.attachments).toHaveLength(2);
    expect(letters[2]).toMatchObject({
      subject: "[УЧЕБНЫЕ ДАННЫЕ] Контроль журналов за сентябрь 2026 г.: 2 замечания",
    });
    expect((await listControls(store, school.id))[0]?.deliveredAt).toBe(now);
  });

  it("name whoever has no address or wants no letters", async () => {
    await pass("2026-10-01T08:00");
    await makeControl(needs(), "2026-09");
    const control = await conclude(needs(), "2026-09", null);
    const papers = await controlPapers(control);
    for (const people of [[], [{ name: TEACHER, address: "p@school.example", mail: "none" as const }]]) {
      const { letters, unreached } = controlLetters(control, papers, publishing({ people }));
      expect([letters.length, unreached]).toEqual([1, [TEACHER]]);
      expect(letters[0]?.text).toContain(TEACHER);
    }
  });
});
