import { describe, expect, it } from "vitest";
import type { SchoolCalendar } from "../../../src/domain/calendar.ts";
import type { ClassSnapshot, FinalMarkFact } from "../../../src/domain/facts.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import {
  at,
  check,
  classOf,
  entry,
  explained,
  findingsOf,
  lesson,
  pupil,
  type Seen,
  tallyOf,
  teacher,
} from "./classroom.ts";

const rule = "final-mark-24h";
const quarter = { externalId: "q1", name: "1 четверть", from: "2026-09-01", to: "2026-10-14" };
/** Wednesday's term end gives until Thursday's 24:00. */
const due = "2026-10-16 00:00";
const inTime = [null, "2026-10-14 15:00", "4"] as const;

function final(
  pupilId: string,
  seen: Seen<string>,
  other: Partial<FinalMarkFact> = {},
  ...more: Seen<string>[]
): FinalMarkFact {
  const versions = [seen, ...more].map(([absentAt, seenAt, content]) => ({
    absentAt: absentAt === null ? null : at(absentAt),
    seenAt: at(seenAt),
    content,
  })) as unknown as FinalMarkFact["versions"];
  return {
    pupilExternalId: pupilId,
    termExternalId: "q1",
    subjectExternalId: "s1",
    subject: "Математика",
    versions,
    vanishedAt: null,
    ...other,
  };
}

const weekly = [lesson({ id: "l1", date: "2026-10-05" }), lesson({ id: "l2", date: "2026-10-12" })];
const lessons = [...weekly, lesson({ id: "l3", date: "2026-10-13" })];
const numbers = ["p1", "p2", "p3"].flatMap((id) => [
  entry(id, [[null, "2026-10-05 15:00", "4/5"]]),
  entry(id, [[null, "2026-10-12 15:00", "3"]], { lessonId: "l2", date: "2026-10-12" }),
]);
const elsewhere = final("p1", inTime, { subjectExternalId: "s2", subject: "История" });

function outcomeOf(finals: readonly FinalMarkFact[], other: Partial<Parameters<typeof classOf>[0]> = {}, options = {}) {
  return check(classOf({ lessons, entries: numbers, terms: [quarter], finals, ...other }), options);
}
const found = (...args: Parameters<typeof outcomeOf>) =>
  findingsOf(outcomeOf(...args), rule).filter(({ subjectExternalId }) => subjectExternalId !== "s2");

describe("Регламент 4: final marks within a day of the result", () => {
  it("are in time when seen exactly at the end of the day after the term, and entered on the last evening", () => {
    const marks = ["p1", "p2", "p3"].map((id) => final(id, ["2026-10-15 23:50", due, "4"]));
    expect(found(marks)).toEqual([]);
    expect(tallyOf(outcomeOf(marks), rule)).toEqual({ inTime: 1 });
  });

  it("are one finding for the page when late, with the pupils in it", () => {
    const marks = [
      final("p1", inTime),
      final("p3", [due, "2026-10-16 07:30", "4"]),
      final("p2", ["2026-10-16 12:00", "2026-10-16 15:00", "н/а"]),
    ];
    expect(found(marks)).toMatchObject([
      {
        verdict: "late",
        severity: "violation",
        settled: true,
        dueAt: at(due),
        absentAt: at(due),
        seenAt: at("2026-10-16 15:00"),
        subject: "Математика",
        about: "q1/mark",
        lessonDate: "2026-10-15",
        pupilExternalId: null,
        accountable: teacher,
        clause: "Регламент, п. 4",
        details: { half: "mark", term: "1 четверть", pupils: ["p2", "p3"], marked: 3 },
      },
    ]);
    expect(tallyOf(outcomeOf(marks), rule)).toEqual({ late: 1 });
  });

  it("are unproved when no look lies between, or they stood there at the first look", () => {
    for (const absentAt of [null, "2026-10-15 23:59"]) {
      const marks = ["p1", "p2", "p3"].map((id) => final(id, [absentAt, "2026-10-16 00:01", "4"]));
      expect(found(marks)).toMatchObject([{ verdict: "unproved", settled: true }]);
    }
  });

  it("judges the first thing in the cell: a retake after «н/а» in time is no violation", () => {
    const retaken = ["p1", "p2", "p3"].map((id) =>
      final(id, [null, "2026-10-14 15:00", "н/а"], {}, [due, "2026-10-19 15:00", "3"]),
    );
    expect(found(retaken)).toEqual([]);
  });

  it("are missing for the page when nobody has one, and every page was looked at since", () => {
    expect(found([elsewhere])).toMatchObject([
      { verdict: "missing", severity: "violation", settled: false, absentAt: at("2026-10-20 00:05"), about: "q1/mark" },
    ]);
    const looked = ["p1", "p2", "p3"].map((id) => pupil(id, id === "p2" ? "2026-10-15 23:50" : "2026-10-20 00:05"));
    expect(found([elsewhere], { pupils: looked })).toEqual([]);
  });

  it("are only a warning where the subject has one lesson a week: it may be assessed by half-years", () => {
    const outcome = outcomeOf([elsewhere], { lessons: weekly });
    expect(findingsOf(outcome, rule)).toMatchObject([{ verdict: "missing", severity: "warning", about: "q1/mark" }]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
    const halfYear = { ...quarter, from: "2026-06-01" };
    expect(found([elsewhere], { lessons: weekly, terms: [halfYear] })).toMatchObject([{ severity: "violation" }]);
  });

  it("keep the id of the missing page when they come late", () => {
    const late = ["p1", "p2", "p3"].map((id) => final(id, ["2026-10-19 07:30", "2026-10-19 12:00", "4"]));
    expect(found(late)[0]?.id).toBe(found([elsewhere])[0]?.id);
  });

  it.each<[string, Partial<Parameters<typeof classOf>[0]>, readonly FinalMarkFact[]]>([
    ["no final marks at all are known of the term", {}, []],
    ["the subject has no marks in its lessons", { entries: [] }, [elsewhere]],
    ["the page had no lessons in the term", { lessons: [lesson({ date: "2026-10-19" })] }, [elsewhere]],
    [
      "a longer term may assess the subject",
      {
        terms: [
          quarter,
          { ...quarter, externalId: "h1", name: "1 полугодие", to: "2026-12-30" },
          { externalId: "y", name: "Год", from: "2026-09-01", to: "2027-05-26" },
        ],
      },
      [elsewhere],
    ],
    ["the class has no final marks by the order", { grade: 1 }, [elsewhere]],
    ["the grade is unknown", { grade: null }, [elsewhere]],
    ["the term has not ended", { terms: [{ ...quarter, to: "2026-10-23" }] }, [elsewhere]],
  ])("accuse nobody when %s", (_, other, finals) => {
    expect(found(finals, other)).toEqual([]);
  });

  it("warn of a pupil without one beside others, if the pupil has enough marks", () => {
    const marks = [final("p1", inTime), final("p3", inTime)];
    const outcome = outcomeOf(marks);
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "missing", severity: "warning", pupilExternalId: "p2", settled: false },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
    expect(found(marks, { entries: numbers.filter((one) => one.lessonExternalId !== "l2") })).toEqual([]);
  });

  it("keep groups apart, each with its holder", () => {
    const group = (name: string, pupils: readonly string[], id: string) => ({ ...lesson({ id, pupils }), group: name });
    const held = ["1", "2"].map((name) => ({
      subjectExternalId: "s1",
      subject: "Математика",
      group: name,
      holder: `Держатель ${name}`,
    }));
    const marks = [
      final("p1", inTime),
      final("p2", [due, "2026-10-16 07:30", "4"]),
      final("p3", [due, "2026-10-16 07:30", "4"]),
    ];
    const split = [group("1", ["p1"], "l1"), group("2", ["p2", "p3"], "l2")];
    expect(found(marks, { lessons: split, lists: { held } })).toMatchObject([
      { about: "q1/mark/2", accountable: { name: "Держатель 2" }, details: { pupils: ["p2", "p3"], group: "2" } },
    ]);
  });
});

describe("the day of the result", () => {
  const dueOf = (
    terms: ClassSnapshot["terms"],
    calendar: SchoolCalendar = defaultSettings.calendar,
    asOf = "2027-08-01 12:00",
  ) => {
    const late = final("p1", ["2027-07-20 07:30", "2027-07-20 12:00", "4"]);
    return findingsOf(outcomeOf([late], { terms, entries: [] }, { asOf, calendar }), rule)[0]?.dueAt;
  };
  const named = (results: readonly { term: string; on: string; classes: readonly string[] | null }[]) => ({
    ...defaultSettings.calendar,
    years: defaultSettings.calendar.years.map((year) => ({
      ...year,
      results: results.map((day) => ({ grades: null, ...day })),
    })),
  });
  const year = { externalId: "q1", name: "Год", from: "2026-09-01", to: "2027-05-26" };

  it("is the term's last, and moves over the holidays", () => {
    expect(dueOf([{ ...quarter, to: "2026-10-23" }])).toBe(at("2026-11-03 00:00"));
  });

  it("stays in May when the school year is over", () => {
    expect(dueOf([year])).toBe(at("2027-05-28 00:00"));
    expect(dueOf([{ ...year, to: "2027-06-11" }])).toBe(at("2027-06-16 00:00"));
  });

  it("is the council's or the examination's where the calendar names one, the class's own first", () => {
    const all = { term: "год", on: "2027-05-31", classes: null };
    expect(dueOf([year], named([all]))).toBe(at("2027-06-02 00:00"));
    expect(dueOf([year], named([all, { ...all, on: "2027-06-08", classes: ["5а"] }]))).toBe(at("2027-06-10 00:00"));
    expect(dueOf([year], named([{ ...all, classes: ["6а"] }]))).toBe(at("2027-05-28 00:00"));
  });

  it("comes from the calendar when the journal does not tell it, and is asked for when nobody does", () => {
    const bare = { externalId: "q1", name: "1 четверть", from: null, to: null };
    expect(dueOf([bare], defaultSettings.calendar, "2027-07-25 12:00")).toBe(at("2026-11-03 00:00"));
    const strange = outcomeOf([final("p1", inTime)], { terms: [{ ...bare, name: "Модуль 1" }] });
    expect(findingsOf(strange, rule)).toEqual([]);
    expect(strange.gaps.filter((gap) => gap.rule === rule).map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining("неизвестно, когда кончаются периоды «Модуль 1»"),
      expect.stringContaining("каким семьям нужна распечатка"),
    ]);
  });
});

describe("Регламент 4: the notice to a paper family within the same day", () => {
  const paper = ["p1", "p2"].map((pupilExternalId) => ({
    pupilExternalId,
    way: "paper" as const,
    basis: "заявление",
    agreedOn: "2026-09-01",
  }));
  const print = (pupilExternalId: string, printedAt: string) => ({
    pupilExternalId,
    from: "2026-10-01",
    to: "2026-10-14",
    composedAt: at(printedAt),
    printedAt: at(printedAt),
    handedAt: null,
    returnedAt: null,
    hasSlip: true,
    finals: false,
  });
  const seen = ["2026-10-14 12:00", "2026-10-14 15:00", "4"] as const;
  const marks = ["p1", "p2", "p3"].map((id) => final(id, seen));
  const notices = (printed: ReturnType<typeof print>[], finals = marks, asOf = "2026-10-20 12:00") => {
    const outcome = outcomeOf(finals, { lists: { delivery: paper, notices: printed } }, { asOf });
    return findingsOf(outcome, rule).filter(({ details }) => details.half === "notice");
  };

  it("counts a notice printed by the end of that day, and one printed later as late", () => {
    expect(notices([print("p1", "2026-10-14 16:00"), print("p2", "2026-10-16 00:00")])).toEqual([]);
    expect(notices([print("p1", "2026-10-14 16:00"), print("p2", "2026-10-16 08:00")])).toMatchObject([
      {
        verdict: "late",
        settled: true,
        dueAt: at(due),
        seenAt: at("2026-10-16 08:00"),
        subject: null,
        about: "q1/notice",
        details: { pupils: ["p2"] },
      },
    ]);
  });

  it("finds the families without one, once for the class, and waits for the deadline", () => {
    expect(notices([print("p1", "2026-10-01 16:00")])).toMatchObject([
      { verdict: "missing", settled: false, details: { pupils: ["p1", "p2"] } },
    ]);
    expect(notices([print("p1", "2026-10-01 16:00")], marks, "2026-10-15 23:59")).toEqual([]);
  });

  it("gives the class teacher the day on which late marks appeared", () => {
    const late = ["p1", "p2", "p3"].map((id) => final(id, ["2026-10-19 07:30", "2026-10-19 12:00", "4"]));
    expect(notices([print("p1", "2026-10-19 13:00"), print("p2", "2026-10-19 23:59")], late)).toEqual([]);
  });

  it("knows nothing of families whose marks stood there at the first look", () => {
    const before = ["p1", "p2", "p3"].map((id) => final(id, [null, "2026-10-14 15:00", "4"]));
    expect(notices([print("p1", "2026-10-01 16:00")], before)).toEqual([]);
  });

  it("says what it lacks, and still judges the marks", () => {
    const late = [final("p1", [due, "2026-10-16 07:30", "4"])];
    const lacks = (lists: Partial<ClassSnapshot["lists"]>) => {
      const outcome = outcomeOf(late, { lists });
      expect(findingsOf(outcome, rule)[0]).toMatchObject({ verdict: "late", details: { half: "mark" } });
      return outcome.gaps.filter((gap) => gap.rule === rule).map(({ sentence }) => sentence);
    };
    expect(lacks({})).toEqual([expect.stringContaining("каким семьям нужна распечатка")]);
    expect(lacks({ delivery: paper })).toEqual([expect.stringContaining("ни одной распечатки")]);
    expect(lacks({ delivery: [] })).toEqual([]);
  });

  it("explains both halves, each by its own sight", () => {
    const [missing] = notices([print("p1", "2026-10-01 16:00")]);
    const text = explained(missing);
    expect(text).toContain("распечатка с итоговыми отметками не напечатана, срок прошёл");
    expect(text).toContain("Класс 5 А, период «1 четверть».");
    expect(text).toContain("по времени школы – у семей на бумаге распечатка с итоговыми отметками");
    expect(text).toContain("нет у 2 учеников из семей на бумаге");
    expect(text).toContain("Что сделать: напечатайте распечатки");
    const mark = explained(found([final("p1", [due, "2026-10-16 07:30", "4"])])[0]);
    expect(mark).toContain("итоговые отметки появились позже срока");
    expect(mark).toContain("он начинается на следующий день после получения результатов");
    expect(mark).toContain("Речь об отметках 1 ученика");
    expect(mark).toContain("Опоздание – не больше чем на 7 часов 30 минут.");
  });
});
