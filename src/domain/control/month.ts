import type { Span } from "../calendar.ts";
import { addDays } from "../days.ts";
import type { IsoDate } from "../time.ts";

/** A calendar month, `YYYY-MM`. */
export type Month = string;

export function monthOf(date: IsoDate): Month {
  return date.slice(0, 7);
}

/** First and last day. */
export function spanOf(month: Month): Span {
  return { from: `${month}-01`, to: addDays(`${nextMonth(month)}-01`, -1) };
}

export function nextMonth(month: Month): Month {
  return monthOf(addDays(`${month}-28`, 4));
}

export function previousMonth(month: Month): Month {
  return monthOf(addDays(`${month}-01`, -1));
}

const names = [
  "январь",
  "февраль",
  "март",
  "апрель",
  "май",
  "июнь",
  "июль",
  "август",
  "сентябрь",
  "октябрь",
  "ноябрь",
  "декабрь",
] as const;

/** «октябрь 2026 г.» */
export function monthName(month: Month): string {
  return `${names[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}\u00a0г.`;
}
