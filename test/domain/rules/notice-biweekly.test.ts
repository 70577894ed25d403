import { describe, expect, it } from "vitest";
import type { SchoolCalendar } from "../../../src/domain/calendar.ts";
import type { ClassLists, DeliveryAgreement, FamilyNotice } from "../../../src/domain/school-lists.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at, check, classOf, findingsOf, tallyOf } from "./classroom.ts";
import { toldCalendar } from "./told-calendar.ts";

const rule = "notice-biweekly";
const paper: DeliveryAgreement = { pupilExternalId: "p1", way: "paper", basis: "заявление", agreedOn: "2026-09-01" };

const printed = (moscow: string, handed: string | null = moscow): FamilyNotice => ({
  pupilExternalId: "p1",
  from: "2026-09-01",
  to: moscow.slice(0, 10),
  composedAt: at(moscow),
  printedAt: at(moscow),
  handedAt: handed === null ? null : at(handed),
  returnedAt: null,
  hasSlip: true,
  finals: false,
});

interface Other {
  readonly asOf?: string;
  readonly countHolidays?: boolean;
  readonly calendar?: SchoolCalendar;
  readonly lists?: Partial<ClassLists>;
}

function outcomeOf(notices: readonly FamilyNotice[], other: Other = {}) {
  const { asOf = "2026-10-20 12:00", countHolidays = false, calendar = toldCalendar, lists } = other;
  const { policy } = defaultSettings;
  const snapshot = classOf({ lists: { since: at("2026-09-01 12:00"), delivery: [paper], notices, ...lists } });
  const noticeBiweekly = { ...policy.noticeBiweekly, countHolidays };
  return check({ ...snapshot, classTeacher: "Осина А. Б." }, { asOf, calendar, policy: { ...policy, noticeBiweekly } });
}

const everyTwoWeeks = ["2026-09-14 10:00", "2026-09-28 10:00", "2026-10-12 10:00"].map((moscow) => printed(moscow));

describe("Регламент 2: a printed notice every two weeks", () => {
  it("finds nothing where a notice follows within 14 days and was handed out", () => {
    expect(tallyOf(outcomeOf(everyTwoWeeks), rule)).toEqual({ inTime: 3, pending: 1 });
    const lastMinute = [printed("2026-09-15 23:59"), printed("2026-09-29 23:59"), printed("2026-10-13 23:59")];
    expect(tallyOf(outcomeOf(lastMinute), rule)).toEqual({ inTime: 3, pending: 1 });
  });

  it("finds a late notice for ever, and a missing one until it is printed, as the same case", () => {
    const late = outcomeOf([printed("2026-09-14 10:00"), printed("2026-10-01 10:00"), printed("2026-10-14 10:00")]);
    expect(findingsOf(late, rule)).toMatchObject([
      {
        verdict: "late",
        settled: true,
        pupilExternalId: "p1",
        dueAt: at("2026-09-29 00:00"),
        seenAt: at("2026-10-01 10:00"),
        accountable: { name: "Осина А. Б." },
      },
    ]);
    const missing = outcomeOf([printed("2026-09-14 10:00")]);
    expect(findingsOf(missing, rule)).toMatchObject([
      { verdict: "missing", settled: false, dueAt: at("2026-09-29 00:00") },
    ]);
    expect(findingsOf(missing, rule)[0]?.id).toBe(findingsOf(late, rule)[0]?.id);
  });

  it("counts holidays, or does not, as the policy says", () => {
    const around = [...everyTwoWeeks, printed("2026-11-05 10:00")];
    expect(findingsOf(outcomeOf(around, { asOf: "2026-11-10 12:00" }), rule)).toEqual([]);
    expect(findingsOf(outcomeOf(around, { asOf: "2026-11-10 12:00", countHolidays: true }), rule)).toMatchObject([
      { verdict: "late", dueAt: at("2026-11-03 00:00") },
    ]);
    const summer = outcomeOf([printed("2027-05-20 10:00")], {
      asOf: "2027-07-20 12:00",
      countHolidays: true,
      lists: { since: at("2027-05-20 09:00") },
    });
    expect(findingsOf(summer, rule)).toEqual([]);
  });

  it("expects nothing of the days before the service, or before the family chose paper", () => {
    const later = { ...paper, agreedOn: "2026-10-12" };
    expect(tallyOf(outcomeOf([], { lists: { delivery: [later] } }), rule)).toEqual({ pending: 1 });
    expect(tallyOf(outcomeOf([], { lists: { since: at("2026-10-12 12:00") } }), rule)).toEqual({ pending: 1 });
    expect(tallyOf(outcomeOf([], { lists: { delivery: [{ ...paper, agreedOn: null }] } }), rule)).toEqual({});
    expect(tallyOf(outcomeOf([], { lists: { delivery: [{ ...paper, way: "electronic" }] } }), rule)).toEqual({});
  });

  it("warns of a notice of which nobody told that it was handed out, and counts it for nothing", () => {
    const unhanded = [...everyTwoWeeks.slice(0, 2), printed("2026-10-08 10:00", null)];
    const outcome = outcomeOf(unhanded);
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        severity: "warning",
        verdict: "violation",
        details: { from: "2026-10-08" },
      },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 3, pending: 1 });
    expect(
      findingsOf(outcomeOf([...unhanded.slice(0, 2), printed("2026-10-08 10:00", "2026-10-19 10:00")]), rule),
    ).toEqual([]);
  });

  it("says what is missing when there is no list, or nobody knows the holidays", () => {
    const gapOf = (other: Other) => outcomeOf([], other).gaps.find((gap) => gap.rule === rule)?.sentence;
    expect(gapOf({ lists: { delivery: null } })).toContain("sverka import delivery ФАЙЛ");
    const { calendar } = defaultSettings;
    expect(gapOf({ calendar })).toContain("config/calendar/2026-2027.yaml");
    expect(gapOf({ calendar, countHolidays: true })).toBeUndefined();
  });
});
