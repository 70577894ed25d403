import { describe, expect, it } from "vitest";
import { at, check, classOf, entry, findingsOf, lesson, tallyOf } from "./classroom.ts";

/** A mark for the lesson of Monday, 5 October 2026, that no look before `absentAt` had. */
function outcomeOf(grade: number | null, workType: string | null, absentAt: string | null, seenAt: string, text = "5") {
  const entries = [entry("p1", [[absentAt, seenAt, text]])];
  return check(classOf({ grade, lessons: [lesson({ workType })], entries }));
}

describe("Порядок 3.1.1: a mark for an oral answer within a day", () => {
  it("begins on the day after the lesson and ends at its 24:00", () => {
    expect(tallyOf(outcomeOf(5, "Ответ на уроке", null, "2026-10-07 00:00"), "mark-oral")).toEqual({ inTime: 1 });
    const late = outcomeOf(5, "Ответ на уроке", "2026-10-07 00:00", "2026-10-07 07:30");
    expect(findingsOf(late, "mark-oral")).toMatchObject([
      {
        verdict: "late",
        settled: true,
        dueAt: at("2026-10-07 00:00"),
        pupilExternalId: "p1",
        clause: "Порядок, п. 3.1.1",
      },
    ]);
    expect(findingsOf(late, "mark-written")).toEqual([]);
  });

  it.each([0, 1, null])("does not concern grade %s", (grade) => {
    const outcome = outcomeOf(grade, "Ответ на уроке", "2026-10-09 00:00", "2026-10-09 07:30");
    expect(tallyOf(outcome, "mark-oral")).toEqual({});
    expect(tallyOf(outcome, "mark-written")).toEqual({});
  });
});

describe("Порядок 3.1.1: a mark for written work within three or four days", () => {
  it.each([
    [2, "2026-10-09 00:00"],
    [10, "2026-10-09 00:00"],
    [11, "2026-10-10 00:00"],
    [12, "2026-10-10 00:00"],
  ])("gives grade %s until %s", (grade, due) => {
    const late = outcomeOf(grade, "Контрольная работа", due, "2026-10-12 07:30");
    expect(findingsOf(late, "mark-written")).toMatchObject([{ verdict: "late", dueAt: at(due) }]);
    expect(tallyOf(outcomeOf(grade, "Контрольная работа", null, due), "mark-written")).toEqual({ inTime: 1 });
  });

  it.each([null, "Танец"])("gives work of the unknown type «%s» the longer deadline too", (workType) => {
    const outcome = outcomeOf(5, workType, "2026-10-07 07:30", "2026-10-08 12:00");
    expect(tallyOf(outcome, "mark-written")).toEqual({ inTime: 1 });
    expect(tallyOf(outcome, "mark-oral")).toEqual({});
  });

  it("does not know when a mark came that stands where nobody could read what stood before", () => {
    const seen = [
      ["2026-10-06 12:00", "2026-10-06 15:00", "отл"],
      ["2026-10-12 12:00", "2026-10-12 15:00", "5"],
    ] as const;
    const outcome = check(classOf({ lessons: [lesson({ workType: "Тест" })], entries: [entry("p1", seen)] }));
    expect(findingsOf(outcome, "mark-written")).toMatchObject([
      { verdict: "unproved", absentAt: at("2026-10-06 12:00"), seenAt: at("2026-10-12 15:00") },
    ]);
  });

  it("moves a deadline from Saturday to Monday, and over the holidays", () => {
    const due = (date: string, workType = "Тест") => {
      const lessons = [lesson({ date, workType })];
      const entries = [entry("p1", [["2026-12-01 00:05", "2026-12-01 07:30", "4"]], { date })];
      return findingsOf(
        check(classOf({ lessons, entries }), { asOf: "2026-12-02 00:00" }),
        workType === "Тест" ? "mark-written" : "mark-oral",
      )[0]?.dueAt;
    };
    expect(due("2026-10-07")).toBe(at("2026-10-13 00:00"));
    expect(due("2026-10-22")).toBe(at("2026-11-03 00:00"));
    expect(due("2026-11-03", "Ответ на уроке")).toBe(at("2026-11-06 00:00"));
  });

  it.each(["5", "4/3", "5 4", "ОП/4", "зач", "НЕЗАЧ", "н/а", "осв", "усв", "неусв"])(
    "takes «%s» for a mark",
    (text) => {
      const outcome = outcomeOf(5, "Тест", "2026-10-09 00:05", "2026-10-09 07:30", text);
      expect(tallyOf(outcome, "mark-written")).toEqual({ late: 1 });
    },
  );

  it.each(["Н", "УП", "Ъ", "7"])("takes «%s» for none", (text) => {
    const outcome = outcomeOf(5, "Тест", "2026-10-09 00:05", "2026-10-09 07:30", text);
    expect(tallyOf(outcome, "mark-written")).toEqual({});
  });

  it("sets no new deadline for a second mark in the cell", () => {
    const first = [null, "2026-10-06 12:00", "2"] as const;
    const second = ["2026-10-15 12:00", "2026-10-15 15:00", "2/4"] as const;
    const outcome = check(
      classOf({ lessons: [lesson({ workType: "Тест" })], entries: [entry("p1", [first, second])] }),
    );
    expect(tallyOf(outcome, "mark-written")).toEqual({ inTime: 1 });
  });

  it.each(["Н/3", "3"])(
    "does not know when a pupil who was away did the work: «%s» is in time or not judged",
    (text) => {
      const outcomeFor = (absentAt: string, seenAt: string) => {
        const entries = [
          entry("p1", [
            [null, "2026-10-05 12:00", "Н"],
            [absentAt, seenAt, text],
          ]),
        ];
        return check(classOf({ lessons: [lesson({ workType: "Тест" })], entries, askedAt: null }));
      };
      const late = outcomeFor("2026-10-19 00:05", "2026-10-19 12:00");
      expect(tallyOf(late, "mark-written")).toEqual({});
      expect(tallyOf(late, "absence-same-day")).toEqual({ inTime: 1 });
      expect(tallyOf(outcomeFor("2026-10-07 12:00", "2026-10-07 15:00"), "mark-written")).toEqual({ inTime: 1 });
    },
  );

  it("judges the mark of a pupil who came late as any other", () => {
    const seen = [
      [null, "2026-10-05 12:00", "ОП"],
      ["2026-10-09 00:05", "2026-10-09 12:00", "ОП/3"],
    ] as const;
    const outcome = check(classOf({ lessons: [lesson({ workType: "Тест" })], entries: [entry("p1", seen)] }));
    expect(tallyOf(outcome, "mark-written")).toEqual({ late: 1 });
  });

  it("keeps a late mark that has vanished, and knows a mark whose lesson the journal does not show", () => {
    const seen = [["2026-10-09 00:05", "2026-10-09 07:30", "5"]] as const;
    const gone = entry("p1", seen, { vanishedAt: "2026-10-12 12:00" });
    const lost = entry("p2", seen, { lessonId: "unknown" });
    const outcome = check(classOf({ lessons: [lesson({ workType: "Тест" })], entries: [gone, lost] }));
    expect(findingsOf(outcome, "mark-written")).toMatchObject([
      { verdict: "late", settled: true, pupilExternalId: "p1" },
      { verdict: "late", settled: true, pupilExternalId: "p2", accountable: null, subject: null },
    ]);
  });

  it("counts a mark as unproved when the pass gap spans the deadline or nothing was looked at before, and tells them apart", () => {
    const seen = (absentAt: string | null) =>
      tallyOf(outcomeOf(5, "Тест", absentAt, "2026-10-09 00:01"), "mark-written");
    expect(seen("2026-10-08 23:59")).toEqual({ unproved: 1 });
    expect(seen(null)).toEqual({ unproved: 1, unlooked: 1 });
  });
});

describe("Порядок 2.7: no marks in the preparatory and the first grade", () => {
  const outcomeFor = (grade: number, options: Parameters<typeof entry>[2] = {}, text = "5") => {
    const entries = [entry("p1", [["2026-10-05 12:00", "2026-10-05 15:00", text]], options)];
    return check(classOf({ grade, entries }));
  };

  it.each([0, 1])("finds any mark in grade %s, open while it stands", (grade) => {
    expect(findingsOf(outcomeFor(grade), "no-marks-grade-one")).toMatchObject([
      { verdict: "violation", settled: false, dueAt: null, seenAt: at("2026-10-05 15:00"), clause: "Порядок, п. 2.7" },
    ]);
    const gone = outcomeFor(grade, { vanishedAt: "2026-10-06 12:00" });
    expect(findingsOf(gone, "no-marks-grade-one")).toMatchObject([{ verdict: "violation", settled: true }]);
    expect(tallyOf(gone, "no-marks-grade-one")).toEqual({ violation: 1 });
  });

  it("allows absences there, and marks from the second grade on", () => {
    expect(tallyOf(outcomeFor(1, {}, "Н"), "no-marks-grade-one")).toEqual({});
    expect(tallyOf(outcomeFor(2), "no-marks-grade-one")).toEqual({});
  });

  it("settles when the mark turned into an absence", () => {
    const entries = [
      entry("p1", [
        [null, "2026-10-05 15:00", "5"],
        ["2026-10-06 12:00", "2026-10-06 15:00", "Н"],
      ]),
    ];
    expect(findingsOf(check(classOf({ grade: 1, entries })), "no-marks-grade-one")).toMatchObject([{ settled: true }]);
  });
});
