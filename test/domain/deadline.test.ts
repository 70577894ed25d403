import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWorkingDay, type SchoolCalendar } from "../../src/domain/calendar.ts";
import { addDays, dayOf } from "../../src/domain/days.ts";
import { createDeadlines, deadlineOf, endOfDay } from "../../src/domain/deadline.ts";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";

const of = { grade: 5, className: "5 А" };
const { reading } = defaultPolicy;
const terms = { calendar: defaultCalendar, reading, of };
const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const moscow = (text: string) => instant(`${text}+03:00`);

describe("articles 191, 193 and 194 of the Civil Code", () => {
  it("begin the period on the day after the event and end it at 24:00 of its last day", () => {
    expect(deadlineOf("2026-10-05", 1, terms)).toBe(moscow("2026-10-07T00:00"));
    expect(deadlineOf("2026-10-05", 3, terms)).toBe(moscow("2026-10-09T00:00"));
  });

  it("move an end on a day off to 24:00 of the next working day", () => {
    expect(deadlineOf("2026-10-08", 2, terms)).toBe(moscow("2026-10-13T00:00"));
    expect(deadlineOf("2026-11-03", 1, terms)).toBe(moscow("2026-11-06T00:00"));
    expect(deadlineOf("2026-10-22", 3, terms)).toBe(moscow("2026-11-03T00:00"));
    expect(deadlineOf("2026-12-29", 4, terms)).toBe(moscow("2027-01-12T00:00"));
  });

  it("move nothing else: days off inside the period count", () => {
    expect(deadlineOf("2026-10-09", 3, terms)).toBe(moscow("2026-10-13T00:00"));
  });

  it("yield to the policy", () => {
    const unmoved = { ...terms, reading: { ...reading, movesToWorkingDay: false } };
    expect(deadlineOf("2026-10-08", 2, unmoved)).toBe(moscow("2026-10-11T00:00"));
    const sameDayFirst = { ...terms, reading: { ...reading, beginsNextDay: false } };
    expect(deadlineOf("2026-10-05", 1, sameDayFirst)).toBe(moscow("2026-10-06T00:00"));
  });
});

describe("«в день проведения»", () => {
  it("ends at 24:00 of that day and is never moved", () => {
    const { sameDay } = createDeadlines(terms);
    expect(sameDay("2026-10-05")).toBe(moscow("2026-10-06T00:00"));
    expect(sameDay("2026-10-10")).toBe(moscow("2026-10-11T00:00"));
    const moved = createDeadlines({ ...terms, reading: { ...reading, movesSameDay: true } });
    expect(moved.sameDay("2026-10-10")).toBe(moscow("2026-10-13T00:00"));
    expect(moved.sameDay("2026-10-05")).toBe(moscow("2026-10-06T00:00"));
  });
});

describe("through changes of the clock", () => {
  it.each([
    ["Europe/Moscow", "2014-10-25", "2014-10-25T20:00:00Z"],
    ["Europe/Moscow", "2014-10-26", "2014-10-26T21:00:00Z"],
    ["America/New_York", "2026-03-07", "2026-03-08T05:00:00Z"],
    ["America/New_York", "2026-03-08", "2026-03-09T04:00:00Z"],
    ["America/New_York", "2026-11-01", "2026-11-02T05:00:00Z"],
    // Midnight of 4 November 2018 did not exist here: that day began at 01:00.
    ["America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z"],
    // The whole of 30 December 2011 did not exist here.
    ["Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z"],
    ["Asia/Yekaterinburg", "2026-10-05", "2026-10-05T19:00:00Z"],
    ["Asia/Kathmandu", "2026-10-05", "2026-10-05T18:15:00Z"],
  ])("%s: %s ends at %s", (zone, date, end) => {
    expect(endOfDay(date, zone)).toBe(instant(end));
  });

  const zone = fc.constantFrom(
    "Europe/Moscow",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Vladivostok",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Samara",
    "Pacific/Apia",
  );
  const day = fc.integer({ min: 0, max: 9000 }).map((days) => addDays("2005-01-01", days));

  it("ends each day after its last moment and at the first moment of a later one", () => {
    fc.assert(
      fc.property(zone, day, (name, date) => {
        const end = endOfDay(date, name);
        expect(dayOf(end - 1, name) <= date).toBe(true);
        expect(dayOf(end, name) > date).toBe(true);
        const hours = (end - endOfDay(addDays(date, -1), name)) / 3_600_000;
        expect(hours === 0 || (hours >= 22 && hours <= 26)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("any deadline", () => {
  const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays("2026-06-01", days));
  const days = fc.integer({ min: 1, max: 30 });
  const calendar = fc.record({ zone: fc.constantFrom("Europe/Moscow", "Asia/Vladivostok", "America/New_York") });

  it("is the end of a working day, the first one not before the period's last day", () => {
    fc.assert(
      fc.property(day, days, calendar, (event, length, { zone }) => {
        const own: SchoolCalendar = { ...defaultCalendar, zone };
        const due = deadlineOf(event, length, { ...terms, calendar: own });
        const last = addDays(event, length);
        const end = dayOf(due - 1, zone);
        expect(due).toBe(endOfDay(end, zone));
        expect(end >= last).toBe(true);
        expect(isWorkingDay(own, end, of)).toBe(true);
        for (let date = last; date < end; date = addDays(date, 1)) expect(isWorkingDay(own, date, of)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it("never comes earlier for more days or a later event, and is the same when asked again", () => {
    const deadlines = createDeadlines(terms);
    fc.assert(
      fc.property(day, days, (event, length) => {
        const due = deadlines.within(event, length);
        expect(deadlines.within(event, length + 1)).toBeGreaterThanOrEqual(due);
        expect(deadlines.within(addDays(event, 1), length)).toBeGreaterThanOrEqual(due);
        expect(deadlines.within(event, length)).toBe(deadlineOf(event, length, terms));
      }),
      { numRuns: 100 },
    );
  });
});
