import { describe, expect, it } from "vitest";
import { isWorkingDay, termOf } from "../../src/domain/calendar.ts";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";
import { withJournalTerms } from "../../src/domain/journal-terms.ts";

const fifth = { grade: 5, className: "5 А" };
const quarters = [
  { name: "1 четверть", from: "2026-09-01", to: "2026-10-30" },
  { name: "2 четверть", from: "2026-11-09", to: "2026-12-29" },
  { name: "1 полугодие", from: "2026-09-01", to: "2026-12-29" },
  { name: "3 четверть", from: "2027-01-12", to: "2027-03-19" },
  { name: "4 четверть", from: "2027-03-29", to: "2027-05-28" },
  { name: "2 полугодие", from: "2027-01-12", to: "2027-05-28" },
  { name: "Год", from: "2026-09-01", to: "2027-05-28" },
  { name: "Экзамен", from: null, to: null },
];

describe("the journal's own terms", () => {
  it("take the place of an assumed school year, their gaps being the holidays", () => {
    const calendar = withJournalTerms(defaultCalendar, quarters);
    expect(isWorkingDay(calendar, "2026-10-26", fifth)).toBe(true);
    expect(isWorkingDay(calendar, "2026-11-03", fifth)).toBe(false);
    expect(isWorkingDay(calendar, "2027-03-24", fifth)).toBe(false);
    expect(isWorkingDay(calendar, "2027-05-28", fifth)).toBe(true);
    expect(isWorkingDay(calendar, "2027-05-31", fifth)).toBe(false);
    expect(termOf(calendar, "2026-10-05", fifth)?.name).toBe("1 четверть");
  });

  it("never take the place of a configured one", () => {
    const years = defaultCalendar.years.map(({ assumed: _, ...year }) => year);
    const configured = { ...defaultCalendar, years };
    expect(withJournalTerms(configured, quarters)).toBe(configured);
  });

  it("change nothing when the journal does not tell any", () => {
    expect(withJournalTerms(defaultCalendar, [{ name: "1 четверть", from: null, to: null }])).toBe(defaultCalendar);
    const yearOnly = quarters.filter(({ name }) => name === "Год");
    expect(withJournalTerms(defaultCalendar, yearOnly)).toBe(defaultCalendar);
  });

  it("do not end the year where they only end its first half", () => {
    const calendar = withJournalTerms(defaultCalendar, quarters.slice(0, 2));
    expect(isWorkingDay(calendar, "2027-03-02", fifth)).toBe(true);
    expect(calendar.years).toHaveLength(1);
  });

  it("leave the assumed holidays of the time that they do not tell yet", () => {
    const calendar = withJournalTerms(defaultCalendar, quarters.slice(0, 2));
    expect(isWorkingDay(calendar, "2027-03-29", fifth)).toBe(false);
    expect(isWorkingDay(calendar, "2026-10-26", fifth)).toBe(true);
    const whole = withJournalTerms(defaultCalendar, quarters);
    expect(isWorkingDay(whole, "2027-03-29", fifth)).toBe(true);
  });

  it("make no holidays of a term whose days nobody has filled in", () => {
    const calendar = withJournalTerms(
      defaultCalendar,
      quarters.filter(({ name }) => name !== "2 четверть"),
    );
    expect(isWorkingDay(calendar, "2026-11-20", fifth)).toBe(true);
    expect(isWorkingDay(calendar, "2027-01-11", fifth)).toBe(true);
    expect(isWorkingDay(calendar, "2026-12-30", fifth)).toBe(true);
    expect(isWorkingDay(calendar, "2026-12-31", fifth)).toBe(false);
    expect(isWorkingDay(calendar, "2027-03-24", fifth)).toBe(false);
  });

  it("leave the first graders their holidays within a term", () => {
    const calendar = withJournalTerms(defaultCalendar, quarters);
    expect(isWorkingDay(calendar, "2027-02-16", { grade: 1, className: "1 А" })).toBe(false);
    expect(isWorkingDay(calendar, "2027-02-16", fifth)).toBe(true);
  });

  it("make a year of which nothing is assumed", () => {
    const calendar = withJournalTerms({ ...defaultCalendar, years: [] }, quarters);
    expect(isWorkingDay(calendar, "2026-11-03", fifth)).toBe(false);
    expect(isWorkingDay(calendar, "2026-10-26", fifth)).toBe(true);
  });
});
