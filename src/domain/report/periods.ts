import type { Span } from "../calendar.ts";
import { nextMonth, previousMonth, spanOf } from "../control/month.ts";
import { addDays, weekdayOf } from "../days.ts";
import type { IsoDate } from "../time.ts";

export type PeriodUnit = "week" | "month";

/** The last weeks (Monday to Sunday) or months up to that of `today`, oldest first. Pure. */
export function lastPeriods(unit: PeriodUnit, today: IsoDate, count: number): readonly Span[] {
  if (unit === "week") {
    const monday = addDays(today, 1 - weekdayOf(today));
    return Array.from({ length: count }, (_, i) => {
      const from = addDays(monday, -7 * (count - 1 - i));
      return { from, to: addDays(from, 6) };
    });
  }
  let month = today.slice(0, 7);
  for (let i = 1; i < count; i++) month = previousMonth(month);
  return Array.from({ length: count }, () => {
    const span = spanOf(month);
    month = nextMonth(month);
    return span;
  });
}
