import { z } from "zod";
import { dayOf } from "../../../domain/days.ts";
import { clockTime } from "../../../domain/russian.ts";
import type { EpochMs } from "../../../domain/time.ts";
import { queryOf } from "../../doors/form.ts";
import type { Seen } from "../../doors/pages.ts";

const filters = z.object({
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/),
  term: z
    .string()
    .max(100)
    .regex(/^\P{Cc}+$/u),
});

export interface Asked {
  /** Never later than now. */
  readonly at: EpochMs;
  /** As the address and the form have it; undefined: now. */
  readonly text: string | undefined;
  readonly term: string | undefined;
}

/** The moment and the term that the address names; what is no moment, or is not there yet, is now. */
export function askedOf({ request, now, zone }: Pick<Seen, "request" | "now" | "zone">): Asked {
  const { at: text, term } = queryOf(request, filters);
  const at = text === undefined ? null : instantOf(text, zone);
  return at === null || at >= now ? { at: now, text: undefined, term } : { at, text: addressTime(at, zone), term };
}

/** «2026-11-17T12:00», by the school's clock: what a field for day and time holds. */
export const addressTime = (at: EpochMs, zone: string): string => `${dayOf(at, zone)}T${clockTime(at, zone)}`;

function instantOf(text: string, zone: string): EpochMs | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
