import { describe, expect, it } from "vitest";
import type { SchoolCalendar } from "../../src/domain/calendar.ts";
import { yearView } from "../../src/domain/calendar-view.ts";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";

const calendar: SchoolCalendar = {
  ...defaultCalendar,
  national: { ...defaultCalendar.national, workingDays: ["2027-02-20"] },
  years: defaultCalendar.years.map((year) => ({
    ...year,
    closed: [{ from: "2027-01-18", to: "2027-01-19", reason: "карантин", classes: ["5 А"] }],
    shortened: [{ date: "2026-12-29", fromLesson: 4, reason: "ёлка", classes: ["5 А"] }],
    results: [{ term: "1 четверть", on: "2026-10-26", grades: null, classes: null }],
  })),
};
const day = (date: string, of: { grade: number; className: string } | null) =>
  yearView(calendar, "2026-10-01", of).days.find((one) => one.date === date);
const fifth = { grade: 5, className: "5 А" };

describe("the year as people look at it", () => {
  it("holds every day of the months that it touches, once", () => {
    const { days } = yearView(calendar, "2026-10-01", null);
    expect([days[0]?.date, days.at(-1)?.date, days.length, new Set(days.map(({ date }) => date)).size]).toEqual([
      "2026-09-01",
      "2027-05-31",
      273,
      273,
    ]);
  });

  it("tells what a day is to the school, and to one class", () => {
    const kinds = (date: string) => [
      day(date, null)?.kind,
      day(date, fifth)?.kind,
      day(date, { grade: 1, className: "1 А" })?.kind,
    ];
    expect(kinds("2026-10-05")).toEqual(["working", "working", "working"]);
    expect(kinds("2026-10-10")).toEqual(["weekend", "weekend", "weekend"]);
    expect(kinds("2026-10-26")).toEqual(["holidays", "holidays", "holidays"]);
    expect(kinds("2027-02-16")).toEqual(["partly", "working", "holidays"]);
    expect(kinds("2027-01-18")).toEqual(["partly", "closed", "working"]);
    expect(kinds("2026-11-04")).toEqual(["national", "national", "national"]);
    expect(kinds("2027-05-27")).toEqual(["outside", "outside", "outside"]);
  });

  it("marks terms, transfers, shortened days and results", () => {
    expect(day("2026-09-01", fifth)).toMatchObject({ begins: true, ends: false });
    expect(day("2026-10-23", fifth)).toMatchObject({ begins: false, ends: true });
    expect([day("2026-12-31", fifth)?.transferred, day("2026-12-30", fifth)?.transferred]).toEqual([true, false]);
    expect(day("2027-02-20", fifth)).toMatchObject({ transferred: true, kind: "working" });
    expect(
      [day("2026-12-29", null), day("2026-12-29", fifth), day("2026-12-29", { grade: 6, className: "6 А" })].map(
        (one) => one?.shortenedFrom,
      ),
    ).toEqual([4, 4, null]);
    expect([day("2026-10-26", fifth)?.results, day("2026-10-23", fifth)?.results]).toEqual([true, false]);
  });
});
