import { yearOf } from "../calendar.ts";
import type { Person } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { counted, longDay } from "../notice/words.ts";
import type { CurriculumLine } from "../school-lists.ts";
import type { IsoDate } from "../time.ts";
import type { ClassCase, LessonCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import { hoursText } from "./hours-text.ts";
import { groupKey, holderOf, type LoadedGroup, loadedGroups } from "./page-holders.ts";
import {
  isRecorded,
  judgedUpTo,
  mostOfOnePupil,
  type ProgrammePage,
  programmePages,
  recordedLessons,
} from "./programme-pages.ts";
import { type PlannedSoFar, plannedSoFar } from "./programme-topics.ts";
import { createProgrammeWeeks, plannedHours } from "./programme-weeks.ts";
import type { Rule } from "./rule.ts";

/**
 * Порядок 8: «проверка выполнения программ по предметам в соответствии с учебным планом». By whole weeks that have passed, lessons recorded so far,
 * early or late, against the hours due so far. Too few is a violation when it is over the policy's share and over its hours; more than the plan, and
 * topics of the plan that the journal does not hold, are hints.
 */
export const programmeFulfilled: Rule = {
  id: "programme-fulfilled",
  clause: "Порядок, п. 8",
  words: {
    name: "Программы выполняются по учебному плану",
    demand: (_, { programmeFulfilled: { share, hours } }) =>
      `контроль предусматривает «проверку выполнения программ по предметам в соответствии с учебным планом»; школа считает отставанием разницу больше ${hoursText(Math.round(share * 1000) / 10)} % и больше ${counted(hours, "часа", "часов", "часов")}`,
    reckoning: null,
    expected: "записанных уроков столько, сколько часов положено по учебному плану к этому дню",
    ofExpected: "записанных уроков",
    titles: { violation: "записанные уроки расходятся с учебным планом" },
    standing: "записанных уроков меньше, чем положено к этому дню",
    todo: "впишите темы проведённых уроков; если уроки не состоялись, спланируйте, как пройти программу, а если часы или календарь указаны неверно – исправьте их",
    over: "Записанных уроков столько, сколько требовалось.",
    things: ["страница", "страницы", "страниц"],
    tell: (findings) => findings.map(({ details }) => briefly(details)).join("; "),
    known: ({ details }) => inFull(details),
  },
  lacks({ snapshot: { className, lists }, lessons }) {
    if (lists.curriculum === null) return "нет данных: учебный план не загружен – sverka import curriculum ФАЙЛ";
    if (lists.curriculum.length === 0) {
      return `нет данных: в учебном плане нет класса ${className} – дополните файл и загрузите его: sverka import curriculum ФАЙЛ`;
    }
    return lessons.length === 0 ? `нет данных: в журнале класса ${className} пока не видно ни одного урока` : null;
  },
  *check(of, count) {
    for (const { line, page, upTo, due } of judgedPages(of)) {
      const holder = holderOf(of.snapshot.lists, line.subjectExternalId, page.key);
      const deviations = measuresOf(of, line, page, upTo, due).filter((measure) => deviates(of, measure));
      const isShort = deviations.some(({ what }) => what === "short");
      if (!isShort || isShown(page)) count(holder, isShort ? "violation" : "in-time");
      for (const deviation of deviations) yield findingOf(this, of, line, page, { ...deviation, upTo, holder });
    }
  },
  // What was recorded since then meets even the demand of then; else the plan or the calendar was corrected.
  mended(of, { subjectExternalId, details }) {
    for (const { line, page, upTo, due } of judgedPages(of)) {
      if (line.subjectExternalId !== subjectExternalId || page.key !== (details.group ?? "")) continue;
      const now = measuresOf(of, line, page, upTo, due).find(({ what }) => what === details.what);
      return now !== undefined && !deviates(of, { ...now, planned: Number(details.planned) });
    }
    return false;
  },
};

interface JudgedPage {
  readonly line: CurriculumLine;
  readonly page: ProgrammePage;
  readonly upTo: IsoDate;
  /** The fewest and the most hours that were due by then. */
  readonly due: { readonly least: number; readonly most: number };
}

/** Every page of the curriculum of which enough is known. */
function* judgedPages(of: ClassCase): Iterable<JudgedPage> {
  const { curriculum, load } = of.snapshot.lists;
  const lessonsOf = Map.groupBy(of.lessons, ({ lesson }) => lesson.subjectExternalId);
  const loadOf = Map.groupBy(load ?? [], ({ subjectExternalId }) => subjectExternalId);
  const weeksOf = createProgrammeWeeks(of);
  for (const line of curriculum ?? []) {
    if (line.weeklyHours <= 0) continue;
    const loaded = loadedGroups(loadOf.get(line.subjectExternalId) ?? []);
    for (const page of programmePages(lessonsOf.get(line.subjectExternalId) ?? [], loaded)) {
      const upTo = judgedUpTo(of, page);
      const hours = hoursDue(line, page, loaded, of.policy.pageAssigned.groupsAddUp);
      if (upTo === null || hours === null || upTo < yearOf(of.calendar, upTo).from) continue;
      const weeks = weeksOf(page.lessons, upTo);
      if (weeks === null) continue;
      const due = { least: plannedHours(hours.least, weeks).least, most: plannedHours(hours.most, weeks).most };
      yield { line, page, upTo, due };
    }
  }
}

/** What should be there by now, and what is. */
interface Measure {
  readonly what: "short" | "more" | "topics";
  readonly planned: number;
  readonly recorded: number;
}

/** The fewest and the most weekly hours that this page should have: a holder can only give the hours that the load gives. */
function hoursDue(
  { weeklyHours }: CurriculumLine,
  { key, mixed }: ProgrammePage,
  loaded: readonly LoadedGroup[],
  groupsAddUp: boolean,
): { readonly least: number; readonly most: number } | null {
  const hoursIn = (group: string) => loaded.find((one) => one.key === group)?.weeklyHours ?? 0;
  const own = key === "" ? hoursIn("") : hoursIn("") + hoursIn(key);
  if (groupsAddUp && (mixed || key !== "")) return own > 0 ? { least: own, most: own } : null;
  return own > 0
    ? { least: Math.min(own, weeklyHours), most: Math.max(own, weeklyHours) }
    : { least: weeklyHours, most: weeklyHours };
}

/** Too far from the plan, by the policy's share and its hours. */
function deviates({ policy }: ClassCase, { what, planned, recorded }: Measure): boolean {
  const { share, hours } = policy.programmeFulfilled;
  const by = what === "more" ? recorded - planned : planned - recorded;
  return by > Math.max(hours, share * planned) + 1e-6;
}

function measuresOf(
  of: ClassCase,
  line: CurriculumLine,
  page: ProgrammePage,
  upTo: IsoDate,
  due: { readonly least: number; readonly most: number },
): readonly Measure[] {
  const { from } = yearOf(of.calendar, upTo);
  const held = page.lessons.filter((one) => one.tookPlace && one.lesson.date >= from && one.lesson.date <= upTo);
  const given = held.filter(isRecorded);
  const plan = planOf(of, line, page, given, upTo);
  const least = Math.min(due.least, plan?.hours ?? due.least);
  const recorded = recordedLessons(page, held);
  const most = Math.max(due.most, plan?.hours ?? due.most);
  const more: Measure = { what: "more", planned: most, recorded: given.length };
  return [
    { what: "short", planned: least, recorded },
    // What one pupil had is counted only where all lessons together are too many: it takes long.
    deviates(of, more) ? { ...more, recorded: mostOfOnePupil(given) } : more,
    ...(plan === null || plan.notFound === null
      ? []
      : [{ what: "topics" as const, planned: plan.topics, recorded: plan.topics - plan.notFound }]),
  ];
}

function planOf(
  { snapshot: { lists } }: ClassCase,
  { subjectExternalId }: CurriculumLine,
  { key }: ProgrammePage,
  given: readonly LessonCase[],
  upTo: IsoDate,
): PlannedSoFar | null {
  const plan = (lists.plan ?? []).filter((topic) => topic.subjectExternalId === subjectExternalId);
  const own = plan.filter(({ group }) => groupKey(group) === key);
  return plannedSoFar(own.length > 0 ? own : plan.filter(({ group }) => groupKey(group) === ""), given, upTo);
}

/** A subject of which the journal shows no row at all may be there under another name, or where the account cannot look. */
function isShown({ lessons }: ProgrammePage): boolean {
  return lessons.length > 0;
}

function findingOf(
  rule: Rule,
  of: ClassCase,
  { subjectExternalId, subject }: CurriculumLine,
  page: ProgrammePage,
  { upTo, holder, ...deviation }: Measure & { readonly upTo: IsoDate; readonly holder: Person | null },
): Finding {
  const short = isShown(page) ? ("violation" as const) : ("warning" as const);
  const severity = deviation.what === "short" ? short : ("hint" as const);
  const shown = isShown(page) ? {} : { shown: "no" };
  const details = { ...deviation, group: page.key === "" ? null : page.key, upTo, ...shown };
  const about = `${yearOf(of.calendar, upTo).from.slice(0, 4)} ${deviation.what} ${page.key}`.trim();
  const verdict = { verdict: "violation", settled: false, dueAt: null, sighting: null, severity, details } as const;
  return classFinding(rule, of, verdict, { subjectExternalId, subject, about, accountable: holder });
}

function briefly({ what, planned, recorded, group, shown }: Finding["details"]): string {
  const where = typeof group === "string" ? `, группа ${group}` : "";
  const [p, r] = [hoursText(planned), hoursText(recorded)];
  if (what === "topics") return `не найдено тем плана: ${Number(planned) - Number(recorded)} из ${p}${where}`;
  if (shown === "no") return `в журнале не видно ни одного урока из ${p} положенных${where}`;
  return what === "more"
    ? `уроков больше плана: ${r} при ${p}${where}`
    : `записано уроков ${r} из ${p} положенных${where}`;
}

function inFull({ what, planned, recorded, group, upTo, shown }: Finding["details"]): string {
  const until = `По ${longDay(String(upTo))} включительно`;
  const where = typeof group === "string" ? ` (группа ${group})` : "";
  const [p, r] = [hoursText(planned), hoursText(recorded)];
  if (what === "topics") {
    return `${until}${where} по тематическому плану должно быть пройдено тем: ${p}; в записях уроков найдено: ${r}. Темы сравниваются по словам.`;
  }
  if (shown === "no")
    return `${until}${where} по учебному плану и календарю положено не меньше ${p} ч., а в журнале нет ни одного урока по этому предмету: либо они не записаны, либо предмет там называется иначе или учётная запись его не видит.`;
  const bound = what === "more" ? "не больше" : "не меньше";
  return `${until}${where} по учебному плану и календарю положено ${bound} ${p} ч.; уроков с записанной темой – ${r}. Записанные с опозданием тоже считаются.`;
}
