import { InvalidArgumentError } from "commander";
import type { EpochMs, IsoDate } from "../domain/time.ts";

/** A day as people and programs write it: `2026-10-05` or `05.10.2026`. */
export function parseDay(text: string): IsoDate {
  const russian = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = russian
    ? `${russian[3]}-${(russian[2] ?? "").padStart(2, "0")}-${(russian[1] ?? "").padStart(2, "0")}`
    : text;
  try {
    return Temporal.PlainDate.from(iso, { overflow: "reject" }).toString();
  } catch {
    throw new InvalidArgumentError(`«${text}» – не дата: напишите, например, 2026-10-05 или 05.10.2026.`);
  }
}

/** A moment with its offset, `2026-10-05T12:00:00+03:00`, to the end of its second: what happened within it had happened. */
export function parseMoment(text: string): EpochMs {
  try {
    return Temporal.Instant.from(text).round({ smallestUnit: "second", roundingMode: "floor" }).epochMilliseconds + 999;
  } catch {
    throw new InvalidArgumentError(`«${text}» – не момент времени: напишите, например, 2026-10-05T12:00:00+03:00.`);
  }
}

/** A whole number from 1. */
export function parseNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError(`«${text}» – не номер: напишите целое число, например 12.`);
}
