import type { Finding } from "../finding.ts";
import type { CurriculumLine, HeldPage } from "../school-lists.ts";
import type { ClassCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import { hoursText } from "./hours-text.ts";
import { groupKey, isSame, type LoadedGroup, loadedGroups } from "./page-holders.ts";
import type { Rule } from "./rule.ts";

/**
 * Порядок 2.5: each class × subject of the curriculum has exactly one holder per group, and weekly hours equal to the load. That the journal names
 * another holder than the load is a warning: one of the two is out of date, and only people know which.
 */
export const pageAssigned: Rule = {
  id: "page-assigned",
  clause: "Порядок, п. 2.5",
  words: {
    name: "Страницы предметов закреплены за учителями",
    demand: () =>
      "«распределение предметных страниц по журналу и закрепление их за преподавателями осуществляется на основании учебного плана и распределения нагрузки между педагогами»",
    reckoning: null,
    expected: "по каждому предмету учебного плана один учитель на группу, а часы нагрузки равны часам плана",
    ofExpected: "закрепления страницы",
    titles: { violation: "страница предмета закреплена не по учебному плану и нагрузке" },
    standing: "учебный план, нагрузка и журнал расходятся",
    todo: "исправьте распределение нагрузки, учебный план или учителя страницы в журнале и загрузите списки заново",
    over: "Учебный план, нагрузка и журнал сходятся.",
    things: ["предмет", "предмета", "предметов"],
    tell: (findings) => [...new Set(findings.flatMap(({ details }) => troublesIn(details.what)))].join("; "),
    known: ({ details }) => {
      const hours = `Часов в неделю: по учебному плану ${hoursText(details.planHours)}, по нагрузке ${hoursText(details.loadHours)}.`;
      return `По спискам школы и журналу: ${troublesIn(details.what).join("; ")}. ${hours}`;
    },
  },
  lacks({ snapshot: { className, lists } }) {
    if (lists.curriculum === null) return "нет данных: учебный план не загружен – sverka import curriculum ФАЙЛ";
    if (lists.load === null) return "нет данных: распределение нагрузки не загружено – sverka import load ФАЙЛ";
    const list = lists.curriculum.length === 0 ? ["учебном плане", "curriculum"] : ["распределении нагрузки", "load"];
    return lists.curriculum.length === 0 || lists.load.length === 0
      ? `нет данных: в ${list[0]} нет класса ${className} – дополните файл и загрузите его: sverka import ${list[1]} ФАЙЛ`
      : null;
  },
  *check(of, count) {
    for (const { line, groups, wrong, what } of judgedLines(of)) {
      const { subjectExternalId, subject, weeklyHours: planHours } = line;
      if (wrong.length > 0 || what.length === 0) count(null, what.length === 0 ? "in-time" : "violation");
      if (what.length === 0) continue;
      const loadHours = groups.map(({ weeklyHours }) => hoursText(weeklyHours));
      const details = { what, planHours, loadHours, role: "заместитель директора по УВР" };
      const severity = wrong.length > 0 ? ("violation" as const) : ("warning" as const);
      const verdict = { verdict: "violation", settled: false, dueAt: null, sighting: null, severity, details } as const;
      yield classFinding(this, of, verdict, { subjectExternalId, subject, about: null, accountable: null });
    }
  },
  mended(of, { subjectExternalId }) {
    const own = [...judgedLines(of)].filter(({ line }) => line.subjectExternalId === subjectExternalId);
    return own.length > 0 && own.every(({ what }) => what.length === 0);
  },
};

interface JudgedLine {
  readonly line: CurriculumLine;
  readonly groups: readonly LoadedGroup[];
  readonly wrong: readonly Trouble[];
  readonly what: readonly Trouble[];
}

function* judgedLines({ snapshot: { lists }, policy }: ClassCase): Iterable<JudgedLine> {
  const loadOf = Map.groupBy(lists.load ?? [], ({ subjectExternalId }) => subjectExternalId);
  const heldOf = Map.groupBy(lists.held, ({ subjectExternalId }) => subjectExternalId);
  for (const line of lists.curriculum ?? []) {
    if (line.weeklyHours <= 0) continue;
    const groups = loadedGroups(loadOf.get(line.subjectExternalId) ?? []);
    const wrong = wrongWith(line, groups, policy.pageAssigned.groupsAddUp);
    const agreed = agrees(groups, heldOf.get(line.subjectExternalId) ?? []);
    yield { line, groups, wrong, what: agreed ? wrong : [...wrong, "journal-holder"] };
  }
}

type Trouble = keyof typeof troubles;

const troubles = {
  "no-holder": "в нагрузке нет учителя",
  "two-holders": "у одной группы несколько учителей",
  hours: "часы нагрузки не равны часам учебного плана",
  "journal-holder": "в журнале страницу ведёт не тот учитель, что в нагрузке",
} as const;

function wrongWith(plan: CurriculumLine, groups: readonly LoadedGroup[], groupsAddUp: boolean): readonly Trouble[] {
  if (groups.length === 0) return ["no-holder"];
  if (groups.some(({ holders }) => holders.length > 1)) return ["two-holders"];
  return hoursOf(groups, groupsAddUp).every((hours) => Math.abs(hours - plan.weeklyHours) < 1e-6) ? [] : ["hours"];
}

/** The hours that each pupil has: those of the whole class and of the own group; or, by the policy, all of them added up. */
function hoursOf(groups: readonly LoadedGroup[], groupsAddUp: boolean): readonly number[] {
  if (groupsAddUp) return [groups.reduce((sum, { weeklyHours }) => sum + weeklyHours, 0)];
  const whole = groups.find(({ key }) => key === "")?.weeklyHours ?? 0;
  const parts = groups.filter(({ key }) => key !== "");
  return parts.length === 0 ? [whole] : parts.map(({ weeklyHours }) => whole + weeklyHours);
}

/** The journal's holder of each page is one whom the load names for that group, or for the subject where it names no such group. */
function agrees(groups: readonly LoadedGroup[], held: readonly HeldPage[]): boolean {
  const all = groups.flatMap(({ holders }) => holders);
  if (all.length === 0) return true;
  return held.every(({ group, holder }) => {
    const own = groups.find(({ key }) => key === groupKey(group))?.holders ?? all;
    return own.some((person) => isSame(person, { externalId: null, name: holder }));
  });
}

function troublesIn(what: Finding["details"][string] | undefined): readonly string[] {
  return Array.isArray(what) ? what.flatMap((one: Trouble) => troubles[one] ?? []) : [];
}
