import type { CalendarGroup, Holidays, SchoolCalendar } from "./calendar.ts";
import { labourCodeDaysOff } from "./labour-code.ts";

const autumn: Holidays = { name: "осенние каникулы", from: "2026-10-24", to: "2026-11-01" };
const winter: Holidays = { name: "зимние каникулы", from: "2026-12-31", to: "2027-01-10" };
const february: Holidays = { name: "дополнительные каникулы", from: "2027-02-13", to: "2027-02-21" };
const spring: Holidays = { name: "весенние каникулы", from: "2027-03-27", to: "2027-04-04" };

const terms = [
  { name: "1 четверть", from: "2026-09-01", to: "2026-10-23" },
  { name: "2 четверть", from: "2026-11-02", to: "2026-12-30" },
  { name: "3 четверть", from: "2027-01-11", to: "2027-03-26" },
  { name: "4 четверть", from: "2027-04-05", to: "2027-05-26" },
];

const youngest: CalendarGroup = {
  name: "подготовительный и 1 классы",
  grades: [0, 1],
  terms,
  holidays: [autumn, winter, february, spring],
};

const others: CalendarGroup = {
  name: "2–12 классы",
  grades: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  terms,
  holidays: [autumn, winter, spring],
};

/**
 * The same as `config/calendar/2026-2027.yaml`, so that a missing file works; the days off of 2026 are those of Government decree № 1466 of
 * 24 September 2025, for 2027 those of the Labour Code. The school year is assumed: the journal's own terms are better.
 */
export const defaultCalendar: SchoolCalendar = {
  zone: "Europe/Moscow",
  workingWeekdays: [1, 2, 3, 4, 5],
  years: [{ from: "2026-09-01", to: "2027-05-26", groups: [youngest, others], closed: [], assumed: true }],
  national: {
    daysOff: [...labourCodeDaysOff(2026), "2026-01-09", "2026-12-31", ...labourCodeDaysOff(2027)].sort(),
    workingDays: [],
  },
};
