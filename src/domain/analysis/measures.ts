import { REASON_ORDER, REASONS } from "../notice/attendance.ts";
import { decimal } from "../notice/words.ts";
import type { Basis, ClassAnalysis, TermFigures } from "./figures.ts";

/** One line of the summary: this term beside the one before. Numbers are shown as they stand: percents and means are cut, never rounded up. */
export interface Measure {
  readonly name: string;
  readonly unit: "count" | "percent" | "mean";
  readonly now: number | null;
  readonly before: number | null;
  /** Null where there is nothing to compare, or where one term has final marks and the other forecasts. */
  readonly change: number | null;
}

interface Told {
  readonly name: string;
  readonly unit: Measure["unit"];
  readonly of: (term: TermFigures) => number | null;
}

/** «50 %» of a share as a number; null without anything to divide. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((100 * part) / whole);
}

/** A mean as it is shown. */
export function cutMean(mean: number | null): number | null {
  return mean === null ? null : Math.floor(mean * 100 + 1e-6) / 100;
}

const count = (name: string, of: Told["of"]): Told => ({ name, unit: "count", of });

const RESULTS = (basis: Basis): readonly Told[] => [
  count("учеников в расчёте", ({ total }) => total.pupils),
  {
    name: "качество: только «4» и «5»",
    unit: "percent",
    of: ({ total }) => percentOf(total.quality, total.pupils),
  },
  {
    name: basis === "finals" ? "успеваемость: без «2» и неаттестованных" : "успеваемость: без «2» и нехватки отметок",
    unit: "percent",
    of: ({ total }) => percentOf(total.success, total.pupils),
  },
  { name: "средний балл", unit: "mean", of: ({ total }) => cutMean(total.mean) },
  count("только «5»", ({ total }) => total.excellent),
  count("«4» и «5»", ({ total }) => total.good),
  count("есть «2» или незачёт", ({ total }) => total.failing),
  count(basis === "finals" ? "не аттестованы" : "отметок для прогноза мало", ({ total }) => total.unassessed),
];

const ATTENDANCE: readonly Told[] = [
  count("пропущено уроков", ({ total }) => total.absences.total.lessons),
  {
    name: "из всех уроков",
    unit: "percent",
    of: ({ total: { absences } }) => percentOf(absences.total.lessons, absences.lessons),
  },
  ...REASON_ORDER.map((kind) =>
    count(
      `уроков ${kind === "absent" ? "без указания причины" : REASONS[kind]}`,
      ({ total }) => total.absences.byReason[kind].lessons,
    ),
  ),
  count("опозданий", ({ total }) => total.absences.late),
];

export function measuresOf({ now, before }: ClassAnalysis): readonly Measure[] {
  const comparable = before !== null && before.basis === now.basis;
  const line = ({ name, unit, of }: Told, compared: boolean): Measure => {
    const [is, was] = [of(now), before === null ? null : of(before)];
    const change = compared && is !== null && was !== null ? Math.round((is - was) * 100) / 100 : null;
    return { name, unit, now: is, before: was, change };
  };
  const results = now.basis === "attendance" ? [] : RESULTS(now.basis);
  return [...results.map((told) => line(told, comparable)), ...ATTENDANCE.map((told) => line(told, before !== null))];
}

/** «50 %», «4,33», «7»; «–» for nothing. */
export function measureText(value: number | null, unit: Measure["unit"]): string {
  if (value === null) return "–";
  return unit === "mean" ? decimal(value) : unit === "percent" ? `${value}\u00a0%` : String(value);
}

/** «+4», «−0,12», «0»: percents differ by points. */
export function changeText({ change, unit }: Measure): string {
  if (change === null) return "–";
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  const size = Math.abs(change);
  return `${sign}${unit === "mean" ? decimal(size) : size}${unit === "percent" ? "\u00a0п. п." : ""}`;
}
