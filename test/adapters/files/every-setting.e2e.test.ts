import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../src/cli/sverka.ts";
import type { Tools } from "../../../src/cli/tools.ts";
import { IMPORT_KINDS, type ImportKind } from "../../../src/domain/import/settings.ts";
import { defaultSettings, type Settings } from "../../../src/domain/settings.ts";
import { startService } from "../../../src/service.ts";
import { listFindings } from "../../../src/store/findings.ts";
import { generateSchool } from "../../emulator/index.ts";
import { type LivingHouse, openLivingHouse } from "../../support/living-house.ts";
import { SESSION_COOKIE, signedIn } from "../../web/support.ts";

// Nothing that does nothing may stand in the configuration: over a whole day of the service's work every single setting is asked for.

/** What is not asked for on a good day: it stands in the sentence that refuses two groups with the same grade (settings.test.ts). */
const ELSEWHERE = new Set([".calendar.years.groups.name"]);

/** One row a list, as a school has it: what becomes of it does not matter here. */
const LISTS: Readonly<Record<ImportKind, readonly [string, string]>> = {
  curriculum: ["Класс;Предмет;Часов в неделю", "5 А;Матем.;5"],
  load: ["Класс;Предмет;Группа;Часов в неделю;Учитель", "5 А;Матем.;весь класс;5;Лугова А. П."],
  plan: ["Класс;Предмет;№ урока;Тема;Часы;Дата", "5 А;Матем.;1;Дроби;1;02.09.2026"],
  delivery: ["Класс;Ученик;Родитель;Способ;Основание;Дата", "5 А;Ручьёв П.;Ручьёва А.;бумага;заявление;01.09.2026"],
  substitutions: ["Дата;Кого заменяют;Кто заменяет", "09.11.2026;Лугова А. П.;Полев И. И."],
  looks: ["Класс;Ученик;Дата;Вид", "5 А;Ручьёв П.;09.11.2026;просмотр\n5 А;Ручьёв П.;02.11.2026;ознакомлен"],
  archives: [
    "Вид;Дата;Класс;Проверен;Передан",
    "неделя;02.11.2026;все;06.11.2026;06.11.2026\nкнига года;26.05.2026;все;27.05.2026;27.05.2026",
  ],
};

const generate = { seed: 20, classes: 26, pupils: 78 };
let living: LivingHouse;
let told: Settings = defaultSettings;
let className = "";
const read = new Set<string>();
beforeAll(async () => {
  const { classes, pupils, staff } = generateSchool(generate);
  const klass = classes.find(({ grade }) => grade === 5);
  const pupil = pupils.find(({ classId }) => classId === klass?.id);
  className = klass?.name ?? "";
  living = await openLivingHouse({
    generate,
    adjust: (settings) => {
      told = settings;
      return recording(settings, "");
    },
    files: {
      "school.yaml": "mail: { deputyDirector: zavuch@school.example, administrator: admin@school.example }\n",
      "people.yaml": `people:\n${staff.map(({ name, id }) => `  - { name: ${name}, address: teacher-${id}@school.example, mail: weekly }\n`).join("")}`,
      "paper-families.yaml": `families: [{ pupil: ${pupil?.id}, largePrint: true }]\ncontacts: [{ class: ${className}, contact: каб. 12 }]\n`,
      "calendar/2026-2027.yaml": [
        "schoolYear: { from: 2026-09-01, to: 2027-05-26 }",
        `closed: [{ from: 2026-10-12, to: 2026-10-16, reason: карантин, classes: ["${className}"] }]`,
        "groups:",
        "  - name: все",
        "    grades: 0-12",
        "    terms: [{ name: 1 полугодие, from: 2026-09-01, to: 2026-12-30 }]",
        "    holidays: [{ name: осенние каникулы, from: 2026-10-24, to: 2026-11-01 }]",
        "national: { daysOff: [2026-11-04], workingDays: [2026-11-14] }\n",
      ].join("\n"),
    },
  });
  // Where the journal does not tell its terms, the calendar's own stand in the notices.
  living.emulator.faults.add({ kind: "empty", action: "GET_JOURNAL_PERIODS_INFO" });
});
afterAll(() => living.close());

/** What a school fills with words of its own, which are looked up one by one as they are met. */
const DICTIONARIES: readonly string[] = [".imports.subjects", ".mapping.workTypes.abbreviations"];

/** The settings as they are; each value that somebody takes is noted by its place. A list, and a dictionary, is taken as a whole. */
function recording<Value extends object>(value: Value, place: string): Value {
  return new Proxy(value, {
    get(target, key, receiver) {
      const inner: unknown = Reflect.get(target, key, receiver);
      if (typeof key === "symbol" || !Object.hasOwn(target, key) || key === "length") return inner;
      const at = Array.isArray(target) || DICTIONARIES.includes(place) ? place : `${place}.${key}`;
      if (typeof inner === "object" && inner !== null) return recording(inner, at);
      read.add(at);
      return inner;
    },
  });
}

/** Every place where the settings hold a value. */
function places(value: unknown, place: string): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((inner) => places(inner, place)))];
  if (typeof value !== "object" || value === null) return [place];
  if (DICTIONARIES.includes(place)) return [place];
  return Object.entries(value).flatMap(([key, inner]) => places(inner, `${place}.${key}`));
}

async function sverka(...args: string[]): Promise<void> {
  const nowhere = { write: () => true, isTTY: false } as unknown as NodeJS.WriteStream;
  const tools: Tools = {
    stdout: nowhere,
    stderr: nowhere,
    signal: new AbortController().signal,
    environment: () => living.environment,
    withHouse: (work) => work(living.house),
    lookAround: (work) => work(living.house),
    end: () => undefined,
  };
  const program = await createProgram(tools, args);
  await program.parseAsync(args, { from: "user" });
}

describe("every setting", () => {
  it("is asked for by somebody in a day of the service", async () => {
    const { house, data, environment } = living;
    const service = await startService(house, { clock: true, web: true });
    const cookie = `${SESSION_COOKIE}=${await signedIn(house, ["administrator"])}`;
    expect((await fetch(`${service.address}/settings`, { headers: { cookie } })).status).toBe(200);
    await service.stop();
    await sverka("sync");
    await sverka("check");
    for (const kind of IMPORT_KINDS) {
      const path = `${environment.config}/${kind}.csv`;
      writeFileSync(path, LISTS[kind].join("\n"));
      await sverka("import", kind, path, "--dry-run");
    }
    await sverka("control", "--month", "2026-10", "--accept-draft", "--send", "--out", `${data}/controls`);
    await sverka("analysis", "--term", "1 полугодие", "--class", className, "--out", `${data}/print`);
    const findings = await listFindings(house.store, house.school.id);
    for (const { id } of findings.filter(({ rule }) => rule === "mark-written").slice(0, 3))
      await sverka("explain", id);
    await sverka("calendar", "show");
    await sverka("mail");
    await sverka("notices", "--from", "2026-11-09", "--to", "2026-11-16", "--out", `${data}/print`);
    await sverka("analysis", "--term", "1 полугодие", "--class", className, "--out", `${data}/print`);

    const all = places(told, "");
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter((place) => !read.has(place) && !ELSEWHERE.has(place))).toEqual([]);
  });
});
