import { describe, expect, it } from "vitest";
import type { SchoolYear } from "../../../src/domain/calendar.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at, check, classOf, findingsOf, lesson, pupil, tallyOf, teacher } from "./classroom.ts";

const rule = "lesson-same-day";

const frost = { from: "2026-10-16", to: "2026-10-16", reason: "мороз", classes: ["5а"] };
const closedOnce = (year: SchoolYear): SchoolYear => ({ ...year, closed: [frost] });

describe("Порядок 3.1.1: the record of a lesson on its day", () => {
  it("counts a topic seen exactly at 24:00 as in time", () => {
    const topic = ["2026-10-05 23:50", "2026-10-06 00:00", "Дроби"] as const;
    const outcome = check(classOf({ lessons: [lesson({ topic })] }));
    expect(findingsOf(outcome, rule)).toEqual([]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
  });

  it("counts a topic as late when a pass at 24:00 did not have it", () => {
    const topic = ["2026-10-06 00:00", "2026-10-06 07:30", "Дроби"] as const;
    const [finding] = findingsOf(check(classOf({ lessons: [lesson({ topic })] })), rule);
    expect(finding).toMatchObject({
      verdict: "late",
      settled: true,
      severity: "violation",
      clause: "Порядок, пп. 3.1.1, 8",
      dueAt: at("2026-10-06 00:00"),
      absentAt: at("2026-10-06 00:00"),
      seenAt: at("2026-10-06 07:30"),
      className: "5 А",
      subject: "Математика",
      lessonDate: "2026-10-05",
      lessonExternalId: "l1",
      pupilExternalId: null,
      accountable: teacher,
    });
  });

  it("counts a topic as unproved when the pass gap spans the deadline", () => {
    const topic = ["2026-10-05 23:59", "2026-10-06 00:01", "Дроби"] as const;
    const outcome = check(classOf({ lessons: [lesson({ topic })] }));
    expect(findingsOf(outcome, rule)).toMatchObject([{ verdict: "unproved", settled: true }]);
    expect(tallyOf(outcome, rule)).toEqual({ unproved: 1 });
  });

  it("leaves a missing topic open once a pass since the deadline has not shown it", () => {
    const outcome = check(classOf({ askedAt: "2026-10-06 00:00" }));
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "missing", settled: false, absentAt: at("2026-10-06 00:00"), seenAt: null },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ missing: 1 });
  });

  it("says nothing yet when no pass has looked since the deadline", () => {
    for (const askedAt of ["2026-10-05 23:59", null]) {
      const outcome = check(classOf({ askedAt }));
      expect(findingsOf(outcome, rule)).toEqual([]);
      expect(tallyOf(outcome, rule)).toEqual({ pending: 1 });
    }
  });

  it("takes the last look at any pupil's page on which the lesson stands", () => {
    const pupils = [pupil("p1", "2026-10-05 21:00"), pupil("p2", "2026-10-06 00:05")];
    const on = (ids: readonly string[]) => check(classOf({ lessons: [lesson({ pupils: ids })], pupils }));
    expect(tallyOf(on(["p1"]), rule)).toEqual({ pending: 1 });
    expect(tallyOf(on(["p1", "p2"]), rule)).toEqual({ missing: 1 });
  });

  it("does not take blanks for a topic", () => {
    const topic = ["2026-10-05 12:00", "2026-10-05 15:00", "  "] as const;
    expect(tallyOf(check(classOf({ lessons: [lesson({ topic })] })), rule)).toEqual({ missing: 1 });
  });

  it("knows no lesson in the holidays, on a national day off, on a closed day and in the future", () => {
    const tallyOn = (date: string, asOf: string) => {
      const calendar = { ...defaultSettings.calendar, years: defaultSettings.calendar.years.map(closedOnce) };
      return tallyOf(check(classOf({ lessons: [lesson({ date })] }), { asOf, calendar }), rule);
    };
    expect(tallyOn("2026-10-15", "2026-12-01 12:00")).toEqual({ missing: 1 });
    for (const date of ["2026-10-16", "2026-10-26", "2026-11-04"])
      expect(tallyOn(date, "2026-12-01 12:00")).toEqual({});
    expect(tallyOn("2026-10-21", "2026-10-20 12:00")).toEqual({});
    expect(tallyOn("2027-06-03", "2027-07-01 12:00")).toEqual({});
  });

  it("accuses nobody of a lesson without a record on a day that ended early, and counts a recorded one", () => {
    const shortened = [{ date: "2026-10-05", fromLesson: 4, reason: "праздник", classes: ["5а"] }];
    const years = defaultSettings.calendar.years.map((year) => ({ ...year, shortened }));
    const calendar = { ...defaultSettings.calendar, years };
    const tally = (one: ReturnType<typeof lesson>) =>
      tallyOf(check(classOf({ lessons: [one] }), { asOf: "2026-12-01 12:00", calendar }), rule);
    expect(tally(lesson({}))).toEqual({});
    expect(tally(lesson({ date: "2026-10-06" }))).toEqual({ missing: 1 });
    expect(tally(lesson({ topic: ["2026-10-06 07:30", "2026-10-06 12:00", "Дроби"] }))).toEqual({ late: 1 });
  });

  it("takes a lesson row on a Saturday inside a term for a lesson, with its own midnight as the deadline", () => {
    const [finding] = findingsOf(check(classOf({ lessons: [lesson({ date: "2026-10-10" })] })), rule);
    expect(finding).toMatchObject({ verdict: "missing", dueAt: at("2026-10-11 00:00") });
  });

  it("does not accuse for a lesson that has vanished", () => {
    expect(check(classOf({ lessons: [lesson({ vanishedAt: "2026-10-07 12:00" })] })).findings).toEqual([]);
  });

  it("accuses nobody by name when the journal names nobody", () => {
    const outcome = check(classOf({ lessons: [lesson({ nobody: true })] }));
    expect(findingsOf(outcome, rule)).toMatchObject([{ accountable: null }]);
    expect(outcome.tallies).toMatchObject([{ rule, accountable: "", missing: 1 }]);
  });
});

describe("as of an instant in the past", () => {
  const topic = ["2026-10-06 12:00", "2026-10-06 15:00", "Дроби"] as const;

  it("does not know what was seen later", () => {
    const late = classOf({ lessons: [lesson({ topic })] });
    expect(findingsOf(check(late, { asOf: "2026-10-06 13:00" }), rule)).toMatchObject([
      { verdict: "missing", settled: false, absentAt: at("2026-10-06 12:00"), seenAt: null },
    ]);
    expect(findingsOf(check(late, { asOf: "2026-10-06 15:00" }), rule)).toMatchObject([{ verdict: "late" }]);
  });

  it("does not take a later look for one that had been made by then", () => {
    const snapshot = classOf({ lessons: [lesson({ topic: ["2026-10-05 21:00", "2026-10-06 15:00", "Дроби"] })] });
    expect(tallyOf(check(snapshot, { asOf: "2026-10-06 13:00" }), rule)).toEqual({ pending: 1 });
  });

  it("still has the row that vanished later", () => {
    const gone = classOf({ lessons: [lesson({ vanishedAt: "2026-10-10 12:00" })] });
    expect(tallyOf(check(gone, { asOf: "2026-10-09 12:00" }), rule)).toEqual({ missing: 1 });
  });
});
