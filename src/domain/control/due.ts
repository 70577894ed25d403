import type { SchoolCalendar } from "../calendar.ts";
import { addDays, weekdayOf } from "../days.ts";
import type { IsoDate } from "../time.ts";
import { type Month, monthOf, nextMonth, previousMonth, spanOf } from "./month.ts";

/** The month whose control is due on `today`: from the policy's working day after its end on. Null when none is, for no school year touches it. */
export function monthDue(calendar: SchoolCalendar, today: IsoDate, workingDay: number): Month | null {
  const month = previousMonth(monthOf(today));
  const { from, to } = spanOf(month);
  const taught = calendar.years.some((year) => year.from <= to && from <= year.to);
  return taught && controlDay(calendar, month, workingDay) <= today ? month : null;
}

/** The n-th day after the month's end on which the staff works: school holidays are no days off for it. */
export function controlDay(calendar: SchoolCalendar, month: Month, workingDay: number): IsoDate {
  let left = workingDay;
  for (let day = `${nextMonth(month)}-01`; ; day = addDays(day, 1)) {
    if (isStaffDay(calendar, day)) left -= 1;
    if (left <= 0) return day;
  }
}

/** A day on which the staff works, the pupils' holidays included. */
export function isStaffDay({ workingWeekdays, national }: SchoolCalendar, day: IsoDate): boolean {
  if (national.workingDays.includes(day)) return true;
  return workingWeekdays.includes(weekdayOf(day)) && !national.daysOff.includes(day);
}
