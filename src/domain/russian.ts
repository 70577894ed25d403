import { dayOf, startOfDay } from "./days.ts";
import { counted, longDay } from "./notice/words.ts";
import type { EpochMs } from "./time.ts";

const minuteMs = 60_000;

/** «5 октября 2026 г., 23:50», by the zone's clock. */
export function moment(at: EpochMs, zone: string): string {
  return `${longDay(dayOf(at, zone))}, ${clockTime(at, zone)}`;
}

/** With the full stop that ends it; «2026 г.» has one already. */
export function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

/** A deadline as one says it: «24:00 5 октября 2026 г.» when it is the end of a day, else as any moment. */
export function deadline(at: EpochMs, zone: string): string {
  const day = dayOf(at - 1, zone);
  return startOfDay(dayOf(at, zone), zone) === at ? `24:00 ${longDay(day)}` : moment(at, zone);
}

/** «23:50» */
export function clockTime(at: EpochMs, zone: string): string {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** «2 дня 3 часа», «1 час 20 минут», «1 минуту»: the two largest units, in the accusative, as after «на». Less than a minute is «0 минут». */
export function duration(ms: number, rounding: "floor" | "ceil"): string {
  const exact = Math[rounding](ms / minuteMs);
  const step = exact >= 24 * 60 ? 60 : 1;
  const minutes = Math[rounding](exact / step) * step;
  const parts = [
    [Math.floor(minutes / (24 * 60)), "день", "дня", "дней"],
    [Math.floor(minutes / 60) % 24, "час", "часа", "часов"],
    [minutes % 60, "минуту", "минуты", "минут"],
  ] as const;
  const said = parts.flatMap(([count, one, few, many]) => (count > 0 ? [counted(count, one, few, many)] : []));
  return said.length === 0 ? counted(0, "минуту", "минуты", "минут") : said.join(" ");
}
