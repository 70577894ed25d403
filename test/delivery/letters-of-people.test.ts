import { describe, expect, it } from "vitest";
import { isFirstOfWeek } from "../../src/cli/letters.ts";
import { lastWeek } from "../../src/control/week-figures.ts";
import { type TeacherLettersInput, teacherLetters } from "../../src/delivery/teacher-letters.ts";
import { type WeekLettersInput, weekLetters } from "../../src/delivery/week-letters.ts";
import { createMapping, defaultMapping } from "../../src/domain/mapping.ts";
import type { Reader } from "../../src/domain/people.ts";
import { pupilLabels } from "../../src/domain/report/pupil-labels.ts";
import { moscow } from "../domain/notice/sample.ts";
import { finding, missing } from "../domain/report/sample.ts";

const NAMED = "Лебедева Мария Ивановна";
const OTHER = "Борова Нина Львовна";
const school = { id: 1, name: "Школа «Ручей»", zone: "Europe/Moscow" };
const labels = pupilLabels([{ externalId: "p1", fullName: "Ручьёв Пётр", className: "5 А", number: 7 }], "number");
const reader = (over: Partial<Reader> = {}): Reader => ({
  name: NAMED,
  address: "lebedeva@school.example",
  mail: "daily",
  ...over,
});

function teachers(over: Partial<TeacherLettersInput> = {}) {
  return teacherLetters({
    school,
    at: moscow("2026-10-09T07:05"),
    simulation: false,
    findings: [missing({ id: "a" }), missing({ id: "b", accountable: { externalId: "t2", name: OTHER } })],
    people: [reader()],
    labels,
    weekly: false,
    remindDays: 0,
    ...over,
  });
}

describe("a teacher's letter", () => {
  it("holds the own open findings with what to do, and nothing about others", () => {
    const { orders } = teachers();
    expect(orders).toMatchObject([{ to: "lebedeva@school.example", kind: "teacher" }]);
    const [order] = orders;
    expect(order?.letter.sections).toMatchObject(
      [{ note: "Что сделать: впишите тему урока.", lines: [/урок не записан/] }].map(({ note }) => ({ note })),
    );
    expect(order?.letter.sections[0]?.lines).toEqual(["5 А, математика, урок 05.10: урок не записан"]);
    expect(JSON.stringify(order)).not.toContain(OTHER);
  });

  it("is written only where something is left to do: not for what came late, is not proved, waived, or a hint", () => {
    const done = [
      finding(),
      missing({ verdict: "unproved" }),
      missing({ status: "waived" }),
      missing({ severity: "hint" }),
    ];
    expect(teachers({ findings: done })).toEqual({ orders: [], unreached: [] });
  });

  it("has the same key for the same list in whatever order and whenever, and another for another list", () => {
    const findings = [missing({ id: "a" }), missing({ id: "c", lessonExternalId: "l2" })];
    const key = (over: Partial<TeacherLettersInput>) => teachers({ findings, ...over }).orders[0]?.key;
    expect(key({ findings: findings.toReversed(), at: moscow("2026-11-20T07:05") })).toBe(key({}));
    expect(key({ findings: findings.slice(1) })).not.toBe(key({}));
    expect(key({ remindDays: 7, at: moscow("2026-10-30T07:05") })).not.toBe(key({ remindDays: 7 }));
  });

  it("honours what a person chose, and names those whom no letter reaches", () => {
    expect(teachers().unreached.map(({ teacher }) => teacher)).toEqual([OTHER]);
    expect(teachers({ people: [reader({ mail: "none" })] }).unreached.map(({ teacher }) => teacher)).toEqual([
      OTHER,
      NAMED,
    ]);
    const weekly = [reader({ mail: "weekly" })];
    expect(teachers({ people: weekly }).orders).toEqual([]);
    expect(teachers({ people: weekly, weekly: true }).orders).toHaveLength(1);
  });
});

function weeks(over: Partial<WeekLettersInput> = {}) {
  const counts = { checked: 10, inTime: 9, late: 1, missing: 0, unproved: 0, waived: 0, pending: 0, lateness: null };
  const span = { from: "2026-10-05", to: "2026-10-11" };
  return weekLetters({
    school,
    at: moscow("2026-10-12T07:10"),
    simulation: true,
    span,
    classes: [
      {
        className: "5 А",
        classTeacher: NAMED,
        pupils: ["p1", "p2"],
        cells: [
          { pupil: "p1", date: "2026-10-05", text: "Б" },
          { pupil: "p1", date: "2026-10-05", text: "Н/4" },
          { pupil: "p1", date: "2026-10-06", text: "ОП" },
          { pupil: "p2", date: "2026-10-06", text: "5" },
        ],
        toHandOut: ["p1"],
        rosterChanges: 2,
      },
    ],
    weeks: [
      { span: { from: "2026-09-28", to: "2026-10-04" }, counts: { ...counts, inTime: 8, late: 2 } },
      { span, counts },
    ],
    open: [{ teacher: OTHER, count: 3 }],
    batches: [],
    silent: [],
    people: [reader()],
    deputyDirector: "zavuch@school.example",
    labels,
    mapping: createMapping(defaultMapping),
    ...over,
  });
}

describe("the letters of a week", () => {
  it("tell the deputy director the figures with their trend", () => {
    const [summary] = weeks();
    expect(summary).toMatchObject({ to: "zavuch@school.example", key: "week/1/2026-10-05" });
    expect(summary?.letter.lead).toEqual(["Лучше, чем неделей раньше: было 80\u00a0%."]);
    expect(summary?.letter.sections[1]).toMatchObject({
      title: "Не устранено сейчас: 3",
      lines: [`${OTHER}: 3\u00a0замечания`],
    });
  });

  it("tell how far the notices have come, and whose slips stay away", () => {
    const states = { notices: 4, printed: 4, handed: 3, returned: 2, missing: 1, withdrawn: 0 };
    const days = { from: "2026-09-25", to: "2026-10-08", composedAt: moscow("2026-10-08T13:00") };
    const classes = [{ classExternalId: "5", className: "5 А", ...states }];
    const [summary, ofClass] = weeks({
      batches: [{ number: 3, kind: "regular", ...days, classes }],
      silent: [{ pupilExternalId: "p2", className: "5 А", slips: 2, sinceAt: 0 }],
    });
    const sections = summary?.letter.sections.slice(2).map(({ title, lines }) => [title, ...lines]);
    expect(sections).toEqual([
      [
        "Распечатки семьям",
        "5 А, партия № 3 (очередные): роздано 3 из 4, корешков вернулось 2 – не отмечено передачи: 1",
      ],
      ["Корешки не возвращаются", "5 А: 1\u00a0семья"],
    ]);
    const own = ofClass?.letter.sections.find(({ title }) => title === "Корешки не возвращаются");
    expect(own).toMatchObject({ lines: [expect.stringContaining("№")], note: expect.stringContaining("Что делать") });
  });

  it("tell a class teacher who missed what and why, and what is to be handed out; coming late is no absence", () => {
    const letter = weeks()[1]?.letter;
    expect(letter?.sections.map(({ title, lines }) => [title, ...lines])).toEqual([
      ["Пропуски", "№\u00a07: 1\u00a0урок по болезни (05.10); 1\u00a0урок причина в журнале не указана (05.10)"],
      ["Раздать распечатки", "№\u00a07"],
      ["Список класса изменился", expect.stringContaining("2\u00a0изменения ждут подтверждения")],
    ]);
    expect(letter?.lead).toEqual(["Пропускал 1\u00a0ученик из 2, всего 2\u00a0урока."]);
  });

  it("go to nobody who wants none, nor without an address", () => {
    expect(weeks({ people: [], deputyDirector: null })).toEqual([]);
    expect(weeks({ people: [reader({ mail: "none" })] })).toHaveLength(1);
  });

  it("go on the week's first working day", () => {
    const works = (day: string) => !["2026-11-03", "2026-11-02"].includes(day);
    expect(lastWeek("2026-10-12")).toEqual({ from: "2026-10-05", to: "2026-10-11" });
    expect(isFirstOfWeek("2026-11-02", works)).toBe(true);
    expect(isFirstOfWeek("2026-11-04", works)).toBe(true);
    expect(isFirstOfWeek("2026-11-05", works)).toBe(false);
  });
});
