/** Milliseconds since the epoch. Facts are many, so instants in bulk are plain numbers; `Temporal` computes with them at the borders. */
export type EpochMs = number;

/** A school day as `YYYY-MM-DD`, without a zone: comparable and usable as a key. */
export type IsoDate = string;

/** The instant with the zone's offset, as `2026-10-05T12:00:00+03:00`. */
export function isoWithOffset(at: EpochMs, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: "never", smallestUnit: "second", roundingMode: "floor" });
}
