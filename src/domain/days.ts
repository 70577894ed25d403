import { remember } from "./remember.ts";
import type { EpochMs, IsoDate } from "./time.ts";

const later = remember((days: number) =>
  remember((date: IsoDate): IsoDate => Temporal.PlainDate.from(date).add({ days }).toString()),
);

/** The calendar day `days` after `date`. Throws a `RangeError` when `date` is no ISO date. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return later(days)(date);
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export const weekdayOf = remember((date: IsoDate): number => Temporal.PlainDate.from(date).dayOfWeek);

/** The later one of two days. */
export function laterDay(one: IsoDate, other: IsoDate): IsoDate {
  if (one < other) return other;
  return one;
}

/** The earlier one of two days. */
export function earlierDay(one: IsoDate, other: IsoDate): IsoDate {
  if (one < other) return one;
  return other;
}

const starts = remember((zone: string) =>
  remember(
    (date: IsoDate): EpochMs => Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds,
  ),
);

/** The instant at which the calendar day `date` begins in `zone`: usually 00:00, later where a daylight change skips midnight. */
export function startOfDay(date: IsoDate, zone: string): EpochMs {
  return starts(zone)(date);
}

/** The calendar day on which the instant `at` falls in `zone`. */
export function dayOf(at: EpochMs, zone: string): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}
