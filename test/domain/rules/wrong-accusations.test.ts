import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/domain/days.ts";
import type { ClassSnapshot, LessonFact } from "../../../src/domain/facts.ts";
import type { PupilMove } from "../../../src/domain/school-lists.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import {
  at,
  check,
  classOf,
  entry,
  everybody,
  explained,
  findingsOf,
  lesson,
  pupil,
  type Seen,
  tallyOf,
} from "./classroom.ts";

// What looks like a violation and is none: a wrong accusation is the worst bug this product can have (rules.md).

const topic = ["2026-10-05 09:00", "2026-10-05 12:00", "Дроби"] as const;
const dictation = lesson({ workType: "Диктант", topic });
/** Seen long after every deadline of Monday, 5 October, by a look after one without it. */
const longAfter = (text: string): Seen<string> => ["2026-10-19 07:30", "2026-10-19 12:00", text];
const judged = (outcome: ReturnType<typeof check>) =>
  Object.fromEntries(
    (["lesson-same-day", "absence-same-day", "mark-oral", "mark-written", "mark-written-missing"] as const).map(
      (rule) => [rule, tallyOf(outcome, rule)],
    ),
  );
const accused = (outcome: ReturnType<typeof check>) =>
  outcome.findings
    .filter(({ verdict, severity }) => verdict !== "unproved" && severity !== "hint")
    .map(({ rule, lessonExternalId, pupilExternalId }) => `${rule} ${lessonExternalId}/${pupilExternalId ?? ""}`);

const joined = (externalId: string, joinedOn: string) => ({ ...pupil(externalId, "2026-10-20 00:05"), joinedOn });
const others = everybody.slice(1).map((id, index) => pupil(id, "2026-10-20 00:05", index + 2));
const move = (kind: PupilMove["kind"], when: string): PupilMove => ({ pupilExternalId: "p1", kind, at: at(when) });

describe("a pupil who came from another class", () => {
  const brought = [
    entry("p1", [longAfter("4")]),
    ...["p2", "p3"].map((id) => entry(id, [[null, "2026-10-06 12:00", "5"]])),
  ];

  it.each<[string, Pick<ClassSnapshot, "pupils"> & { lists?: { moves: PupilMove[] } }]>([
    ["by the first look at its pages", { pupils: [joined("p1", "2026-10-15"), ...others] }],
    [
      "by the list",
      { pupils: [pupil("p1", "2026-10-20 00:05"), ...others], lists: { moves: [move("came", "2026-10-15 07:30")] } },
    ],
    [
      "and is gone again",
      { pupils: others, lists: { moves: [move("came", "2026-10-15 07:30"), move("went", "2026-10-20 00:05")] } },
    ],
    [
      "after having left",
      {
        pupils: [pupil("p1", "2026-10-20 00:05"), ...others],
        lists: { moves: [move("went", "2026-09-20 07:30"), move("came", "2026-10-15 07:30")] },
      },
    ],
  ])("%s brings marks along that nobody was late with", (_, of) => {
    const outcome = check(classOf({ lessons: [dictation], entries: brought, ...of }));
    expect(accused(outcome)).toEqual([]);
    expect(judged(outcome)).toMatchObject({ "mark-written": { inTime: 2 }, "mark-written-missing": { inTime: 1 } });
  });

  it("brings absences along, too, and lacks no mark of the days in another class", () => {
    const pupils = [joined("p1", "2026-10-15"), ...others];
    const absent = [entry("p1", [longAfter("Н")]), ...brought.slice(1)];
    expect(accused(check(classOf({ lessons: [dictation], entries: absent, pupils })))).toEqual([]);
    const moves = [move("went", "2026-09-20 07:30"), move("came", "2026-10-15 07:30")];
    const back = classOf({ lessons: [dictation], entries: brought.slice(1), lists: { moves } });
    expect(accused(check(back))).toEqual([]);
  });

  it("is judged as anybody before leaving and since coming", () => {
    const before = lesson({ id: "l0", date: "2026-09-14", workType: "Диктант", topic });
    const after = lesson({
      id: "l2",
      date: "2026-10-12",
      workType: "Диктант",
      topic: ["2026-10-12 09:00", "2026-10-12 12:00", "Дроби"],
    });
    const late = [before, after].map(({ externalId, date }) =>
      entry("p1", [longAfter("4")], { lessonId: externalId, date }),
    );
    const moves = [move("went", "2026-09-20 07:30"), move("came", "2026-10-09 07:30")];
    const outcome = check(classOf({ lessons: [before, after], entries: late, lists: { moves } }));
    expect(tallyOf(outcome, "mark-written")).toEqual({ late: 2 });
  });
});

it("a class that the journal did not have before is not late with what is written back into it", () => {
  const old = lesson({
    id: "l0",
    date: "2026-10-01",
    workType: "Диктант",
    topic: ["2026-10-15 12:00", "2026-10-16 12:00", "Дроби"],
  });
  const own = lesson({ id: "l1", date: "2026-10-15", topic: ["2026-10-16 00:05", "2026-10-16 12:00", "Дроби"] });
  const entries = [
    entry("p1", [longAfter("4")], { lessonId: "l0", date: "2026-10-01" }),
    entry("p2", [longAfter("Н")], { lessonId: "l0", date: "2026-10-01" }),
  ];
  const made = { ...classOf({ lessons: [old, own], entries }), beganOn: "2026-10-14" };
  expect(accused(check(made))).toEqual(["lesson-same-day l1/"]);
});

describe("a day that was no school day", () => {
  const { calendar } = defaultSettings;
  const frost = { from: "2026-10-05", to: "2026-10-05", reason: "мороз", classes: ["5 А"] };
  const closed = { ...calendar, years: calendar.years.map((year) => ({ ...year, closed: [frost] })) };
  const entries = [entry("p1", [longAfter("4")]), entry("p2", [longAfter("Н")])];

  it("has no late marks and absences, as it has no missing lessons", () => {
    const snapshot = classOf({ lessons: [lesson({ workType: "Диктант" })], entries });
    expect(accused(check(snapshot, { calendar: closed }))).toEqual([]);
    expect(accused(check(snapshot))).toEqual(expect.arrayContaining(["mark-written l1/p1", "absence-same-day l1/p2"]));
  });

  it("has none on a day that ended early, where a blank stands for the topic", () => {
    const shortened = [{ date: "2026-10-05", fromLesson: 4, reason: "праздник", classes: null }];
    const early = { ...calendar, years: calendar.years.map((year) => ({ ...year, shortened })) };
    const blank = lesson({ workType: "Диктант", topic: [null, "2026-10-05 12:00", " "] });
    expect(accused(check(classOf({ lessons: [blank], entries }), { calendar: early }))).toEqual([]);
  });
});

it("a lesson that was deleted takes its marks and absences with it", () => {
  const vanishedAt = "2026-10-19 15:00";
  const entries = [entry("p1", [longAfter("4")], { vanishedAt }), entry("p2", [longAfter("Н")], { vanishedAt })];
  const snapshot = classOf({ lessons: [lesson({ workType: "Диктант", vanishedAt })], entries });
  expect(accused(check(snapshot))).toEqual([]);
  expect(accused(check(snapshot, { asOf: "2026-10-19 14:00" }))).not.toEqual([]);
});

describe("a lesson that was moved to an earlier day", () => {
  const moved = (until: string, of: Parameters<typeof lesson>[0] = {}): LessonFact => ({
    ...lesson({ topic: ["2026-10-09 12:00", "2026-10-09 15:00", "Дроби"], workType: "Диктант", ...of }),
    movedFrom: [{ date: "2026-10-09", until: at(until) }],
  });
  const entries = everybody.map((id) => entry(id, [["2026-10-12 00:05", "2026-10-12 12:00", "4"]]));

  it("keeps the deadlines of the day on which the journal had it, when that was told only afterwards", () => {
    const outcome = check(classOf({ lessons: [moved("2026-10-12 12:00")], entries }));
    expect(accused(outcome)).toEqual([]);
    expect(judged(outcome)).toMatchObject({ "lesson-same-day": { inTime: 1 }, "mark-written": { inTime: 3 } });
    const missing = check(classOf({ lessons: [moved("2026-10-12 12:00", { topic: null })] }));
    expect(findingsOf(missing, "lesson-same-day")).toMatchObject([
      { rule: "lesson-same-day", verdict: "missing", dueAt: at("2026-10-10 00:00"), lessonDate: "2026-10-05" },
    ]);
    const [found] = findingsOf(missing, "lesson-same-day");
    expect(explained(found)).toContain(
      "До переноса урок стоял в журнале 9 октября 2026 г.: срок считается от этого дня.",
    );
  });

  it("has those of its new day when it was told in time", () => {
    const outcome = check(classOf({ lessons: [moved("2026-10-05 12:00")], entries }));
    expect(judged(outcome)).toMatchObject({ "lesson-same-day": { late: 1 }, "mark-written": { late: 3 } });
  });
});

describe("a mark of somebody who was away", () => {
  it("is no late mark of the work, and no mark of it either", () => {
    const made = entry("p1", [[null, "2026-10-05 12:00", "Н"], longAfter("Н/4")]);
    const outcome = check(classOf({ lessons: [dictation], entries: [made] }));
    expect(accused(outcome)).toEqual(["mark-written-missing l1/"]);
    expect(findingsOf(outcome, "mark-written-missing")).toMatchObject([
      { verdict: "missing", settled: false, details: { present: 2, marked: 0 } },
    ]);
  });

  it("proves nothing of the work's marks where it may have been made in time", () => {
    const made = entry("p1", [
      [null, "2026-10-05 12:00", "Н"],
      ["2026-10-07 12:00", "2026-10-19 12:00", "Н/4"],
    ]);
    const outcome = check(classOf({ lessons: [dictation], entries: [made] }));
    expect(accused(outcome)).toEqual([]);
    expect(findingsOf(outcome, "mark-written-missing")).toMatchObject([{ verdict: "unproved" }]);
  });

  it("is no late warning, though the letter gave way to it", () => {
    const cells = [
      entry("p1", [[null, "2026-10-05 12:00", "Б"], longAfter("4")]),
      ...["p2", "p3"].map((id) => entry(id, [[null, "2026-10-06 12:00", "5"]])),
    ];
    expect(accused(check(classOf({ lessons: [dictation], entries: cells })))).toEqual([]);
  });
});

it("a mark of a lesson that the class does not have may come from the pupil's former class", () => {
  const entries = [entry("p1", [[null, "2026-10-05 15:00", "5"]], { lessonId: "elsewhere" })];
  expect(accused(check(classOf({ grade: 1, lessons: [], entries })))).toEqual([]);
});

it("a final mark that a newcomer brought along is no late one", () => {
  const quarter = { externalId: "q1", name: "1 четверть", from: "2026-09-01", to: "2026-10-14" };
  const final = (pupilExternalId: string, absentAt: string | null, seenAt: string) => ({
    ...{ pupilExternalId, termExternalId: "q1", subjectExternalId: "s1", subject: "Математика", vanishedAt: null },
    versions: [{ absentAt: absentAt === null ? null : at(absentAt), seenAt: at(seenAt), content: "4" }] as const,
  });
  const finals = [
    ...["p2", "p3"].map((id) => final(id, null, "2026-10-14 15:00")),
    final("p1", "2026-10-19 07:30", "2026-10-19 12:00"),
  ];
  const of = { lessons: [lesson({ topic })], terms: [quarter], finals };
  expect(accused(check(classOf(of)))).toEqual(["final-mark-24h null/"]);
  expect(accused(check(classOf({ ...of, pupils: [joined("p1", "2026-10-16"), ...others] })))).toEqual([]);
  const brought = [final("p1", "2026-10-19 07:30", "2026-10-19 12:00")];
  const made = { ...classOf({ ...of, finals: brought }), beganOn: "2026-10-19" };
  expect(accused(check(made))).toEqual([]);
});

it("a subject of the curriculum of which the journal shows no row may only be called otherwise there", () => {
  const curriculum = [{ subjectExternalId: "s7", subject: "Алгебра", weeklyHours: 3 }];
  const dates = Array.from({ length: 35 }, (_, day) => addDays("2026-09-07", day));
  const lessons = dates.map((date) => lesson({ id: date, date, topic: [null, `${date} 12:00`, "Дроби"] }));
  const outcome = check(classOf({ lessons, lists: { curriculum } }));
  const [found, another] = findingsOf(outcome, "programme-fulfilled");
  expect(found).toMatchObject({ severity: "warning", details: { what: "short", shown: "no" } });
  expect(another).toBeUndefined();
  expect(tallyOf(outcome, "programme-fulfilled")).toEqual({});
  expect(explained(found)).toContain("либо предмет там называется иначе");
});
