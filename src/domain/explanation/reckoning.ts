import { type ClassKey, restOn, type SchoolCalendar } from "../calendar.ts";
import { addDays } from "../days.ts";
import type { Finding } from "../finding.ts";
import { counted, longDay } from "../notice/words.ts";
import type { Policy } from "../policy.ts";
import { ruleOf } from "../rules/catalogue.ts";

/** How the deadline was reckoned, and why it moved where it did. Empty for a rule without one. */
export function reckoningOf(finding: Finding, policy: Policy, calendar: SchoolCalendar, of: ClassKey): string {
  const { stoodOn } = finding.details;
  if (typeof stoodOn !== "string") return usualReckoning(finding, policy, calendar, of);
  const moved = `До переноса урок стоял в журнале ${longDay(stoodOn)}: срок считается от этого дня.`;
  return `${usualReckoning({ ...finding, lessonDate: stoodOn }, policy, calendar, of)} ${moved}`.trim();
}

function usualReckoning(finding: Finding, { reading }: Policy, calendar: SchoolCalendar, of: ClassKey): string {
  const { rule, dueAt, lessonDate, details } = finding;
  const { reckoning, event = "урока" } = ruleOf(rule).words;
  if (dueAt === null || reckoning === null) return "";
  if (reckoning === "same-day") {
    return reading.movesSameDay
      ? "День проведения кончается в 24:00; если это нерабочий день школы – в 24:00 ближайшего рабочего."
      : "День проведения кончается в 24:00; этот срок не переносится.";
  }
  if (reckoning !== "days") return reckoning;
  const days = Number(details.days ?? 0);
  const begins = reading.beginsNextDay ? `на следующий день после ${event} (ст. 191 ГК РФ)` : `в день ${event}`;
  const moved = reading.movesToWorkingDay
    ? "; если он нерабочий для школы – в 24:00 ближайшего рабочего дня (ст. 193)"
    : "";
  const length = `Срок – ${counted(days, "день", "дня", "дней")}`;
  const last = lessonDate === null ? null : addDays(lessonDate, reading.beginsNextDay ? days : days - 1);
  const rest = last === null || !reading.movesToWorkingDay ? null : restOn(calendar, last, of);
  const why = last === null || rest === null ? "" : ` Здесь последний день – ${longDay(last)}: ${rest}.`;
  return `${length}: он начинается ${begins} и кончается в 24:00 последнего дня (ст. 194)${moved}.${why}`;
}
