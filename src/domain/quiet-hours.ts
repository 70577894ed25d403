import type { EpochMs } from "./time.ts";

/** School-time `HH:MM`; from the evening over midnight to the morning. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** When a letter that was written at `at` may go: at once, or at the end of the quiet hours in which it was written. */
export function afterQuiet(at: EpochMs, { from, to }: QuietHours, zone: string): EpochMs {
  if (from === to) return at;
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const time = now.toPlainTime().toString({ smallestUnit: "minute", roundingMode: "floor" });
  const quiet = from < to ? from <= time && time < to : time >= from || time < to;
  if (!quiet) return at;
  const day = now.toPlainDate().add({ days: time < to ? 0 : 1 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: to }).epochMilliseconds;
}
