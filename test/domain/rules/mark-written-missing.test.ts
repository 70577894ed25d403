import { describe, expect, it } from "vitest";
import type { EntryFact } from "../../../src/domain/facts.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { at, check, classOf, entry, findingsOf, lesson, pupil, tallyOf } from "./classroom.ts";

const rule = "mark-written-missing";
const written = lesson({ workType: "Контрольная работа" });
const due = "2026-10-09 00:00";
const inTime = [null, "2026-10-08 12:00", "4"] as const;
const late = ["2026-10-12 12:00", "2026-10-12 15:00", "4"] as const;

const outcomeOf = (entries: readonly EntryFact[], askedAt = due) =>
  check(classOf({ lessons: [written], entries, askedAt }));

describe("written work without one mark", () => {
  it("is missing for the lesson once every present pupil's page was looked at since the deadline", () => {
    const outcome = outcomeOf([]);
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        verdict: "missing",
        severity: "violation",
        settled: false,
        dueAt: at(due),
        absentAt: at(due),
        seenAt: null,
        pupilExternalId: null,
        details: { workType: "Контрольная работа", days: 3, present: 3, marked: 0 },
      },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ missing: 1 });
  });

  it("is pending while one present pupil's page was not looked at since", () => {
    const pupils = [pupil("p1", due), pupil("p2", due), pupil("p3", "2026-10-08 23:59")];
    const pending = check(classOf({ lessons: [written], pupils }));
    expect(findingsOf(pending, rule)).toEqual([]);
    expect(tallyOf(pending, rule)).toEqual({ pending: 1 });
    const absent = entry("p3", [[null, "2026-10-05 12:00", "Б"]]);
    expect(tallyOf(check(classOf({ lessons: [written], pupils, entries: [absent] })), rule)).toEqual({ missing: 1 });
  });

  it("is nothing when nobody was there", () => {
    const entries = ["p1", "p2", "p3"].map((id) => entry(id, [[null, "2026-10-05 12:00", "Н"]]));
    const outcome = outcomeOf(entries);
    expect(findingsOf(outcome, rule)).toEqual([]);
    expect(tallyOf(outcome, rule)).toEqual({});
  });

  it("counts whoever came late as present", () => {
    const entries = ["p1", "p2", "p3"].map((id) => entry(id, [[null, "2026-10-05 12:00", "ОП"]]));
    expect(findingsOf(outcomeOf(entries), rule)).toMatchObject([{ verdict: "missing", details: { present: 3 } }]);
  });

  it.each([null, "Танец", "Ответ на уроке", "Домашняя работа"])(
    "accuses nobody when the work type is «%s»",
    (workType) => {
      expect(findingsOf(check(classOf({ lessons: [lesson({ workType })] })), rule)).toEqual([]);
    },
  );

  it("proves nothing by an unknown letter, which may be a mark, and says that there is one", () => {
    const outcome = outcomeOf([entry("p1", [[null, "2026-10-05 12:00", "Ъ"]])]);
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "unproved", settled: false, details: { present: 3, unknownLetters: ["Ъ"] } },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ unproved: 1 });
    const marked = outcomeOf([entry("p1", [[null, "2026-10-05 12:00", "Ъ"]]), entry("p2", [late])], "2026-10-20 00:05");
    expect(findingsOf(marked, rule).map(({ pupilExternalId, verdict }) => [pupilExternalId, verdict])).toEqual([
      [null, "unproved"],
      ["p3", "missing"],
    ]);
  });

  it.each([0, 1, null])("does not concern grade %s", (grade) => {
    expect(findingsOf(check(classOf({ grade, lessons: [written] })), rule)).toEqual([]);
  });

  it("does not concern a lesson that did not take place", () => {
    const holiday = lesson({ workType: "Тест", date: "2026-10-26" });
    const gone = lesson({ workType: "Тест", vanishedAt: "2026-10-06 12:00" });
    const outcome = check(classOf({ lessons: [holiday, gone] }), { asOf: "2026-12-01 12:00" });
    expect(tallyOf(outcome, rule)).toEqual({});
  });

  it("becomes late and settled when all marks came late", () => {
    const entries = ["p1", "p2", "p3"].map((id) => entry(id, [late]));
    const outcome = outcomeOf(entries, "2026-10-20 00:05");
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "late", settled: true, pupilExternalId: null, absentAt: at(late[0]), seenAt: at(late[1]) },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ late: 1 });
  });

  it("is not late when one of the marks may have been there in time", () => {
    const unclear = ["2026-10-08 12:00", "2026-10-14 12:00", "5"] as const;
    const entries = [entry("p1", [late]), entry("p2", [unclear]), entry("p3", [late])];
    expect(findingsOf(outcomeOf(entries, "2026-10-20 00:05"), rule)).toMatchObject([
      { verdict: "unproved", settled: true, absentAt: at("2026-10-08 12:00") },
    ]);
  });

  it("is not late while a page that may hold an earlier mark was not looked at since the deadline", () => {
    const pupils = [pupil("p1", "2026-10-20 00:05"), pupil("p2", "2026-10-20 00:05"), pupil("p3", "2026-10-08 12:00")];
    const entries = [entry("p1", [late]), entry("p2", [late])];
    const outcome = check(classOf({ lessons: [written], pupils, entries }));
    expect(findingsOf(outcome, rule).map(({ pupilExternalId, verdict }) => [pupilExternalId, verdict])).toEqual([
      [null, "unproved"],
    ]);
  });

  it("keeps its id when the marks come", () => {
    const before = findingsOf(outcomeOf([]), rule)[0];
    const after = findingsOf(outcomeOf(["p1", "p2", "p3"].map((id) => entry(id, [late]))), rule)[0];
    expect(after?.id).toBe(before?.id);
  });

  it("has had its mark even if that vanished later", () => {
    const entries = ["p1", "p2", "p3"].map((id) => entry(id, [inTime], { vanishedAt: "2026-10-15 12:00" }));
    const outcome = outcomeOf(entries, "2026-10-20 00:05");
    expect(findingsOf(outcome, rule)).toEqual([]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
  });
});

describe("written work with marks for some", () => {
  it("warns of each present pupil without one whose own page was looked at since the deadline", () => {
    const pupils = [pupil("p1", due), pupil("p2", due), pupil("p3", "2026-10-08 23:59")];
    const outcome = check(classOf({ lessons: [written], pupils, entries: [entry("p1", [inTime])] }));
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "missing", severity: "warning", settled: false, pupilExternalId: "p2", absentAt: at(due) },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
  });

  it("does not warn of an absent pupil", () => {
    const absent = (id: string) => entry(id, [[null, "2026-10-05 12:00", "Б"]]);
    expect(findingsOf(outcomeOf([entry("p1", [inTime]), absent("p2"), absent("p3")]), rule)).toEqual([]);
  });

  it("is content with the policy's share", () => {
    const policy = { ...defaultPolicy, markWrittenMissing: { ...defaultPolicy.markWrittenMissing, share: 0.66 } };
    const entries = [entry("p1", [inTime]), entry("p2", [inTime])];
    const snapshot = classOf({ lessons: [written], entries, askedAt: due });
    expect(findingsOf(check(snapshot, { policy }), rule)).toEqual([]);
    expect(findingsOf(check(snapshot), rule)).toMatchObject([{ pupilExternalId: "p3" }]);
  });

  it("settles a warning when that pupil's mark comes late", () => {
    const entries = [entry("p1", [inTime]), entry("p2", [inTime]), entry("p3", [late])];
    expect(findingsOf(outcomeOf(entries, "2026-10-20 00:05"), rule)).toMatchObject([
      { verdict: "late", severity: "warning", settled: true, pupilExternalId: "p3" },
    ]);
  });

  it("warns only of those whom an earlier pass had shown without a mark while others had one", () => {
    const next = ["2026-10-12 15:02", "2026-10-12 18:01", "3"] as const;
    const entries = [entry("p1", [late]), entry("p2", [late]), entry("p3", [next])];
    const found = findingsOf(outcomeOf(entries, "2026-10-20 00:05"), rule);
    expect(found.map(({ pupilExternalId, verdict }) => [pupilExternalId, verdict])).toEqual([
      [null, "late"],
      ["p3", "late"],
    ]);
  });

  it("does not take a later look for proof in a look back: the mark may have been there by then", () => {
    const unsure = entry("p2", [["2026-10-06 12:00", "2026-10-15 12:00", "4"]]);
    const snapshot = classOf({ lessons: [written], entries: [entry("p1", [inTime]), unsure, entry("p3", [inTime])] });
    expect(findingsOf(check(snapshot, { asOf: "2026-10-14 12:00" }), rule)).toEqual([]);
    const only = classOf({ lessons: [written], entries: [{ ...unsure, pupilExternalId: "p1" }] });
    expect(findingsOf(check(only, { asOf: "2026-10-14 12:00" }), rule)).toEqual([]);
  });
});
