import type { Span } from "../../domain/calendar.ts";
import { inPercent } from "../../domain/control/figures.ts";
import { monthName } from "../../domain/control/month.ts";
import { laterDay } from "../../domain/days.ts";
import type { RuleId } from "../../domain/finding.ts";
import { compareClasses } from "../../domain/notice/class-order.ts";
import { longDay, shortDay } from "../../domain/notice/words.ts";
import type { PeriodUnit } from "../../domain/report/periods.ts";
import { RULES, ruleOf, SCHOOL_RULES } from "../../domain/rules/catalogue.ts";
import type { IsoDate } from "../../domain/time.ts";
import type { Trend, TrendCounts, TrendRow } from "../../store/trend.ts";
import { type Html, html } from "../html.ts";
import { shareChart } from "./chart.ts";
import { count } from "./format.ts";
import { addressWith, type Choice, empty, select } from "./list.ts";

/** What the address asks of the trend. */
export interface TrendFilters {
  readonly unit?: PeriodUnit | undefined;
  readonly class?: string | undefined;
  readonly person?: string | undefined;
  readonly rule?: string | undefined;
}

export interface TrendView {
  readonly trend: Trend;
  readonly filters: TrendFilters;
  /** Oldest first. */
  readonly periods: readonly Span[];
  /** The day of the first pass: cases of the days before are not counted. */
  readonly since: IsoDate;
  readonly classes: readonly { readonly externalId: string; readonly name: string }[];
  readonly people: readonly string[];
}

/** How the deadlines came out, week by week or month by month, and by class, person and rule; every number of cases leads to them. */
export function trendSection(view: TrendView): Html {
  const { trend, filters, periods, since } = view;
  const unit = filters.unit ?? "week";
  const known = new Map(trend.periods.map((row) => [row.key, row]));
  const rows = periods.map((span) => ({ span, of: known.get(span.from) ?? NOTHING }));
  const nothing = rows.every(({ of }) => judged(of) + of.unproved === 0);
  const whole = { from: laterDay(periods[0]?.from ?? since, since), to: periods.at(-1)?.to ?? since };
  return html`<section><h2>Динамика <small>по дням уроков</small></h2>${filterForm(view)}
${
  nothing
    ? empty("За это время по этому отбору ни один срок ещё не проверен.")
    : html`${chart(rows, unit)}
${countsTable(
  unit === "week" ? "Неделя" : "Месяц",
  rows.toReversed().map(({ span, of }) => ({
    head: html`${periodName(span, unit)}`,
    of,
    cases: { ...filters, from: laterDay(span.from, since), to: span.to },
  })),
)}
<p class="note">«Проверено» – сроки, о которых проходы говорят наверняка, «доказано» – их доля среди всех; «вовремя» – доля среди проверенных. Снятые и отозванные замечания не считаются, как и дни до первого прохода (${longDay(since)}); где сроков меньше ${FEW}, на графике точки нет.</p>
${breakdown("По классам", "Класс", byClass(view, whole), true)}${breakdown("По учителям", "Отвечает", byPerson(view, whole))}${breakdown("По пунктам порядка", "Правило", byRule(view, whole))}`
}</section>`;
}

const NOTHING: TrendCounts = { inTime: 0, late: 0, missing: 0, violation: 0, unproved: 0 };
const wrong = ({ late, missing, violation }: TrendCounts): number => late + missing + violation;
const judged = (of: TrendCounts): number => of.inTime + wrong(of);

function filterForm({ filters, classes, people }: TrendView): Html {
  const rules = [...RULES, ...SCHOOL_RULES].map(({ id, words }): Choice => ({ value: id, name: words.name }));
  return html`<form method="get" action="/overview" class="row" role="search" aria-label="Отбор динамики">${select("unit", "Показать", [{ value: "month", name: "по месяцам" }], filters.unit, "по неделям")}
${select(
  "class",
  "Класс",
  classes.map(({ externalId, name }) => ({ value: externalId, name })),
  filters.class,
)}${select(
  "person",
  "Отвечает",
  people.map((name) => ({ value: name, name })),
  filters.person,
)}${select("rule", "Правило", rules, filters.rule)}<button>Показать</button><a href="/overview">Сбросить</a></form>`;
}

/** A share of fewer deadlines says nothing, and would only make the line jump. */
const FEW = 10;

function chart(rows: readonly { span: Span; of: TrendCounts }[], unit: PeriodUnit): Html {
  const share = (part: number, all: number) => (all === 0 ? null : Math.floor((100 * part) / all));
  const inTime = rows.map(({ of }) => (judged(of) < FEW ? null : share(of.inTime, judged(of))));
  const proved = rows.map(({ of }) => {
    const all = judged(of) + of.unproved;
    return all < FEW ? null : share(judged(of), all);
  });
  const told = inTime.filter((one) => one !== null);
  const last = told.at(-1);
  const said =
    last === undefined
      ? "Проверенных сроков слишком мало, чтобы нарисовать график. Все числа – в таблице ниже."
      : `Вовремя: от ${Math.min(...told)} до ${Math.max(...told)} %, в последний раз ${last} %. Все числа – в таблице ниже.`;
  const labels = rows.map(({ span }) =>
    unit === "week" ? shortDay(span.from) : monthName(span.from.slice(0, 7)).slice(0, 3),
  );
  return shareChart(
    labels,
    [
      { name: "вовремя", kind: "full", values: inTime },
      { name: "доказано", kind: "broken", values: proved },
    ],
    said,
  );
}

const periodName = ({ from, to }: Span, unit: PeriodUnit): string =>
  unit === "week" ? `${shortDay(from)}–${shortDay(to)}` : monthName(from.slice(0, 7));

interface CountedRow {
  readonly head: Html;
  readonly of: TrendCounts;
  /** Which cases the numbers are of; null where no list can show them. */
  readonly cases: (TrendFilters & Partial<Span>) | null;
}

const CASES = [
  ["late", "Позже срока"],
  ["missing", "Не внесено"],
  ["violation", "Нарушений"],
  ["unproved", "Не доказано"],
] as const;

function countsTable(head: string, rows: readonly CountedRow[]): Html {
  const number = (label: string, value: Html | string, mood = "") =>
    html`<td class="${mood}" data-label="${label}"><span>${value}</span></td>`;
  return html`<table class="cards"><thead><tr><th scope="col" class="words">${head}</th><th scope="col">Проверено</th><th scope="col">Вовремя</th><th scope="col">Доказано</th>${CASES.map(([, name]) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map(
    ({ head: name, of, cases }) =>
      html`<tr><th scope="row">${name}</th>${number("Проверено", count(judged(of)))}${number("Вовремя", inPercent(of.inTime, judged(of)) ?? "–")}${number("Доказано", inPercent(judged(of), judged(of) + of.unproved) ?? "–")}${CASES.map(
        ([verdict, label]) => {
          const n = of[verdict];
          if (n === 0 || cases === null) return number(label, count(n));
          const { unit: _, ...asked } = cases;
          const address = addressWith("/findings", { status: "counted", severity: "violation", verdict, ...asked });
          return number(label, html`<a href="${address}">${count(n)}</a>`, verdict === "unproved" ? "" : "bad");
        },
      )}</tr>`,
  )}</tbody></table>`;
}

const breakdown = (title: string, head: string, rows: readonly CountedRow[], open = false): Html | null =>
  rows.length === 0
    ? null
    : html`<details${open ? html` open` : null}><summary>${title}</summary>${countsTable(
        head,
        rows.toSorted((one, other) => wrong(other.of) - wrong(one.of)),
      )}</details>`;

const narrowed = ({ filters }: TrendView, more: TrendFilters, name: string): Html =>
  html`<a href="${addressWith("/overview", { ...filters, ...more })}">${name}</a>`;

function byClass(view: TrendView, whole: Span): CountedRow[] {
  const names = new Map(view.classes.map(({ externalId, name }) => [externalId, name]));
  return view.trend.classes
    .map(({ key, ...of }) => ({ key, of, name: names.get(key) ?? (key === "" ? "Вся школа" : key) }))
    .toSorted((one, other) => compareClasses(one.name, other.name))
    .map(({ key, of, name }) => ({
      head: key === "" ? html`${name}` : narrowed(view, { class: key }, name),
      of,
      cases: key === "" ? null : { ...view.filters, ...whole, class: key },
    }));
}

const byPerson = (view: TrendView, whole: Span): CountedRow[] =>
  view.trend.people.map(({ key, ...of }: TrendRow) => ({
    head: key === "" ? html`В журнале не назван` : narrowed(view, { person: key }, key),
    of,
    cases: key === "" ? null : { ...view.filters, ...whole, person: key },
  }));

const byRule = (view: TrendView, whole: Span): CountedRow[] =>
  view.trend.rules.map(({ key, ...of }) => {
    const { words, clause } = ruleOf(key as RuleId);
    return {
      head: html`${narrowed(view, { rule: key }, words.name)} <small>${clause}</small>`,
      of,
      cases: { ...view.filters, ...whole, rule: key },
    };
  });
