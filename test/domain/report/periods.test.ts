import { expect, it } from "vitest";
import { lastPeriods } from "../../../src/domain/report/periods.ts";

it("counts weeks from Monday to Sunday, through the new year", () => {
  expect(lastPeriods("week", "2027-01-03", 2)).toEqual([
    { from: "2026-12-21", to: "2026-12-27" },
    { from: "2026-12-28", to: "2027-01-03" },
  ]);
});

it("counts months by their own lengths", () => {
  expect(lastPeriods("month", "2027-02-28", 3)).toEqual([
    { from: "2026-12-01", to: "2026-12-31" },
    { from: "2027-01-01", to: "2027-01-31" },
    { from: "2027-02-01", to: "2027-02-28" },
  ]);
});
