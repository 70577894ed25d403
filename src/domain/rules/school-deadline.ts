import { isWorkingDay, nextWorkingDay, yearOf } from "../calendar.ts";
import { addDays } from "../days.ts";
import { endOfDay } from "../deadline.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { SchoolCase } from "./school-case.ts";

/** The school as a whole: it rests when any of its classes does. */
export const WHOLE_SCHOOL = { grade: null, className: "" } as const;

/**
 * 24:00 of the `days`-th day after an event of the whole school; on a day off, of the school's next working day by the policy's reading. After the
 * school year's last day offices work on: nothing is put off to September.
 */
export function schoolDeadline({ calendar, policy }: SchoolCase, event: IsoDate, days: number): EpochMs {
  const last = addDays(event, policy.reading.beginsNextDay ? days : days - 1);
  const moves = policy.reading.movesToWorkingDay && last <= yearOf(calendar, event).to;
  const moved = moves && !isWorkingDay(calendar, last, WHOLE_SCHOOL);
  return endOfDay(moved ? nextWorkingDay(calendar, last, WHOLE_SCHOOL) : last, calendar.zone);
}
