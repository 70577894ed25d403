import { describe, expect, it } from "vitest";
import { at, check, classOf, entry, findingsOf, tallyOf, teacher } from "./classroom.ts";

const rule = "absence-same-day";
const inTime = [null, "2026-10-05 15:00", "Н"] as const;

const outcomeOf = (...entries: ReturnType<typeof entry>[]) => check(classOf({ entries }));

describe("Порядок 3.1.1: absences on the day of the lesson", () => {
  it("counts an absence seen by 24:00 as in time and finds nothing", () => {
    const outcome = outcomeOf(entry("p1", [inTime]));
    expect(findingsOf(outcome, rule)).toEqual([]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
  });

  it.each(["Н", "нп", "УП", "Б", "оп", "Н/4"])("counts a late «%s»", (text) => {
    const outcome = outcomeOf(entry("p1", [["2026-10-06 00:05", "2026-10-06 07:30", text]]));
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        verdict: "late",
        settled: true,
        pupilExternalId: "p1",
        accountable: teacher,
        dueAt: at("2026-10-06 00:00"),
        details: { what: "appeared", before: [] },
      },
    ]);
  });

  it("counts a late change of the letters, judged by the changing version", () => {
    const change = ["2026-10-07 15:00", "2026-10-07 18:00", "Б"] as const;
    const outcome = outcomeOf(entry("p1", [inTime, change]));
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        verdict: "late",
        absentAt: at("2026-10-07 15:00"),
        seenAt: at("2026-10-07 18:00"),
        details: { what: "changed", before: ["Н"], after: ["Б"] },
      },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ late: 1 });
  });

  it("does not take a mark that joins an absence, another case, or the removal of the absence for a change", () => {
    for (const text of ["Н/4", "н", "4"]) {
      const outcome = outcomeOf(entry("p1", [inTime, ["2026-10-07 15:00", "2026-10-07 18:00", text]]));
      expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
    }
  });

  it("prefers a late appearance to a late change, and a late change to what is unproved", () => {
    const unproved = ["2026-10-05 21:00", "2026-10-06 07:30", "Н"] as const;
    const late = ["2026-10-06 00:05", "2026-10-06 07:30", "Н"] as const;
    const change = ["2026-10-07 15:00", "2026-10-07 18:00", "Б"] as const;
    const verdictOf = (...seen: Parameters<typeof entry>[1]) => findingsOf(outcomeOf(entry("p1", seen)), rule)[0];
    expect(verdictOf(late, change)).toMatchObject({ verdict: "late", details: { what: "appeared" } });
    expect(verdictOf(unproved, change)).toMatchObject({ verdict: "late", details: { what: "changed" } });
    expect(verdictOf(unproved)).toMatchObject({ verdict: "unproved", settled: true });
  });

  it("keeps a late absence that has vanished, as settled", () => {
    const seen = ["2026-10-06 00:05", "2026-10-06 07:30", "Н"] as const;
    const outcome = outcomeOf(entry("p1", [seen], { vanishedAt: "2026-10-08 12:00" }));
    expect(findingsOf(outcome, rule)).toMatchObject([{ verdict: "late", settled: true }]);
  });

  it("takes an unknown letter for nothing", () => {
    expect(tallyOf(outcomeOf(entry("p1", [["2026-10-06 00:05", "2026-10-06 07:30", "Ъ"]])), rule)).toEqual({});
  });

  it("does not know when an absence came that stands where nobody could read what stood before", () => {
    const unknown = [null, "2026-10-05 15:00", "Нбл"] as const;
    const outcome = outcomeOf(entry("p1", [unknown, ["2026-10-07 15:00", "2026-10-07 18:00", "Н"]]));
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "unproved", absentAt: null, seenAt: at("2026-10-07 18:00") },
    ]);
    const after = outcomeOf(entry("p1", [inTime, ["2026-10-05 15:00", "2026-10-05 18:00", "Н Ъ"]]));
    expect(tallyOf(after, rule)).toEqual({ inTime: 1 });
  });
});
