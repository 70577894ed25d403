import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isLessonDay,
  isWorkingDay,
  nextWorkingDay,
  resultDayOf,
  type SchoolCalendar,
  sameClass,
  schoolYearOf,
  shiftOf,
  shortenedFrom,
  termOf,
} from "../../src/domain/calendar.ts";
import { addDays, weekdayOf } from "../../src/domain/days.ts";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";
import { withJournalTerms } from "../../src/domain/journal-terms.ts";

const fifth = { grade: 5, className: "5 А" };
const first = { grade: 1, className: "1 Б" };
const works = (date: string, of = fifth, calendar: SchoolCalendar = defaultCalendar) =>
  isWorkingDay(calendar, date, of);

const closed = { from: "2026-10-05", to: "2026-10-06", reason: "карантин", classes: ["5-а"] };
const withClosed: SchoolCalendar = {
  ...defaultCalendar,
  years: defaultCalendar.years.map((year) => ({ ...year, closed: [closed] })),
};

describe("a working day of the school", () => {
  it("is a working weekday inside the school year", () => {
    expect(works("2026-10-05")).toBe(true);
    expect(works("2026-10-10")).toBe(false);
    expect(works("2026-08-31")).toBe(false);
    expect(works("2027-05-26")).toBe(true);
    expect(works("2027-05-27")).toBe(false);
  });

  it("is not in the holidays of the class's group", () => {
    expect(works("2026-10-26")).toBe(false);
    expect(works("2027-02-16")).toBe(true);
    expect(works("2027-02-16", first)).toBe(false);
  });

  it("is not a national day off, transferred ones included", () => {
    for (const day of ["2026-11-04", "2026-12-31", "2027-02-23", "2027-05-03", "2027-05-10"])
      expect(works(day)).toBe(false);
  });

  it("is a Saturday that became a working day by a transfer", () => {
    const national = { ...defaultCalendar.national, workingDays: ["2026-10-10"] };
    expect(works("2026-10-10", fifth, { ...defaultCalendar, national })).toBe(true);
  });

  it("is not a closed day, for the classes concerned", () => {
    expect(works("2026-10-05", fifth, withClosed)).toBe(false);
    expect(works("2026-10-05", { grade: 5, className: "5 Б" }, withClosed)).toBe(true);
    expect(isLessonDay(withClosed, "2026-10-06", fifth)).toBe(false);
  });

  it("follows the school's own weekdays", () => {
    expect(works("2026-10-10", fifth, { ...defaultCalendar, workingWeekdays: [1, 2, 3, 4, 5, 6] })).toBe(true);
  });

  it("rests with every group when the grade is unknown", () => {
    expect(works("2027-02-16", { ...fifth, grade: -1 })).toBe(false);
    expect(isWorkingDay(defaultCalendar, "2027-02-16", { grade: null, className: "?" })).toBe(false);
  });

  it("follows the Labour Code in a year of which nobody told anything", () => {
    expect(works("2029-11-05")).toBe(false);
    expect(works("2029-11-06")).toBe(true);
    expect(works("2029-06-01")).toBe(false);
  });
});

it("takes a Saturday inside a term for a possible lesson day, though it is no working day", () => {
  expect(isLessonDay(defaultCalendar, "2026-10-10", fifth)).toBe(true);
  expect(isLessonDay(defaultCalendar, "2026-10-24", fifth)).toBe(false);
});

it("finds the next working day over weekends, holidays and the summer", () => {
  const next = (date: string, of = fifth) => nextWorkingDay(defaultCalendar, date, of);
  expect(next("2026-10-09")).toBe("2026-10-12");
  expect(next("2026-10-23")).toBe("2026-11-02");
  expect(next("2026-12-30")).toBe("2027-01-11");
  expect(next("2027-02-12", first)).toBe("2027-02-22");
  expect(next("2027-02-22")).toBe("2027-02-24");
  expect(next("2027-05-26")).toBe("2027-09-01");
});

it("knows the term of a day", () => {
  expect(termOf(defaultCalendar, "2026-10-05", fifth)?.name).toBe("1 четверть");
  expect(termOf(defaultCalendar, "2026-10-26", fifth)).toBeNull();
});

it("tells classes apart as people write them", () => {
  for (const name of ["5а", "5-А", "5 а", "5«А»", "5 A"]) expect(sameClass("5 А", name)).toBe(true);
  expect(sameClass("5 А", "5 Б")).toBe(false);
});

describe("any day", () => {
  const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays("2025-09-01", days));
  const of = fc.constantFrom(fifth, first, { grade: null, className: "?" }, { grade: 12, className: "12" });

  it("has a next working day that is the nearest one after it", () => {
    fc.assert(
      fc.property(day, of, (date, key) => {
        const next = nextWorkingDay(defaultCalendar, date, key);
        expect(next > date).toBe(true);
        expect(isWorkingDay(defaultCalendar, next, key)).toBe(true);
        for (let between = addDays(date, 1); between < next; between = addDays(between, 1)) {
          expect(isWorkingDay(defaultCalendar, between, key)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is a lesson day wherever it is a working day, and never both a weekend and a working day", () => {
    fc.assert(
      fc.property(day, of, (date, key) => {
        if (!isWorkingDay(defaultCalendar, date, key)) return;
        expect(isLessonDay(defaultCalendar, date, key)).toBe(true);
        expect(weekdayOf(date)).toBeLessThan(6);
      }),
    );
  });

  it("belongs to the school year that began on the last first of August", () => {
    fc.assert(
      fc.property(day, (date) => {
        const began = schoolYearOf(date);
        expect(`${began}-08-01` <= date && date < `${began + 1}-08-01`).toBe(true);
      }),
    );
  });
});

describe("a day that ended early", () => {
  const calendar: SchoolCalendar = {
    ...defaultCalendar,
    years: defaultCalendar.years.map((year) => ({
      ...year,
      shortened: [
        { date: "2026-12-30", fromLesson: 5, reason: "праздник", classes: null },
        { date: "2026-12-30", fromLesson: 4, reason: "ёлка", classes: ["5а"] },
      ],
    })),
  };

  it("ends where the earliest word about the class says, and is a lesson day still", () => {
    expect(shortenedFrom(calendar, "2026-12-30", fifth)).toBe(4);
    expect(shortenedFrom(calendar, "2026-12-30", { grade: 5, className: "5 Б" })).toBe(5);
    expect(shortenedFrom(calendar, "2026-12-29", fifth)).toBeNull();
    expect(isLessonDay(calendar, "2026-12-30", fifth)).toBe(true);
  });
});

describe("shifts and results", () => {
  const bells = [{ from: "08:30", to: "09:10" }];
  const calendar: SchoolCalendar = {
    ...defaultCalendar,
    years: defaultCalendar.years.map((year) => ({
      ...year,
      shifts: [
        { name: "1 смена", grades: [5, 6], classes: [], bells },
        { name: "2 смена", grades: [], classes: ["5 В"], bells },
      ],
      results: [
        { term: "1 Четверть", on: "2026-10-26", grades: null, classes: null },
        { term: "1 четверть", on: "2026-10-22", grades: [5], classes: null },
        { term: "1 четверть", on: "2026-10-21", grades: null, classes: ["5 Б"] },
      ],
    })),
  };
  const term = { name: "1 четверть", to: "2026-10-23" };

  it("take a class that is named before its grade, and a grade before all", () => {
    expect(shiftOf(calendar, "2026-10-05", fifth)?.name).toBe("1 смена");
    expect(shiftOf(calendar, "2026-10-05", { grade: 5, className: "5 в" })?.name).toBe("2 смена");
    expect(shiftOf(calendar, "2026-10-05", { grade: 9, className: "9 А" })).toBeNull();
    expect(resultDayOf(calendar, term.name, term.to, { grade: 5, className: "5 Б" })).toBe("2026-10-21");
    expect(resultDayOf(calendar, term.name, term.to, fifth)).toBe("2026-10-22");
    expect(resultDayOf(calendar, term.name, term.to, { grade: 6, className: "6 А" })).toBe("2026-10-26");
  });

  it("are not told where nobody named the results", () => {
    expect(resultDayOf(calendar, "2 четверть", "2026-12-30", fifth)).toBeNull();
  });

  it("stay the school's own word when the journal tells the terms", () => {
    const told = withJournalTerms(calendar, [{ name: "1 четверть", from: "2026-09-01", to: "2026-10-25" }]);
    expect(told.years[0]).toMatchObject({
      from: "2026-09-01",
      shifts: calendar.years[0]?.shifts,
      results: calendar.years[0]?.results,
    });
    expect(resultDayOf(told, "1 четверть", "2026-10-25", fifth)).toBe("2026-10-22");
  });
});
