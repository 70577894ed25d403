import { type Span, yearOf } from "../calendar.ts";
import { monthName, monthOf, nextMonth, spanOf } from "../control/month.ts";
import { dayOf, laterDay } from "../days.ts";
import { judge } from "../evidence.ts";
import type { ControlRecord } from "../school-lists.ts";
import type { EpochMs } from "../time.ts";
import { schoolFinding } from "./describe.ts";
import type { SchoolRule } from "./rule.ts";
import type { SchoolCase } from "./school-case.ts";
import { schoolDeadline } from "./school-deadline.ts";

/** Порядок 8: each calendar month of the school year has a control, and its results reached every teacher concerned. */
export const controlMonthly: SchoolRule = {
  id: "control-monthly",
  clause: "Порядок, п. 8",
  words: {
    name: "Ежемесячный контроль проведён и доведён до учителей",
    demand: () =>
      "контроль «осуществляется заместителем директора по учебно-воспитательной работе школы не реже 1 раза в месяц», а его результаты «доводятся до сведения учителей-предметников и классных руководителей»",
    reckoning:
      "Приказ не называет дня; школа отводит на контроль прошедшего месяца столько дней, сколько записано в её настройках. Если последний из них нерабочий – до 24:00 ближайшего рабочего.",
    expected: "контроль за месяц, результаты которого доведены до учителей",
    ofExpected: "контроля, доведённого до учителей,",
    titles: {
      late: "контроль за месяц доведён до учителей позже срока",
      missing: "контроля за месяц нет, срок прошёл",
    },
    todo: "проведите контроль за этот месяц (sverka control) и разошлите его результаты учителям",
    things: ["месяц", "месяца", "месяцев"],
    tell: (findings) =>
      findings.map(({ details }) => `${monthText(details.month)} – ${states[stateOf(details.what)]}`).join("; "),
    known: ({ details }) => `Контроль за ${monthText(details.month)}: ${states[stateOf(details.what)]}.`,
  },
  *check(of, count) {
    const controls = new Map(of.snapshot.controls.map((control) => [control.month, control]));
    for (const { from, to } of monthsOf(of)) {
      const month = monthOf(from);
      const dueAt = schoolDeadline(of, to, of.policy.control.days);
      const { what, doneAt } = progressOf(controls.get(month), of.asOf);
      const sighting = doneAt === null ? null : { absentAt: doneAt, seenAt: doneAt };
      const verdict = judge(sighting, dueAt, of.asOf);
      count(null, verdict, from);
      if (verdict === "in-time" || verdict === "pending") continue;
      const details = { what, month, role: "заместитель директора по УВР" };
      const found = { verdict, settled: doneAt !== null, dueAt, sighting, lastLook: of.asOf, details };
      yield schoolFinding(this, of, found, { date: from, about: month, accountable: null });
    }
  },
};

const states = {
  none: "не проведён",
  made: "проведён, но результаты не доведены до учителей",
  delivered: "результаты доведены до учителей",
} as const;

function stateOf(what: unknown): keyof typeof states {
  return what === "made" || what === "delivered" ? what : "none";
}

/** What was delivered is completed. */
function progressOf(
  control: ControlRecord | undefined,
  asOf: EpochMs,
): { readonly what: keyof typeof states; readonly doneAt: EpochMs | null } {
  if (control === undefined || control.madeAt > asOf) return { what: "none", doneAt: null };
  const { deliveredAt } = control;
  return deliveredAt === null || deliveredAt > asOf
    ? { what: "made", doneAt: null }
    : { what: "delivered", doneAt: deliveredAt };
}

/** The months of this school year that have ended and began after the service did; a school year's first month begins with it. */
function monthsOf({ calendar, snapshot, today }: SchoolCase): readonly Span[] {
  if (snapshot.since === null) return [];
  const since = dayOf(snapshot.since, calendar.zone);
  const year = yearOf(calendar, today);
  const months: Span[] = [];
  for (let month = monthOf(year.from); spanOf(month).from <= year.to; month = nextMonth(month)) {
    const span = spanOf(month);
    if (span.to < today && laterDay(span.from, year.from) >= since) months.push(span);
  }
  return months;
}

function monthText(month: unknown): string {
  return monthName(String(month));
}
