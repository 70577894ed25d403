import type { Span } from "../domain/calendar.ts";
import { countsOf } from "../domain/control/counts.ts";
import { PARTS } from "../domain/control/parts.ts";
import { addDays, weekdayOf } from "../domain/days.ts";
import type { RuleOutcome } from "../domain/finding.ts";
import { createMapping } from "../domain/mapping.ts";
import type { WeekFigures } from "../domain/report/week-letter.ts";
import { checkClass } from "../domain/rules/index.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { createWaiverFinder } from "../domain/waiver.ts";
import type { SchoolRecord } from "../store/schools.ts";
import { classSnapshots } from "../store/snapshot.ts";
import { listWaivers } from "../store/waivers.ts";
import type { CheckNeeds } from "./check-school.ts";

/** Monday to Sunday of the last week that had ended by `today`. */
export function lastWeek(today: IsoDate): Span {
  const monday = addDays(today, 1 - weekdayOf(today) - 7);
  return { from: monday, to: addDays(monday, 6) };
}

const DATED = new Set(PARTS.filter(({ id }) => id !== "programmes").flatMap(({ rules }) => rules));

/** How the deadlines of each week's lessons came out, oldest week first, ending with `span`. Writes nothing. */
export async function weekFigures(
  { store, policy, calendar, mapping: settings }: CheckNeeds,
  school: SchoolRecord,
  { span, weeks, asOf }: { span: Span; weeks: number; asOf: EpochMs },
): Promise<WeekFigures[]> {
  const mapping = createMapping(settings, school.maxMark);
  const spans = Array.from({ length: weeks }, (_, i) => {
    const back = -7 * (weeks - 1 - i);
    return { from: addDays(span.from, back), to: addDays(span.to, back) };
  });
  const outcomes = new Map<Span, RuleOutcome[]>(spans.map((one) => [one, []]));
  for await (const snapshot of classSnapshots(store, { ...school, zone: calendar.zone }, asOf)) {
    for (const [within, own] of outcomes) own.push(checkClass({ snapshot, policy, calendar, mapping, asOf, within }));
  }
  const waiverOf = createWaiverFinder(await listWaivers(store.pool, school.id), asOf, calendar.zone);
  return spans.map((one) => {
    const own = outcomes.get(one) ?? [];
    // What belongs to no week – programmes, pages that lie still – would be counted in each.
    const tallies = own.flatMap((outcome) => outcome.tallies).filter(({ rule }) => DATED.has(rule));
    const findings = own.flatMap((outcome) => outcome.findings).filter(({ rule }) => DATED.has(rule));
    return { span: one, counts: countsOf(tallies, findings, (finding) => waiverOf(finding) !== null) };
  });
}
