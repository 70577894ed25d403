import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";

/** The school lives in Moscow time, which has no daylight saving. */
export function moment(day: IsoDate, minutes: number): EpochMs {
  return Date.parse(`${day}T00:00:00+03:00`) + minutes * 60_000;
}

export function addDays(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday. */
export function weekday(day: IsoDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

interface Holiday {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const HOLIDAYS: readonly Holiday[] = [
  { from: "2026-10-24", to: "2026-11-01" },
  { from: "2026-12-31", to: "2027-01-10" },
  { from: "2027-03-27", to: "2027-04-04" },
];

/** The youngest rest once more. */
const YOUNGEST: Holiday = { from: "2027-02-13", to: "2027-02-21" };

const NATIONAL: ReadonlySet<IsoDate> = new Set(["2026-11-04", "2027-02-23", "2027-03-08", "2027-05-03", "2027-05-10"]);

/** Days on which lessons are held, both ends included. */
export function schoolDays(from: IsoDate, to: IsoDate, grade: number): IsoDate[] {
  const holidays = grade <= 1 ? [...HOLIDAYS, YOUNGEST] : HOLIDAYS;
  const days: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (weekday(day) > 5 || NATIONAL.has(day)) continue;
    if (holidays.some((holiday) => holiday.from <= day && day <= holiday.to)) continue;
    days.push(day);
  }
  return days;
}

/** Whether the day, a weekend perhaps, lies in the time in which the grade is taught. */
export function isSchoolTime(day: IsoDate, grade: number): boolean {
  const holidays = grade <= 1 ? [...HOLIDAYS, YOUNGEST] : HOLIDAYS;
  const rests = NATIONAL.has(day) || holidays.some((holiday) => holiday.from <= day && day <= holiday.to);
  return YEAR.from <= day && day <= YEAR.to && !rests;
}

export const YEAR = { from: "2026-09-01", to: "2027-05-26" } as const;

export const QUARTERS = [
  { id: "360000", name: "1 четверть", from: "2026-09-01", to: "2026-10-23" },
  { id: "360001", name: "2 четверть", from: "2026-11-02", to: "2026-12-30" },
  { id: "360002", name: "3 четверть", from: "2027-01-11", to: "2027-03-26" },
  { id: "360003", name: "4 четверть", from: "2027-04-05", to: "2027-05-26" },
] as const;

export const HALF_YEARS = [
  { id: "360004", name: "1 полугодие", from: "2026-09-01", to: "2026-12-30" },
  { id: "360005", name: "2 полугодие", from: "2027-01-11", to: "2027-05-26" },
] as const;

export const WHOLE_YEAR = { id: "360010", name: "Год", from: "2026-09-01", to: "2027-05-26" } as const;
