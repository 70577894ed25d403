import type { SchoolCalendar } from "../calendar.ts";
import type { SchoolSnapshot } from "../facts.ts";
import type { Policy } from "../policy.ts";
import type { EpochMs, IsoDate } from "../time.ts";

/** A whole school for the rules that no class can answer. */
export interface SchoolCase {
  readonly snapshot: SchoolSnapshot;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
  readonly asOf: EpochMs;
  /** The school's day on which `asOf` falls. */
  readonly today: IsoDate;
}
