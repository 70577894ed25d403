import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkSchool } from "../../src/control/check-school.ts";
import { policyDifference } from "../../src/control/compare-policies.ts";
import { previewWaiver, revoke, waive } from "../../src/control/waive.ts";
import { explain } from "../../src/domain/explain.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import type { Cover } from "../../src/domain/waiver.ts";
import { acceptedPolicy, acceptPolicy } from "../../src/store/accepted-policy.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { eventsOf, listFindings } from "../../src/store/findings.ts";
import { ensureSchool, type SchoolRecord } from "../../src/store/schools.ts";
import { listWaivers } from "../../src/store/waivers.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { createMemoryJournal, type MemoryJournal } from "../support/memory-journal.ts";
import { freshDatabase } from "../support/postgres.ts";

const zone = "Europe/Moscow";
const at = (text: string): EpochMs => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;
const TEACHER = "Полев Иван Ильич";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let journal: MemoryJournal;
let school: SchoolRecord & { zone: string };
let now: EpochMs;

const clock = { now: () => now };
const check = (policy: Policy = defaultSettings.policy) =>
  checkSchool({ store, policy, calendar: defaultSettings.calendar, mapping: defaultSettings.mapping }, school, now);
const needs = () => ({ store, school, at: now });
const pass = async (when: string) => {
  now = at(when);
  await syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, school.id);
  now += 60_000;
};
const reasoned = (covers: Cover, expiresOn: string | null = null) => ({
  covers,
  reason: "больничный",
  author: "Завуч",
  expiresOn,
});
const statuses = async () => (await listFindings(store, school.id)).map(({ status }) => status);

beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  now = at("2026-09-07T08:00");
  school = { ...(await ensureSchool(store, { externalId: "s", name: "Ручей", year: 2026, at: now })), zone };
  journal = createMemoryJournal(clock, {
    terms: [],
    classes: [{ externalId: "5", name: "5 А", classTeacher: null, termIds: [] }],
    pupils: [{ externalId: "101", fullName: "Ручьёв Пётр", classExternalId: "5", grade: 5 }],
    subjects: [{ externalId: "31", name: "Математика" }],
    staff: [{ externalId: "7", name: TEACHER }],
    letters: [],
    unplaced: [],
  });
  const lesson = (externalId: string, date: string) => ({
    externalId,
    date,
    subjectExternalId: "31",
    workType: null,
    topic: null,
    homework: null,
    weight: null,
    group: null,
    classExternalId: "5",
    pupils: ["101"],
  });
  journal.lessons = [lesson("901", "2026-09-07"), lesson("902", "2026-09-09")];
  journal.teachers = new Map([
    ["901", "7"],
    ["902", "7"],
  ]);
  await pass("2026-09-07T08:00");
  await pass("2026-09-11T08:00");
  await check();
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

describe("waivers in the store", () => {
  it("take away a person's span at once and for later checks, keep their author, and open again when revoked", async () => {
    const cover: Cover = { kind: "span", person: TEACHER, span: { from: "2026-09-07", to: "2026-09-08" }, rules: [] };
    expect(await statuses()).toEqual(["open", "open"]);
    expect((await previewWaiver(needs(), cover)).map(({ lessonExternalId }) => lessonExternalId)).toEqual(["901"]);
    expect(await statuses()).toEqual(["open", "open"]);

    const { waiver, findings } = await waive(needs(), reasoned(cover));
    expect(findings).toMatchObject([{ lessonExternalId: "901", status: "waived" }]);
    await check();
    expect(await statuses()).toEqual(["waived", "open"]);
    const [finding] = findings;
    const events = await eventsOf(store, finding?.id ?? "");
    expect(events.map(({ kind, author }) => [kind, author])).toEqual([
      ["opened", "sverka"],
      ["waived", "Завуч"],
    ]);

    await expect(revoke(needs(), { id: waiver + 1, author: "Завуч" })).rejects.toMatchObject({
      code: "waiver-unknown",
    });
    expect((await revoke(needs(), { id: waiver, author: "Директор" })).findings).toMatchObject([{ status: "open" }]);
    await expect(revoke(needs(), { id: waiver, author: "Директор" })).rejects.toMatchObject({ code: "waiver-unknown" });
    expect(await listWaivers(store.pool, school.id)).toMatchObject([{ revokedBy: "Директор", reason: "больничный" }]);
  });

  it("run out by a check after their last day", async () => {
    const [finding] = await listFindings(store, school.id);
    const cover: Cover = { kind: "finding", findingId: finding?.id ?? "" };
    await waive(needs(), reasoned(cover, "2026-09-11"));
    now = at("2026-09-11T23:59");
    await check();
    expect(await statuses()).toContain("waived");
    now = at("2026-09-12T00:01");
    await check();
    expect(await statuses()).toEqual(["open", "open"]);
    await expect(waive(needs(), reasoned({ kind: "finding", findingId: "0000000000000000" }))).rejects.toMatchObject({
      code: "waiver-nothing",
    });
  });

  it("explain a waived finding by who took it away and why", async () => {
    const [before] = await listFindings(store, school.id);
    await waive(needs(), reasoned({ kind: "finding", findingId: before?.id ?? "" }));
    const finding = (await listFindings(store, school.id)).find(({ id }) => id === before?.id);
    if (finding === undefined) throw new Error("the finding is gone");
    const events = await eventsOf(store, finding.id);
    const text = explain({
      finding,
      events,
      passes: [],
      zone,
      policy: defaultSettings.policy,
      calendar: defaultSettings.calendar,
      grade: 5,
    });
    expect(text).toContain("Снятие № 1: больничный Снял(а): Завуч.");
  });
});

describe("a withdrawal", () => {
  it("names what has changed in the journal", async () => {
    const id = (await listFindings(store, school.id)).find((one) => one.lessonExternalId === "901")?.id ?? "";
    journal.lessons = journal.lessons.map((one) => (one.externalId === "901" ? { ...one, date: "2026-09-14" } : one));
    await pass("2026-09-11T12:00");
    await check();
    expect((await eventsOf(store, id)).at(-1)).toMatchObject({
      kind: "withdrawn",
      cause: "Урок в журнале перенесён на 14\u00a0сентября 2026\u00a0г.",
    });
  });
});

describe("another policy", () => {
  const later: Policy = { ...defaultSettings.policy, version: "order-204/2", noMarks: { grades: { from: 0, to: 5 } } };

  it("shows its effect on the past without writing anything", async () => {
    journal.entries = [
      {
        lessonExternalId: "901",
        pupilExternalId: "101",
        date: "2026-09-07",
        subjectExternalId: "31",
        text: "5",
        comment: null,
      },
    ];
    await pass("2026-09-11T12:00");
    const policies = { before: defaultSettings.policy, after: later };
    const { calendar, mapping } = defaultSettings;
    const difference = await policyDifference({ store, calendar, mapping, school }, policies, now);
    expect(difference.lines).toEqual([
      { rule: "no-marks-grade-one", accountable: TEACHER, appeared: 1, disappeared: 0 },
    ]);
    expect(await statuses()).toEqual(["open", "open"]);
    await check(later);
    expect(await statuses()).toHaveLength(4);
    await check();
    const gone = (await listFindings(store, school.id)).find(({ rule }) => rule === "no-marks-grade-one");
    expect((await eventsOf(store, gone?.id ?? "")).at(-1)?.cause).toContain("«order-204/1» вместо «order-204/2»");
  });

  it("is kept when accepted, with today's defaults for what an older program did not know", async () => {
    expect(await acceptedPolicy(store, school.id)).toBeNull();
    await acceptPolicy(store.pool, school.id, { policy: later, at: now, author: "Директор" });
    expect(await acceptedPolicy(store, school.id)).toEqual({ policy: later, acceptedAt: now, author: "Директор" });
    await store.pool.query(`UPDATE accepted_policy SET content = content - 'forecast' #- '{markOral,days}'`);
    expect((await acceptedPolicy(store, school.id))?.policy).toEqual(later);
  });
});
