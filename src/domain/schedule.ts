import { isWorkingDay, type SchoolCalendar } from "./calendar.ts";
import { addDays, dayOf } from "./days.ts";
import type { EpochMs, IsoDate } from "./time.ts";

/** When a job is due, in the school's own time. */
export type Schedule =
  | { readonly kind: "every"; readonly minutes: number }
  /** `HH:MM` of every day, holidays too. */
  | { readonly kind: "days"; readonly times: readonly string[] }
  /** `HH:MM` of each school day. Times before 04:00 belong to the day before: they frame its end. */
  | { readonly kind: "school-days"; readonly times: readonly string[] };

const NIGHT_ENDS = "04:00";
const GRADES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** The instants in `(after, upTo]` at which the job is due, in order. Pure; a time that daylight saving skips moves to the next one that exists. */
export function ticksBetween(schedule: Schedule, calendar: SchoolCalendar, after: EpochMs, upTo: EpochMs): EpochMs[] {
  if (upTo <= after) return [];
  if (schedule.kind === "every") {
    const step = schedule.minutes * 60_000;
    const ticks: EpochMs[] = [];
    for (let at = (Math.floor(after / step) + 1) * step; at <= upTo; at += step) ticks.push(at);
    return ticks;
  }
  const { zone } = calendar;
  const ticks: EpochMs[] = [];
  const last = dayOf(upTo, zone);
  for (let day = dayOf(after, zone); day <= last; day = addDays(day, 1)) {
    for (const time of schedule.times.toSorted()) {
      if (schedule.kind === "school-days" && !isSchoolDay(calendar, time < NIGHT_ENDS ? addDays(day, -1) : day))
        continue;
      const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, {
        disambiguation: "compatible",
      }).epochMilliseconds;
      if (at > after && at <= upTo) ticks.push(at);
    }
  }
  return [...new Set(ticks)].sort((a, b) => a - b);
}

/** The next due instant after `now`; null when there is none within a year. */
export function nextTick(schedule: Schedule, calendar: SchoolCalendar, now: EpochMs): EpochMs | null {
  if (schedule.kind === "every")
    return ticksBetween(schedule, calendar, now, now + schedule.minutes * 60_000)[0] ?? null;
  for (let day = 0; day < 366; day += 7) {
    const week = 7 * 86_400_000;
    const tick = ticksBetween(schedule, calendar, now + (day / 7) * week, now + (day / 7 + 1) * week)[0];
    if (tick !== undefined) return tick;
  }
  return null;
}

/** A day on which at least one grade has school. */
function isSchoolDay(calendar: SchoolCalendar, day: IsoDate): boolean {
  return GRADES.some((grade) => isWorkingDay(calendar, day, { grade, className: "" }));
}
