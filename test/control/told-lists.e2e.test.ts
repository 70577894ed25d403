import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fileTables } from "../../adapters/tables/read-table.ts";
import { checkSchool } from "../../src/control/check-school.ts";
import { defaultImportSettings, type ImportKind } from "../../src/domain/import/settings.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { importList } from "../../src/import/import-list.ts";
import { undoImport } from "../../src/import/undo-import.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { ensureSchool, type SchoolRecord } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { toldCalendar } from "../domain/rules/told-calendar.ts";
import { createMemoryJournal, type MemoryJournal } from "../support/memory-journal.ts";
import { freshDatabase } from "../support/postgres.ts";

const zone = "Europe/Moscow";
const at = (text: string): EpochMs => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;
const LISTED = new Set(["page-assigned", "programme-fulfilled", "notice-biweekly", "delivery-agreed", "parents-look"]);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let journal: MemoryJournal;
let school: SchoolRecord & { zone: string };
let now: EpochMs;
let folder: string;

const clock = { now: () => now };
const pass = async (when: string) => {
  now = at(when);
  await syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, school.id);
};
const check = async (when: string) => {
  now = at(when);
  const { policy, mapping } = defaultSettings;
  const { findings, gaps } = await checkSchool({ store, policy, calendar: toldCalendar, mapping }, school, now);
  const open = findings.filter(({ status }) => status === "open" || status === "settled");
  const said = open.map(({ rule, severity, pupilExternalId, details }) =>
    [rule, severity, pupilExternalId ?? "", String(details.what ?? "")].join(" ").trim(),
  );
  return { said: said.toSorted(), gaps: gaps.map(({ rule }) => rule).toSorted(), findings };
};
async function take(kind: ImportKind, text: string) {
  const source = join(folder, "список");
  await writeFile(source, text);
  const order = { kind, source, sheet: null, dryRun: false, whole: false, given: {} };
  const { refused } = await importList(
    { store, tables: fileTables, clock, settings: defaultImportSettings },
    school.id,
    order,
  );
  expect(refused).toEqual([]);
}

beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  folder = await mkdtemp(join(tmpdir(), "sverka-told-"));
  now = at("2026-09-01T08:00");
  school = { ...(await ensureSchool(store, { externalId: "s", name: "Ручей", year: 2026, at: now })), zone };
  const pupil = (externalId: string, fullName: string) => ({ externalId, fullName, classExternalId: "5", grade: 5 });
  journal = createMemoryJournal(clock, {
    terms: [],
    classes: [{ externalId: "5", name: "5 А", classTeacher: "Осина Анна Борисовна", termIds: [] }],
    pupils: [pupil("101", "Ручьёв Пётр"), pupil("102", "Рощина Яна")],
    subjects: [{ externalId: "31", name: "Математика" }],
    staff: [{ externalId: "7", name: "Осина Анна Борисовна" }],
    letters: [],
    unplaced: [],
  });
  const days = ["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12"];
  journal.lessons = days.map((date) => ({
    externalId: date,
    date,
    subjectExternalId: "31",
    workType: null,
    topic: date < "2026-09-20" ? "Дроби" : null,
    homework: null,
    weight: null,
    group: null,
    classExternalId: "5",
    pupils: ["101", "102"],
  }));
  await pass("2026-09-01T09:00");
  await pass("2026-10-19T09:00");
});

afterEach(async () => {
  await store.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

it("judges by imported lists, says what is not told, and accuses nobody once a list is taken back", async () => {
  const before = await check("2026-10-20T12:00");
  expect(before.gaps.filter((rule) => LISTED.has(rule) || rule === "archive-weekly")).toHaveLength(6);
  expect(before.findings.filter(({ rule }) => LISTED.has(rule))).toEqual([]);

  await take("curriculum", "Класс;Предмет;Часы\n5 А;Математика;1\n");
  await take("load", "Класс;Предмет;Часы;Учитель\n5 А;Математика;1;Осина А. Б.\n5 А;Математика;1;Лугова А. П.\n");
  await take(
    "delivery",
    "Класс;ФИО ученика;Родитель;Способ;Основание;Дата\n5 А;Ручьёв Пётр;Ручьёва О. О.;на бумаге;заявление;01.09.2026\n5 А;Рощина Яна;Рощина И. И.;электронно;;\n",
  );
  await take("looks", "Класс;Ученик;Дата\n5 А;Рощина Яна;05.10.2026\n");
  await take("archives", "Вид;Начало;Класс;Проверен;Передан\nнеделя;07.09.2026;все классы;11.09.2026;11.09.2026\n");
  const after = await check("2026-10-20T12:01");
  expect(after.gaps.filter((rule) => LISTED.has(rule) || rule === "archive-weekly")).toEqual([]);
  const listed = after.said.filter((one) => LISTED.has(one.split(" ")[0] ?? ""));
  expect(listed).toEqual([
    "delivery-agreed violation 102 date",
    "notice-biweekly violation 101",
    "page-assigned violation  two-holders",
    "programme-fulfilled violation  short",
  ]);
  expect(after.said.filter((one) => one.startsWith("archive-weekly"))).toHaveLength(6);
  expect(after.said.filter((one) => one.startsWith("control-monthly"))).toEqual(["control-monthly violation  none"]);
  expect((await check("2026-10-20T12:02")).said).toEqual(after.said);

  await undoImport({ store, clock }, school.id, "load");
  const undone = await check("2026-10-20T12:03");
  expect(undone.gaps).toContain("page-assigned");
  expect(undone.findings.find(({ rule }) => rule === "page-assigned")?.status).toBe("withdrawn");
});
