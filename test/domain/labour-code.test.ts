import { expect, it } from "vitest";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";
import { labourCodeDaysOff } from "../../src/domain/labour-code.ts";

it("moves holidays outside January from a weekend to the next working day (article 112)", () => {
  expect(labourCodeDaysOff(2027).filter((day) => day > "2027-01-08")).toEqual([
    "2027-02-23",
    "2027-03-08",
    "2027-05-01",
    "2027-05-03",
    "2027-05-09",
    "2027-05-10",
    "2027-06-12",
    "2027-06-14",
    "2027-11-04",
  ]);
});

it("knows decree № 1466 for 2026: 31 December and 9 January besides", () => {
  const days = defaultCalendar.national.daysOff.filter((day) => day.startsWith("2026"));
  expect(days).toEqual([...new Set([...labourCodeDaysOff(2026), "2026-01-09", "2026-12-31"])].sort());
  expect(days).toContain("2026-03-09");
  expect(days).toContain("2026-05-11");
});
