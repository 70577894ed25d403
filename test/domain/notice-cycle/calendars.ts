import fc from "fast-check";
import type { SchoolCalendar } from "../../../src/domain/calendar.ts";
import { addDays } from "../../../src/domain/days.ts";
import type { CycleTerms } from "../../../src/domain/notice-cycle/plan.ts";

const day = fc.integer({ min: 0, max: 267 }).map((n) => addDays("2026-09-01", n));
const span = (longest: number) =>
  fc
    .tuple(day, fc.integer({ min: 1, max: longest }))
    .map(([from, length]) => ({ from, to: addDays(from, length - 1) }));

/** School years with up to four holidays and some closed days, of schools that work five or six days a week. */
export const calendars: fc.Arbitrary<SchoolCalendar> = fc
  .record({
    holidays: fc.array(span(16), { maxLength: 4 }),
    closed: fc.array(span(4), { maxLength: 5 }),
    saturdays: fc.boolean(),
  })
  .map(({ holidays, closed, saturdays }) => ({
    zone: "Europe/Moscow",
    workingWeekdays: saturdays ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5],
    years: [
      {
        from: "2026-09-01",
        to: "2027-05-26",
        groups: [
          { name: "все", grades: [5], terms: [], holidays: holidays.map((one) => ({ ...one, name: "каникулы" })) },
        ],
        closed: closed.map((one) => ({ ...one, reason: "карантин", classes: null })),
      },
    ],
    national: { daysOff: ["2026-11-04", "2027-02-23", "2027-03-08", "2027-05-03", "2027-05-10"], workingDays: [] },
  }));

export const of = { grade: 5, className: "5 А" };

/** Any rhythm over any calendar. */
export const anyTerms: fc.Arbitrary<CycleTerms> = fc.record({
  counting: fc.record({ calendar: calendars, of: fc.constant(of), countHolidays: fc.boolean() }),
  rhythm: fc.record({
    day: fc.integer({ min: 1, max: 7 }),
    hour: fc.constant("13:00"),
    weeks: fc.integer({ min: 1, max: 4 }),
    firstWeek: fc.integer({ min: 1, max: 4 }),
  }),
  days: fc.integer({ min: 5, max: 21 }),
  firstDays: fc.integer({ min: 1, max: 5 }),
});
