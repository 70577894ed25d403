import { type Span, termOf, yearOf } from "../calendar.ts";
import { addDays, dayOf, laterDay, weekdayOf } from "../days.ts";
import { judge } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import { counted, longDay, longSpan, shortDays } from "../notice/words.ts";
import { includes } from "../policy.ts";
import type { ParentLook } from "../school-lists.ts";
import type { IsoDate } from "../time.ts";
import { calendarGap } from "./calendar-gap.ts";
import type { ClassCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import { agreementsByPupil, classTeacherOf, deliveryGap, waySince } from "./families.ts";
import { paperPupils } from "./final-mark/notices.ts";
import { noticesBy } from "./notice-stages.ts";
import type { Rule } from "./rule.ts";

/**
 * Регламент 6: an electronic family looks into the diary twice a week, and acknowledges the final marks at each period's end. It is the families' duty
 * and not the school's, so both are hints for the class teacher. Judged only where the list shows that such data is had of this class.
 */
export const parentsLook: Rule = {
  id: "parents-look",
  clause: "Регламент, п. 6",
  words: {
    name: "Родители смотрят дневник и итоговые отметки",
    demand: () =>
      "«родители обязаны не реже двух раз в неделю контролировать текущую успеваемость», а в конце учебных периодов просматривают «„итоговые оценки“ с отсылкой сообщения классному руководителю»",
    reckoning:
      "Приказ срока не называет; школа ждёт сообщения столько дней после конца периода, сколько записано в её настройках.",
    expected: "два просмотра дневника в каждую полную учебную неделю и сообщение об итоговых отметках в конце периода",
    ofExpected: "сообщения об итоговых отметках",
    titles: {
      violation: "семья реже двух раз в неделю смотрит дневник",
      missing: "семья не сообщила, что видела итоговые отметки",
    },
    todo: "напомните семье или узнайте, не нужна ли ей распечатка",
    things: ["семья", "семьи", "семей"],
    tell: (findings) =>
      `${findings[0]?.verdict === "missing" ? "нет сообщения об итоговых отметках" : "дневник смотрят реже двух раз в неделю"}: ${counted(findings.length, "семья", "семьи", "семей")}`,
    known({ details, verdict }) {
      if (details.stage === "returned") {
        return `Распечатка с итоговыми отметками передана семье ${longDay(String(details.to))}, корешок с её подписью не вернулся.`;
      }
      if (verdict === "missing") {
        return `Период закончился ${longDay(String(details.to))}, в загруженных данных сообщения от семьи нет.`;
      }
      const weeks = Array.isArray(details.weeks) ? details.weeks : [];
      return `За период ${longSpan(String(details.from), String(details.to))} меньше двух просмотров было в неделях, которые начались ${shortDays(weeks)}.`;
    },
  },
  lacks: deliveryGap,
  // The slips of paper families tell by themselves.
  lacksFor: (of) => looksGap(of) ?? [],
  *check(of) {
    yield* paperAcknowledgements(this, of);
    if (looksGap(of) !== null) return;
    const agreements = agreementsByPupil(of);
    const looks = (of.snapshot.lists.looks ?? []).filter(({ on }) => on <= of.today);
    const ofPupil = Map.groupBy(looks, ({ pupilExternalId }) => pupilExternalId);
    const weeks = wholeWeeks(of, looks);
    const ends = looks.some(({ kind }) => kind === "acknowledged") ? periodEnds(of) : [];
    const accountable = classTeacherOf(of);
    for (const { externalId: pupilExternalId } of of.snapshot.pupils) {
      const since = waySince(of, agreements.get(pupilExternalId) ?? [], "electronic");
      if (since === null) continue;
      const own = ofPupil.get(pupilExternalId) ?? [];
      const rare = weeks.filter((monday) => monday >= since && looksIn(own, monday) < of.policy.parentsLook.weekly);
      for (const [from, { term, mondays }] of byTerm(of, rare)) {
        const details = { from, to: term.to, weeks: mondays };
        const hint = {
          verdict: "violation",
          settled: false,
          dueAt: null,
          sighting: null,
          severity: "hint",
          details,
        } as const;
        yield classFinding(this, of, hint, { pupilExternalId, about: `looks ${from}`, accountable });
      }
      for (const to of ends.filter((end) => end >= since)) {
        const dueAt = of.deadlines.within(to, of.policy.parentsLook.acknowledgeDays);
        const told = own.some(({ kind, on }) => kind === "acknowledged" && on >= addDays(to, -7));
        if (told || judge(null, dueAt, of.asOf) !== "missing") continue;
        const hint = {
          verdict: "missing",
          settled: false,
          dueAt,
          sighting: null,
          severity: "hint",
          details: { to },
        } as const;
        yield classFinding(this, of, hint, { pupilExternalId, date: to, about: `acknowledged ${to}`, accountable });
      }
    }
  },
};

function looksGap({ snapshot, calendar, today }: ClassCase): readonly string[] | null {
  if (snapshot.lists.looks === null)
    return ["нет данных: просмотры дневника родителями не загружены – sverka import looks ФАЙЛ"];
  const gap = calendarGap(calendar, today);
  return gap === null ? null : [gap];
}

/** Final marks that were handed out on paper and whose slip did not come back; only where slips of this class do come back. */
function* paperAcknowledgements(rule: Pick<Rule, "id" | "clause">, of: ClassCase): Iterable<Finding> {
  const notices = noticesBy(of);
  if (!notices.some(({ returnedAt }) => returnedAt !== null)) return;
  const { zone } = of.calendar;
  const pupils = new Set(paperPupils(of));
  for (const { pupilExternalId, handedAt, printedAt, returnedAt, finals, hasSlip } of notices) {
    if (!finals || !hasSlip || handedAt === null || printedAt === null || returnedAt !== null) continue;
    if (!pupils.has(pupilExternalId)) continue;
    const [to, date] = [dayOf(handedAt, zone), dayOf(printedAt, zone)];
    const dueAt = of.deadlines.within(to, of.policy.parentsLook.acknowledgeDays);
    if (judge(null, dueAt, of.asOf) !== "missing") continue;
    const details = { to, stage: "returned" };
    const hint = { verdict: "missing", settled: false, dueAt, sighting: null, severity: "hint", details } as const;
    const about = `acknowledged on paper ${date}`;
    yield classFinding(rule, of, hint, { pupilExternalId, date, about, accountable: classTeacherOf(of) });
  }
}

/**
 * Mondays of the weeks that may be judged: past, with a whole week's school days, and between the first and the last day of which the list tells a
 * look of anybody in this class, for before and after it the data may not have been had.
 */
function wholeWeeks({ calendar, deadlines, today }: ClassCase, looks: readonly ParentLook[]): readonly IsoDate[] {
  const days = looks.flatMap(({ kind, on }) => (kind === "look" ? on : [])).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const weeks: IsoDate[] = [];
  const year = yearOf(calendar, today);
  const start = laterDay(first, year.from);
  for (let monday = addDays(start, 1 - weekdayOf(start)); addDays(monday, 6) < last; monday = addDays(monday, 7)) {
    if (monday < first) continue;
    if (calendar.workingWeekdays.every((weekday) => deadlines.isWorkingDay(addDays(monday, weekday - 1))))
      weeks.push(monday);
  }
  return weeks;
}

function looksIn(own: readonly ParentLook[], monday: IsoDate): number {
  const sunday = addDays(monday, 6);
  return own.filter(({ kind, on }) => kind === "look" && on >= monday && on <= sunday).length;
}

function byTerm(of: ClassCase, mondays: readonly IsoDate[]) {
  const { calendar, snapshot } = of;
  const terms = new Map<IsoDate, { readonly term: Span; readonly mondays: IsoDate[] }>();
  for (const monday of mondays) {
    const key = { grade: snapshot.grade, className: snapshot.className };
    const term = termOf(calendar, monday, key) ?? yearOf(calendar, monday);
    const entry = terms.get(term.from) ?? { term, mondays: [] };
    terms.set(term.from, entry);
    entry.mondays.push(monday);
  }
  return terms;
}

/** The last days of the periods by which this class is marked, this school year; none where there are no marks. */
function periodEnds({ calendar, policy, snapshot, today }: ClassCase): readonly IsoDate[] {
  if (includes(policy.noMarks.grades, snapshot.grade)) return [];
  const { from } = yearOf(calendar, today);
  const ends = snapshot.terms.flatMap(({ to }) => to ?? []).filter((to) => to >= from && to < today);
  return [...new Set(ends)].sort();
}
