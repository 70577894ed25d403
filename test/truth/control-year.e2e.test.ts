import { expect, it } from "vitest";
import { createAversJournal } from "../../adapters/avers/journal.ts";
import { makeControl } from "../../src/control/monthly-control.ts";
import { controlDay } from "../../src/domain/control/due.ts";
import type { ControlFacts, ControlPart, CountedRow } from "../../src/domain/control/facts.ts";
import { nextMonth } from "../../src/domain/control/month.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { connectStore } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { type EmulatedSchool, generateSchool, startEmulator } from "../emulator/index.ts";
import { addDays, moment } from "../emulator/school/days.ts";
import { freshDatabase } from "../support/postgres.ts";
import { type By, type TrueControl, trueControl } from "./control-oracle.ts";

const MONTHS = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"];
const { calendar, mapping, policy } = defaultSettings;

it("makes the controls of a whole year, each number as the generator knows it", { timeout: 900_000 }, async () => {
  const school = generateSchool({ seed: 11, classes: 4, pupils: 14 });
  const midnights: EpochMs[] = [];
  const controls = await liveYear(school, midnights);
  expect(controls.map(({ month }) => month)).toEqual(MONTHS);
  for (const facts of controls) {
    const seen = midnights.filter((at) => at <= facts.asOf);
    for (const by of ["class", "teacher"] as const)
      expect(figuresOf(facts, by), `${facts.month} by ${by}`).toEqual(
        plain(trueControl(school, facts.month, seen, by)),
      );
    for (const { total, byClass, byTeacher } of partsOf(facts)) {
      expect(sumOf(byClass)).toEqual(sumOf([{ ...total, name: "" }]));
      expect(sumOf(byTeacher)).toEqual(sumOf(byClass));
    }
  }
  const all = controls.flatMap((facts) => partsOf(facts).map(({ total }) => total));
  for (const kind of ["inTime", "late", "missing"] as const)
    expect(all.reduce((sum, total) => sum + total[kind], 0)).toBeGreaterThan(20);
  expect(controls.at(-1)?.trend).toHaveLength(6);
});

/** A pass at every midnight, and each control on its day; the real way from requests to frozen facts. */
async function liveYear(school: EmulatedSchool, midnights: EpochMs[]): Promise<ControlFacts[]> {
  let now = moment("2026-09-01", 0);
  const clock = { now: () => now };
  const emulator = await startEmulator({ school, clock: clock.now });
  const database = await freshDatabase();
  const store = connectStore(database.url);
  try {
    const record = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: now });
    const { login, password } = emulator.credentials.administrator;
    const journal = createAversJournal({ baseUrl: emulator.url, login, password, clock, retries: 1 });
    const limits = { share: 0.2, count: 10 };
    const controls: ControlFacts[] = [];
    const dayOfControl = new Map(MONTHS.map((month) => [controlDay(calendar, month, 1), month]));
    const last = addDays(`${nextMonth("2027-05")}-01`, 6);
    for (let day = "2026-09-01"; day <= last; day = addDays(day, 1)) {
      now = moment(day, 0);
      midnights.push(now);
      const pass = await syncSchool({ store, journal, clock, zone: "Europe/Moscow", limits }, record.id);
      // A pupil's only message that was changed looks like a page that was emptied, and is held back; no figure of the control rests on it.
      expect(pass.troubles.filter(({ kind }) => kind !== "messages")).toEqual([]);
      expect(pass.pagesFailed).toBe(0);
      const month = dayOfControl.get(day);
      if (month === undefined) continue;
      now = moment(day, 8 * 60);
      const needs = { store, policy, calendar, mapping, school: record, simulation: true, now };
      controls.push((await makeControl(needs, month)).facts);
    }
    return controls;
  } finally {
    await store.close();
    await database.drop();
    await emulator.close();
  }
}

const partsOf = ({ parts }: ControlFacts): readonly ControlPart[] =>
  parts.filter(({ id }) => id === "lessons" || id === "marks" || id === "attendance");

function figuresOf(facts: ControlFacts, by: By) {
  const rows = (part: ControlPart) => (by === "class" ? part.byClass : part.byTeacher);
  return Object.fromEntries(partsOf(facts).map((part) => [part.id, Object.fromEntries(rows(part).map(figureOf))]));
}

function figureOf({ name, inTime, late, missing, pending, unproved, waived, checked }: CountedRow) {
  expect([unproved, waived, checked]).toEqual([0, 0, inTime + late + missing]);
  return [name, { inTime, late, missing, pending }] as const;
}

const plain = (control: TrueControl) =>
  Object.fromEntries(Object.entries(control).map(([part, rows]) => [part, Object.fromEntries(rows)]));

function sumOf(rows: readonly CountedRow[]) {
  const sum = (of: (row: CountedRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return [sum((row) => row.checked), sum((row) => row.inTime), sum((row) => row.late), sum((row) => row.missing)];
}
