import type { SchoolCalendar } from "../../../src/domain/calendar.ts";
import { defaultCalendar } from "../../../src/domain/default-calendar.ts";

/** The shipped calendar as a school that has confirmed its holidays. */
export const toldCalendar: SchoolCalendar = {
  ...defaultCalendar,
  years: defaultCalendar.years.map((year) => ({ ...year, assumed: false })),
};
