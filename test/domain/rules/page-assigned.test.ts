import { describe, expect, it } from "vitest";
import type { ClassLists } from "../../../src/domain/school-lists.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { check, classOf, findingsOf, isMended, tallyOf } from "./classroom.ts";

const rule = "page-assigned";
const maths = { subjectExternalId: "s1", subject: "Математика" };

const plan = (weeklyHours: number) => ({ ...maths, weeklyHours });
const load = (group: string, name: string, weeklyHours: number) => ({
  ...maths,
  group,
  holder: { externalId: null, name },
  weeklyHours,
});
const page = (group: string, holder: string) => ({ ...maths, group, holder });

const outcomeOf = (lists: Partial<ClassLists>, groupsAddUp = false) =>
  check(classOf({ lists }), { policy: { ...defaultSettings.policy, pageAssigned: { groupsAddUp } } });
const whatIn = (...of: Parameters<typeof outcomeOf>) =>
  findingsOf(outcomeOf(...of), rule).map(({ details }) => details.what);

describe("Порядок 2.5: pages by curriculum and load", () => {
  it("finds nothing where one teacher has the hours of the plan, whole, half or by groups", () => {
    const whole = {
      curriculum: [plan(5)],
      load: [load("", "Осина А. Б.", 5)],
      held: [page("", "Осина Анна Борисовна")],
    };
    expect(tallyOf(outcomeOf(whole), rule)).toEqual({ inTime: 1 });
    expect(whatIn({ curriculum: [plan(0.5)], load: [load("", "Осина А. Б.", 0.5)] })).toEqual([]);
    const groups = [load("1 группа", "Осина А. Б.", 2), load("2 группа", "Берёзова В. Г.", 2)];
    const held = [page("1", "Осина Анна Борисовна"), page("2", "Берёзова Вера Глебовна")];
    expect(whatIn({ curriculum: [plan(2)], load: groups, held })).toEqual([]);
    expect(whatIn({ curriculum: [plan(3)], load: [load("", "Осина А. Б.", 1), ...groups] })).toEqual([]);
  });

  it("is mended when plan, load and journal agree, not when the subject leaves the plan", () => {
    const [found] = findingsOf(outcomeOf({ curriculum: [plan(5)], load: [load("", "Осина А. Б.", 3)] }), rule);
    const mended = (lists: Partial<ClassLists>) => isMended(classOf({ lists }), found);
    expect(mended({ curriculum: [plan(5)], load: [load("", "Осина А. Б.", 5)] })).toBe(true);
    expect(mended({ curriculum: [plan(0)], load: [load("", "Осина А. Б.", 3)] })).toBe(false);
    expect(mended({ curriculum: null, load: [load("", "Осина А. Б.", 5)] })).toBe(false);
  });

  it("takes a replaced teacher who stands in the load without hours for no second holder", () => {
    const lists = { curriculum: [plan(5)], load: [load("", "Осина А. Б.", 0), load("", "Берёзова В. Г.", 5)] };
    expect(whatIn(lists)).toEqual([]);
  });

  it("finds two holders of one group, a subject without holder, and other hours than the plan's", () => {
    const two = { curriculum: [plan(5)], load: [load("", "Осина А. Б.", 3), load("", "Берёзова В. Г.", 2)] };
    expect(findingsOf(outcomeOf(two), rule)).toMatchObject([
      {
        verdict: "violation",
        severity: "violation",
        settled: false,
        accountable: null,
        subject: "Математика",
        lessonDate: null,
        details: { what: ["two-holders"], role: "заместитель директора по УВР" },
      },
    ]);
    expect(tallyOf(outcomeOf(two), rule)).toEqual({ violation: 1 });
    const another = { ...load("", "Осина А. Б.", 2), subjectExternalId: "s2" };
    expect(whatIn({ curriculum: [plan(5)], load: [another] })).toEqual([["no-holder"]]);
    expect(whatIn({ curriculum: [plan(5)], load: [load("", "Осина А. Б.", 4)] })).toEqual([["hours"]]);
    const unequal = [load("1", "Осина А. Б.", 2), load("2", "Берёзова В. Г.", 1)];
    expect(whatIn({ curriculum: [plan(2)], load: unequal })).toEqual([["hours"]]);
  });

  it("adds the hours of the groups up only where the policy says that the plan does", () => {
    const lists = { curriculum: [plan(4)], load: [load("1", "Осина А. Б.", 2), load("2", "Берёзова В. Г.", 2)] };
    expect(whatIn(lists)).toEqual([["hours"]]);
    expect(whatIn(lists, true)).toEqual([]);
  });

  it("warns, and accuses nobody, when the journal names another holder than the load", () => {
    const lists = {
      curriculum: [plan(5)],
      load: [load("", "Осина А. Б.", 5)],
      held: [page("", "Берёзова Вера Глебовна")],
    };
    const outcome = outcomeOf(lists);
    expect(findingsOf(outcome, rule)).toMatchObject([{ severity: "warning", details: { what: ["journal-holder"] } }]);
    expect(tallyOf(outcome, rule)).toEqual({});
    const swapped = [page("1", "Берёзова Вера Глебовна"), page("2", "Осина Анна Борисовна")];
    const groups = [load("1", "Осина А. Б.", 2), load("2", "Берёзова В. Г.", 2)];
    expect(whatIn({ curriculum: [plan(2)], load: groups, held: swapped })).toEqual([["journal-holder"]]);
  });

  it("says what to import when a list, or the class in it, is missing", () => {
    const gapOf = (lists: Partial<ClassLists>) => outcomeOf(lists).gaps.find((gap) => gap.rule === rule)?.sentence;
    expect(gapOf({})).toBe("нет данных: учебный план не загружен – sverka import curriculum ФАЙЛ");
    expect(gapOf({ curriculum: [plan(5)] })).toContain("sverka import load ФАЙЛ");
    expect(gapOf({ curriculum: [], load: [load("", "Осина А. Б.", 5)] })).toContain("в учебном плане нет класса 5 А");
    expect(gapOf({ curriculum: [plan(5)], load: [] })).toContain("в распределении нагрузки нет класса 5 А");
    expect(whatIn({ curriculum: [plan(5)], load: [] })).toEqual([]);
  });
});
