import { dayOf, startOfDay } from "../../domain/days.ts";
import { clockTime } from "../../domain/russian.ts";
import type { EpochMs } from "../../domain/time.ts";
import { type Html, html } from "../html.ts";

// To make one costs more than to write a whole page with it.
const NUMBERS = new Intl.NumberFormat("ru-RU");
const DAYS = new Map<string, Intl.DateTimeFormat>();

/** A whole number; below a thousand nothing is to be grouped. */
export const count = (n: number): string => (n < 1000 ? String(n) : NUMBERS.format(n));

export interface Moment {
  readonly now: EpochMs;
  readonly zone: string;
}

/** As much of a moment as `when` takes from it: what is written by it can be kept all day. */
export interface Day extends Moment {
  readonly allDay: true;
}

export const dayOnly = ({ now, zone }: Moment): Day => ({
  now: startOfDay(dayOf(now, zone), zone),
  zone,
  allDay: true,
});

/** «сегодня в 12:00», «завтра в 00:05», «20 ноября, пятница, 07:00», by the school's clock. */
export function when(at: EpochMs, { now, zone }: Moment): string {
  const days = Temporal.PlainDate.from(dayOf(now, zone)).until(dayOf(at, zone)).days;
  const near = { "-1": "вчера", 0: "сегодня", 1: "завтра" }[days];
  if (near !== undefined) return `${near} в\u00a0${clockTime(at, zone)}`;
  const day =
    DAYS.get(zone) ??
    new Intl.DateTimeFormat("ru-RU", { timeZone: zone, day: "numeric", month: "long", weekday: "long" });
  DAYS.set(zone, day);
  const parts = Object.fromEntries(day.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.day}\u00a0${parts.month}, ${parts.weekday}, ${clockTime(at, zone)}`;
}

/** «0,7 с», «12 мин» */
export function lasting(ms: number): string {
  return ms < 90_000
    ? `${(ms / 1000).toLocaleString("ru-RU", { maximumFractionDigits: 1 })}\u00a0с`
    : `${Math.round(ms / 60_000)}\u00a0мин`;
}

export type Mood = "good" | "bad" | "doubtful" | "plain";

/** One number with its name. */
export function figure(name: string, value: string | Html, mood: Mood = "plain"): Html {
  return html`<div class="${mood}"><dt>${name}</dt><dd>${value}</dd></div>`;
}

export interface Column {
  readonly name: string;
  /** Words stand left, numbers right. */
  readonly words?: boolean;
}

export interface Cell {
  readonly value: string | Html;
  readonly mood?: Mood;
}

/** A table that becomes a list of cards where it is narrow. The first column heads its row. */
export function table(
  columns: readonly Column[],
  rows: readonly { readonly head: string; readonly cells: readonly Cell[] }[],
): Html {
  const kind = (column: Column | undefined) => (column?.words ? "words" : "number");
  return html`<table class="cards"><thead><tr>${columns.map(
    (column, i) => html`<th scope="col" class="${i === 0 ? "words" : kind(column)}">${column.name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ head, cells }) =>
      html`<tr><th scope="row">${head}</th>${cells.map(
        ({ value, mood = "plain" }, i) =>
          html`<td class="${kind(columns[i + 1])} ${mood}" data-label="${columns[i + 1]?.name ?? ""}"><span>${value}</span></td>`,
      )}</tr>`,
  )}</tbody></table>`;
}
