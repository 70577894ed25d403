import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EpochMs } from "../../src/domain/time.ts";
import type { Directory } from "../../src/ports/journal.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { classSnapshot } from "../../src/store/snapshot.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { countWrites } from "../support/count-writes.ts";
import { createMemoryJournal, type MemoryJournal } from "../support/memory-journal.ts";
import { freshDatabase } from "../support/postgres.ts";

const zone = "Europe/Moscow";
const at = (text: string): EpochMs => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;
const PUPILS = ["101", "102", "103"];

const directory: Directory = {
  terms: [{ externalId: "360000", name: "1 четверть", from: "2026-09-01", to: "2026-10-25" }],
  classes: [{ externalId: "5", name: "5 А", classTeacher: "Лугова Анна Петровна", termIds: ["360000"] }],
  pupils: PUPILS.map((externalId, i) => ({ externalId, fullName: `Ручьёв Пётр ${i}`, classExternalId: "5", grade: 5 })),
  subjects: [{ externalId: "31", name: "Математика" }],
  staff: [{ externalId: "7", name: "Полев Иван Ильич" }],
  letters: [],
  unplaced: [],
};

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let journal: MemoryJournal;
let now: EpochMs;
let schoolId: number;
const clock = { now: () => now };

const pass = async (when: string) => {
  now = at(when);
  return syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, schoolId);
};
const snapshot = (asOf = now + 1000) =>
  classSnapshot(store, { id: schoolId, externalId: "school", name: "Ручей", zone }, "5", asOf);
const lesson = (id: string, date: string, topic: string | null) => ({
  externalId: id,
  date,
  subjectExternalId: "31",
  workType: null,
  topic,
  homework: null,
  weight: null,
  group: null,
  classExternalId: "5",
  pupils: PUPILS,
});
const entry = (lessonId: string, pupil: string, text: string, date = "2026-09-07") => ({
  lessonExternalId: lessonId,
  pupilExternalId: pupil,
  date,
  subjectExternalId: "31",
  text,
  comment: null,
});

beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  now = at("2026-09-07T07:30");
  journal = createMemoryJournal(clock, directory);
  journal.lessons = [lesson("1", "2026-09-07", null), lesson("2", "2026-09-08", null)];
  journal.holders = [{ classExternalId: "5", subjectExternalId: "31", teacherName: "Полев Иван Ильич" }];
  ({ id: schoolId } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: now }));
});

afterEach(async () => {
  await store.close();
  await database.drop();
});

describe("evidence", () => {
  it("frames a topic between the last look without it and the first with it", async () => {
    await pass("2026-09-07T07:30");
    journal.lessons[0] = lesson("1", "2026-09-07", "Дроби");
    await pass("2026-09-07T15:00");
    const [first] = (await snapshot()).lessons;
    expect(first?.versions.map(({ content, absentAt, seenAt }) => [content.topic, absentAt, seenAt])).toEqual([
      [null, null, at("2026-09-07T07:30") + 1],
      ["Дроби", at("2026-09-07T07:30"), at("2026-09-07T15:00") + 1],
    ]);
  });

  it("has no last look without a fact that the very first pass shows", async () => {
    journal.entries = [entry("1", "101", "5")];
    await pass("2026-09-07T15:00");
    expect((await snapshot()).entries[0]?.versions[0]).toMatchObject({
      absentAt: null,
      seenAt: at("2026-09-07T15:00") + 1,
    });
  });

  it("takes no absence from a pass in which the page failed", async () => {
    await pass("2026-09-07T07:30");
    journal.fault = ({ kind }) => (kind === "entries" ? "fail" : null);
    const failed = await pass("2026-09-07T12:00");
    journal.fault = () => null;
    journal.entries = [entry("1", "101", "4")];
    await pass("2026-09-07T15:00");
    expect(failed).toMatchObject({ state: "trouble", pagesFailed: 3 });
    expect((await snapshot()).entries[0]?.versions[0]?.absentAt).toBe(at("2026-09-07T07:30"));
  });

  it("takes no absence from a page with a refused row, but keeps the rows that were read", async () => {
    await pass("2026-09-07T07:30");
    journal.entries = [entry("1", "101", "4"), entry("2", "101", "3", "2026-09-08")];
    journal.fault = ({ kind }) => (kind === "entries" ? "refuse" : null);
    const partly = await pass("2026-09-08T12:00");
    journal.fault = () => null;
    await pass("2026-09-08T15:00");
    const facts = (await snapshot()).entries;
    expect(partly).toMatchObject({ state: "trouble", added: 1 });
    expect(facts.map((fact) => [fact.lessonExternalId, fact.versions[0].absentAt])).toEqual(
      expect.arrayContaining([
        ["1", at("2026-09-07T07:30")],
        ["2", at("2026-09-07T07:30")],
      ]),
    );
  });

  it("keeps the first sight of a fact that vanished and came back, with all three in its history", async () => {
    await pass("2026-09-07T07:30");
    journal.entries = PUPILS.map((pupil) => entry("1", pupil, "Н"));
    journal.entries.push(entry("2", "101", "5"));
    await pass("2026-09-07T12:00");
    const gone = journal.entries.shift();
    await pass("2026-09-07T15:00");
    const vanished = (await snapshot()).entries.find((e) => e.pupilExternalId === "101" && e.lessonExternalId === "1");
    if (gone) journal.entries.push(gone);
    await pass("2026-09-07T18:00");
    const back = (await snapshot()).entries.find((e) => e.pupilExternalId === "101" && e.lessonExternalId === "1");
    expect(vanished?.vanishedAt).toBe(at("2026-09-07T15:00") + 1);
    expect(back?.vanishedAt).toBeNull();
    expect(back?.versions.map(({ seenAt }) => seenAt)).toEqual([
      at("2026-09-07T12:00") + 1,
      at("2026-09-07T18:00") + 1,
    ]);
  });

  it("proves nothing by the absence of a subject that the account has only now been allowed to see", async () => {
    const days = ["01", "02", "03", "04", "07", "08", "09"];
    const hidden = days.map((day, i) => ({ ...lesson(`9${i}`, `2026-09-${day}`, "Тема"), subjectExternalId: "44" }));
    await pass("2026-09-14T12:00");
    journal.lessons.push(...hidden);
    await pass("2026-09-15T12:00");
    const seen = (await snapshot()).lessons.filter((l) => l.subjectExternalId === "44");
    expect(seen.map((l) => l.versions[0].absentAt)).toEqual(days.map(() => null));
  });
});

describe("mass disappearance", () => {
  const many = () => Array.from({ length: 30 }, (_, i) => entry(`m${i}`, "101", "4"));
  const alive = async () => (await snapshot()).entries.filter((e) => e.vanishedAt === null).length;

  it("holds back a page that loses too much, and believes it when the next pass says the same", async () => {
    journal.entries = many();
    await pass("2026-09-07T07:30");
    journal.entries = many().slice(0, 15);
    expect(await pass("2026-09-07T12:00")).toMatchObject({ quarantined: 1, vanished: 0, state: "trouble" });
    expect(await alive()).toBe(30);
    expect(await pass("2026-09-07T15:00")).toMatchObject({ quarantined: 0, vanished: 15, state: "done" });
    expect(await alive()).toBe(15);
  });

  it("forgets the doubt when the page comes back as it was", async () => {
    journal.entries = many();
    await pass("2026-09-07T07:30");
    journal.fault = ({ kind }) => (kind === "entries" ? "empty" : null);
    await pass("2026-09-07T12:00");
    journal.fault = () => null;
    expect(await pass("2026-09-07T15:00")).toMatchObject({ quarantined: 0, vanished: 0, changed: 0 });
    expect(await alive()).toBe(30);
  });

  it("does not believe that a page with few facts became wholly empty", async () => {
    journal.entries = [entry("1", "101", "5")];
    await pass("2026-09-07T07:30");
    journal.entries = [];
    expect(await pass("2026-09-07T12:00")).toMatchObject({ quarantined: 1, vanished: 0 });
  });

  it("sees a loss that shows only over the whole class", async () => {
    journal.entries = PUPILS.flatMap((pupil) => Array.from({ length: 10 }, (_, i) => entry(`m${i}`, pupil, "4")));
    await pass("2026-09-07T07:30");
    journal.entries = journal.entries.filter((e) => Number(e.lessonExternalId.slice(1)) < 6);
    expect(await pass("2026-09-07T12:00")).toMatchObject({ quarantined: 3, vanished: 0 });
  });

  it("takes a lesson for vanished only when it has left every pupil's page", async () => {
    await pass("2026-09-07T07:30");
    journal.lessons[0] = { ...lesson("1", "2026-09-07", null), pupils: ["102", "103"] };
    expect(await pass("2026-09-07T12:00")).toMatchObject({ vanished: 0 });
    journal.lessons.shift();
    journal.lessons.push(lesson("3", "2026-09-09", null));
    await pass("2026-09-07T15:00");
    const first = (await snapshot()).lessons.find((l) => l.externalId === "1");
    expect(first?.vanishedAt).toBe(at("2026-09-07T15:00"));
  });
});

describe("a pass", () => {
  it("writes one row a page and its own two when nothing has changed", async () => {
    journal.entries = PUPILS.map((pupil) => entry("1", pupil, "5"));
    await pass("2026-09-07T07:30");
    await pass("2026-09-07T12:00");
    const writes = await countWrites(store);
    const third = await pass("2026-09-07T15:00");
    expect(third).toMatchObject({ added: 0, changed: 0, vanished: 0 });
    expect(await writes()).toBeGreaterThanOrEqual(third.pages);
    expect(await writes()).toBeLessThanOrEqual(third.pages + 2);
  });

  it("names who gave the lesson: the holder, or the substitute whom the diary tells", async () => {
    journal.directory = { ...directory, staff: [...directory.staff, { externalId: "8", name: "Замен Ольга Юрьевна" }] };
    journal.teachers.set("2", "8");
    await pass("2026-09-08T12:00");
    const teachers = (await snapshot()).lessons.map((l) => [l.externalId, l.teacher]);
    expect(teachers).toEqual([
      ["1", { externalId: "7", name: "Полев Иван Ильич" }],
      ["2", { externalId: "8", name: "Замен Ольга Юрьевна" }],
    ]);
  });

  it("names the imported substitute where the diary names nobody, by the line that says most, and nobody where two are named", async () => {
    const third = { externalId: "9", name: "Третьякова Нина Глебовна" };
    journal.directory = {
      ...directory,
      staff: [...directory.staff, { externalId: "8", name: "Замен Ольга Юрьевна" }, third],
    };
    journal.lessons = ["07", "08", "09", "10", "11"].map((day) => lesson(day, `2026-09-${day}`, null));
    journal.teachers.set("07", "7");
    await pass("2026-09-11T12:00");
    const days = (from: string, to: string) => ({ startsOn: new Date(from), endsOn: new Date(to) });
    const line = {
      schoolId,
      absent: "Полев Иван Ильич",
      absentExternalId: "7",
      substitute: "Замен О. Ю.",
      substituteExternalId: "8",
    };
    await store.prisma.substitution.createMany({
      data: [
        { ...line, ...days("2026-09-07", "2026-09-08") },
        {
          ...line,
          ...days("2026-09-08", "2026-09-08"),
          substitute: third.name,
          substituteExternalId: "9",
          classExternalId: "5",
        },
        { ...line, ...days("2026-09-08", "2026-09-09"), absent: "Лугова Анна Петровна", absentExternalId: null },
        { ...line, ...days("2026-09-09", "2026-09-09"), classExternalId: "6" },
        { ...line, ...days("2026-09-10", "2026-09-10"), subjectExternalId: "31", absentExternalId: null },
        { ...line, ...days("2026-09-11", "2026-09-11") },
        { ...line, ...days("2026-09-11", "2026-09-11"), substitute: third.name, substituteExternalId: "9" },
      ],
    });
    expect((await snapshot()).lessons.map((l) => [l.externalId, l.teacher])).toEqual([
      ["07", { externalId: "7", name: "Полев Иван Ильич" }],
      ["08", third],
      ["09", { externalId: "7", name: "Полев Иван Ильич" }],
      ["10", { externalId: "8", name: "Замен О. Ю." }],
      ["11", null],
    ]);
  });

  it("goes on after being cut off, asking only the pages that are missing", async () => {
    let asked: string[] = [];
    journal.beforePage = ({ kind, pupilExternalId }) => {
      asked.push(`${kind}/${pupilExternalId}`);
      if (asked.length === 5) throw new Error("the power went");
    };
    const died = pass("2026-09-07T07:30");
    await expect(died).rejects.toThrow("the power went");
    await store.prisma.pass.updateMany({ data: { state: "running", finishedAt: null } });
    asked = [];
    journal.beforePage = ({ kind, pupilExternalId }) => void asked.push(`${kind}/${pupilExternalId}`);
    const resumed = await pass("2026-09-07T07:40");
    expect(resumed).toMatchObject({ resumed: true, state: "done" });
    expect(await store.prisma.pass.count()).toBe(1);
  });

  it("is never run twice at once for one school, from whatever process", async () => {
    const other = connectStore(database.url);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const signIn = journal.signIn;
    journal.signIn = async (signal) => {
      await held;
      return signIn(signal);
    };
    const first = pass("2026-09-07T07:30");
    await expect.poll(() => store.prisma.pass.count()).toBe(1);
    const second = syncSchool({ store: other, journal, clock, zone, limits: { share: 0.2, count: 10 } }, schoolId);
    await expect(second).rejects.toMatchObject({ code: "pass-running" });
    release();
    await expect(first).resolves.toMatchObject({ state: "done" });
    await other.close();
  });
});
