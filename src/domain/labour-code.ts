import { addDays, weekdayOf } from "./days.ts";
import { remember } from "./remember.ts";
import type { IsoDate } from "./time.ts";

const january = ["01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07", "01-08"];
const others = ["02-23", "03-08", "05-01", "05-09", "06-12", "11-04"];

/**
 * Russia's days off of one year by article 112 of the Labour Code alone: its holidays, and for each outside January that falls on a weekend the
 * next working day. The Government's decree may add transfers, which only a configured calendar knows.
 */
export const labourCodeDaysOff = remember((year: number): readonly IsoDate[] => {
  const days = new Set([...january, ...others].map((day) => `${year}-${day}`));
  for (const day of others) {
    const holiday = `${year}-${day}`;
    if (weekdayOf(holiday) < 6) continue;
    let moved = addDays(holiday, 1);
    while (weekdayOf(moved) > 5 || days.has(moved)) moved = addDays(moved, 1);
    days.add(moved);
  }
  return [...days].sort();
});
