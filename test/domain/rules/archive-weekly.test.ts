import { describe, expect, it } from "vitest";
import type { ArchiveRecord } from "../../../src/domain/school-lists.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at, findingsOf, tallyOf } from "./classroom.ts";
import { toldCalendar } from "./told-calendar.ts";
import { checkSchoolOf } from "./whole-school.ts";

const rule = "archive-weekly";

const week = (
  from: string,
  classExternalId: string,
  verifiedOn: string | null,
  handedOn = verifiedOn,
): ArchiveRecord => ({
  kind: "week",
  from,
  classExternalId,
  verifiedOn,
  handedOn,
});
const both = (from: string, day: string | null) => ["c0", "c5"].map((id) => week(from, id, day));
const book = (kind: "book" | "year", from: string, classExternalId: string, handedOn: string): ArchiveRecord => ({
  kind,
  from,
  classExternalId,
  verifiedOn: null,
  handedOn,
});

describe("Порядок 9: an archive each week, a book each term", () => {
  it("finds nothing where every class's archive was verified and handed over by Monday", () => {
    const archives = [...both("2026-08-31", "2026-09-07"), ...both("2026-09-07", "2026-09-11")];
    expect(tallyOf(checkSchoolOf({ archives }, { asOf: "2026-09-18 12:00" }), rule)).toEqual({ inTime: 2 });
  });

  it("finds a week in which a class has none, one not handed over, and one that was late, as one case a week", () => {
    const archives = [
      week("2026-08-31", "c0", "2026-09-04"),
      ...both("2026-09-07", "2026-09-15"),
      week("2026-09-14", "c0", "2026-09-18"),
      { ...week("2026-09-14", "c5", "2026-09-18"), handedOn: null },
    ];
    const outcome = checkSchoolOf({ archives }, { asOf: "2026-09-22 12:00" });
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        verdict: "missing",
        dueAt: at("2026-09-08 00:00"),
        accountable: null,
        details: { what: "week", from: "2026-08-31", classes: ["5 А"], role: "ответственный за работу в системе" },
      },
      { verdict: "late", settled: true, absentAt: at("2026-09-15 00:00"), seenAt: at("2026-09-16 00:00") },
      { verdict: "missing", details: { classes: ["5 А"] } },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ missing: 2, late: 1 });
  });

  it("asks for none of a week of holidays or quarantine, nor of the week in which the service began", () => {
    const archives = [week("2026-10-19", "c5", "2026-10-23"), ...both("2026-11-02", "2026-11-06")];
    const closed = [{ from: "2026-10-19", to: "2026-10-23", reason: "карантин", classes: ["подг"] }];
    const calendar = { ...toldCalendar, years: toldCalendar.years.map((year) => ({ ...year, closed })) };
    const since = at("2026-10-13 12:00");
    expect(tallyOf(checkSchoolOf({ archives, since }, { asOf: "2026-11-10 12:00", calendar }), rule)).toEqual({
      inTime: 2,
    });
  });

  it("asks for each class's book after a term and for the year's, as hints while no book was ever told of", () => {
    const since = at("2026-10-20 12:00");
    const none = checkSchoolOf({ archives: both("2026-11-02", "2026-11-06"), since }, { asOf: "2026-11-07 12:00" });
    expect(findingsOf(none, rule)).toMatchObject([
      {
        severity: "hint",
        details: { what: "book", from: "2026-09-01", classes: ["подг.", "5 А"], role: "заместитель директора по УВР" },
      },
    ]);
    expect(tallyOf(none, rule)).toEqual({});
    const archives = [book("book", "2026-09-01", "c0", "2026-11-05"), ...both("2026-11-02", "2026-11-06")];
    const half = checkSchoolOf({ archives, since }, { asOf: "2026-11-09 12:00" });
    expect(findingsOf(half, rule)).toMatchObject([{ severity: "violation", details: { classes: ["5 А"] } }]);
    const may = {
      since: at("2027-05-25 12:00"),
      archives: [
        book("book", "2027-04-05", "c0", "2027-06-01"),
        book("book", "2027-05-26", "c5", "2027-06-01"),
        book("year", "2026-09-01", "c0", "2027-06-01"),
      ],
    };
    const year = findingsOf(checkSchoolOf(may, { asOf: "2027-06-20 12:00" }), rule);
    expect(year).toMatchObject([
      { verdict: "missing", dueAt: at("2027-06-10 00:00"), details: { what: "year", classes: ["5 А"] } },
    ]);
  });

  it("says what to import, or that nobody knows the holidays, and accuses nobody", () => {
    const gapOf = (outcome: ReturnType<typeof checkSchoolOf>) =>
      outcome.gaps.find((gap) => gap.rule === rule)?.sentence;
    expect(gapOf(checkSchoolOf({}, { asOf: "2026-09-22 12:00" }))).toContain("sverka import archives ФАЙЛ");
    const assumed = { asOf: "2026-09-22 12:00", calendar: defaultSettings.calendar };
    expect(gapOf(checkSchoolOf({ archives: [] }, assumed))).toContain("confirmed: true");
  });
});
