import { describe, expect, it } from "vitest";
import type { ControlRecord } from "../../../src/domain/school-lists.ts";
import { at, findingsOf, tallyOf } from "./classroom.ts";
import { checkSchoolOf } from "./whole-school.ts";

const rule = "control-monthly";
const control = (month: string, made: string, delivered: string | null): ControlRecord => ({
  month,
  madeAt: at(made),
  concludedAt: null,
  deliveredAt: delivered === null ? null : at(delivered),
});

describe("Порядок 8: a control each month", () => {
  it("finds nothing where each month's control reached the teachers by the policy's day", () => {
    const controls = [
      control("2026-09", "2026-10-01 09:00", "2026-10-12 23:59"),
      control("2026-10", "2026-11-02 09:00", "2026-11-03 09:00"),
    ];
    expect(tallyOf(checkSchoolOf({ controls }, { asOf: "2026-11-25 12:00" }), rule)).toEqual({ inTime: 2 });
    expect(tallyOf(checkSchoolOf({ controls: [] }, { asOf: "2026-10-12 23:59" }), rule)).toEqual({ pending: 1 });
  });

  it("finds a month without control, one not delivered, and one delivered late, and holds the office to it", () => {
    const controls = [
      control("2026-10", "2026-11-02 09:00", null),
      control("2026-11", "2026-12-01 09:00", "2026-12-11 00:01"),
    ];
    const outcome = checkSchoolOf({ controls }, { asOf: "2026-12-20 12:00" });
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        verdict: "missing",
        dueAt: at("2026-10-13 00:00"),
        accountable: null,
        className: "вся школа",
        lessonDate: "2026-09-01",
        details: { what: "none", month: "2026-09", role: "заместитель директора по УВР" },
      },
      { verdict: "missing", settled: false, details: { what: "made", month: "2026-10" } },
      { verdict: "late", settled: true, details: { month: "2026-11" } },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ missing: 2, late: 1 });
    expect(new Set(findingsOf(outcome, rule).map(({ id }) => id)).size).toBe(3);
  });

  it("takes what was made or delivered after the instant asked about for not done", () => {
    const controls = [control("2026-09", "2026-10-14 09:00", "2026-10-15 09:00")];
    const then = checkSchoolOf({ controls }, { asOf: "2026-10-13 12:00" });
    expect(findingsOf(then, rule)).toMatchObject([{ verdict: "missing", details: { what: "none" } }]);
  });

  it("asks for no month that began before the service, nor for the summer, and puts May off to no September", () => {
    const since = at("2027-04-15 12:00");
    const outcome = checkSchoolOf({ since }, { asOf: "2027-07-20 12:00" });
    expect(findingsOf(outcome, rule)).toMatchObject([{ details: { month: "2027-05" }, dueAt: at("2027-06-11 00:00") }]);
    expect(findingsOf(checkSchoolOf({ since: null }, { asOf: "2027-07-20 12:00" }), rule)).toEqual([]);
    const beganOnTheFirst = checkSchoolOf({ since: at("2026-09-01 08:00") }, { asOf: "2026-10-20 12:00" });
    expect(findingsOf(beganOnTheFirst, rule)).toMatchObject([{ details: { month: "2026-09" } }]);
  });
});
