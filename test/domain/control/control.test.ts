import { describe, expect, it } from "vitest";
import { type ControlInput, composeControl } from "../../../src/domain/control/compose-control.ts";
import { draftConclusion } from "../../../src/domain/control/conclusion.ts";
import { controlDocument } from "../../../src/domain/control/document.ts";
import { controlDay, monthDue } from "../../../src/domain/control/due.ts";
import { deputyLetter, teacherLetter } from "../../../src/domain/control/letters.ts";
import { monthName, nextMonth, previousMonth, spanOf } from "../../../src/domain/control/month.ts";
import type { RuleOutcome } from "../../../src/domain/finding.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { moscow } from "../notice/sample.ts";
import { finding, missing, tally } from "../report/sample.ts";

const { calendar } = defaultSettings;
const NAMED = "Лебедева Мария Ивановна";
const OTHER = "Борова Нина Львовна";
const hour = 3_600_000;

const outcome: RuleOutcome = {
  findings: [
    finding({ id: "a" }),
    finding({
      id: "b",
      pupilExternalId: "p2",
      absentAt: moscow("2026-10-07T00:00"),
      seenAt: moscow("2026-10-07T05:00"),
    }),
    finding({ id: "c", verdict: "unproved", pupilExternalId: "p3" }),
    finding({ id: "w", severity: "warning", verdict: "missing" }),
    missing({ id: "d", accountable: { externalId: "t2", name: OTHER } }),
  ],
  weeks: [],
  tallies: [
    tally({ accountable: NAMED, inTime: 7, late: 2, unproved: 1, pending: 1 }),
    tally({ rule: "lesson-same-day", accountable: OTHER, inTime: 3, missing: 1 }),
  ],
  gaps: [{ rule: "programme-fulfilled", classExternalId: "c5", sentence: "нет данных: учебный план не ввезён" }],
};

function input(over: Partial<ControlInput> = {}): ControlInput {
  return {
    month: "2026-10",
    number: 2,
    school: { name: "Школа", zone: "Europe/Moscow" },
    simulation: false,
    policy: "order-204/1",
    madeAt: moscow("2026-11-02T08:15"),
    asOf: moscow("2026-11-02T08:15"),
    classes: [{ name: "5 А", outcome }],
    stored: [],
    waivers: new Map(),
    pupilNumbers: new Map([
      ["p1", 1],
      ["p2", 12],
    ]),
    earlier: [],
    ...over,
  };
}

describe("months", () => {
  it("know their ends, neighbours and names", () => {
    expect(spanOf("2027-02")).toEqual({ from: "2027-02-01", to: "2027-02-28" });
    expect([nextMonth("2026-12"), previousMonth("2027-01")]).toEqual(["2027-01", "2026-12"]);
    expect(monthName("2026-10")).toBe("октябрь 2026\u00a0г.");
  });

  it("are due from the first working day of the staff after their end, national days off aside, for school months alone", () => {
    expect(controlDay(calendar, "2026-10", 1)).toBe("2026-11-02");
    expect(controlDay(calendar, "2026-10", 3)).toBe("2026-11-05");
    expect(controlDay(calendar, "2026-12", 1)).toBe("2027-01-11");
    expect(monthDue(calendar, "2026-11-01", 1)).toBeNull();
    expect(monthDue(calendar, "2026-11-02", 1)).toBe("2026-10");
    expect(monthDue(calendar, "2026-11-30", 1)).toBe("2026-10");
    expect(monthDue(calendar, "2027-06-01", 1)).toBe("2027-05");
    expect(monthDue(calendar, "2027-07-15", 1)).toBeNull();
  });
});

describe("the monthly control (Порядок, п. 8)", () => {
  it("counts each deadline once: by class, by teacher, in all, with the provable lateness", () => {
    const { parts } = composeControl(input());
    expect(parts.map(({ id }) => id)).toEqual(["lessons", "marks", "attendance", "programmes"]);
    const marks = parts[1];
    expect(marks?.total).toEqual({
      checked: 10,
      inTime: 7,
      late: 2,
      missing: 0,
      unproved: 1,
      waived: 0,
      pending: 1,
      lateness: { atLeast: 0, atMost: 40 * hour },
    });
    expect(marks?.byClass).toEqual([{ name: "5 А", ...marks?.total }]);
    expect(marks?.byTeacher).toEqual([{ name: NAMED, ...marks?.total }]);
    expect(parts[0]?.byTeacher).toMatchObject([{ name: OTHER, checked: 4, inTime: 3, missing: 1 }]);
    expect(parts[3]).toMatchObject({ total: { checked: 0 }, gaps: ["нет данных: учебный план не ввезён"] });
  });

  it("sets what is waived apart: neither late nor missing, with the reason in the list", () => {
    const waivers = new Map([["a", { author: "Завуч", reason: "болезнь" }]]);
    const { parts, cases } = composeControl(input({ waivers }));
    expect(parts[1]?.total).toMatchObject({ checked: 10, late: 1, waived: 1 });
    expect(cases.find(({ findingId }) => findingId === "a")?.waived).toEqual({ author: "Завуч", reason: "болезнь" });
    const document = controlDocument(composeControl(input({ waivers })), { conclusion: "", concluded: true });
    expect([document.counted, document.waivedCount]).toEqual([2, 1]);
    expect(document.waived).toMatchObject([{ reason: "болезнь (Завуч)" }]);
  });

  it("lists neither what is not proved nor warnings", () => {
    expect(composeControl(input()).cases.map(({ findingId }) => findingId)).toEqual(["d", "a", "b"]);
  });

  it("takes in what came to light of an earlier month after its control, and nothing that one knew", () => {
    const september = composeControl(
      input({ month: "2026-09", number: 1, asOf: moscow("2026-10-01T08:15"), classes: [{ name: "5 А", outcome }] }),
    );
    const stored = [
      finding({ id: "known", lessonDate: "2026-09-10", openedAt: moscow("2026-09-20T10:00") }),
      finding({ id: "new", lessonDate: "2026-09-10", openedAt: moscow("2026-10-20T10:00") }),
      finding({ id: "gone", lessonDate: "2026-09-10", openedAt: moscow("2026-10-20T10:00"), status: "withdrawn" }),
      finding({ id: "older", lessonDate: "2026-08-31", openedAt: moscow("2026-10-20T10:00") }),
    ];
    const { cases, trend } = composeControl(input({ stored, earlier: [september] }));
    expect(cases.filter(({ earlier }) => earlier).map(({ findingId }) => findingId)).toEqual(["new"]);
    expect(trend.map(({ month }) => month)).toEqual(["2026-09", "2026-10"]);
  });
});

describe("its words", () => {
  const facts = composeControl(input());

  it("draft a conclusion from the figures", () => {
    const draft = draftConclusion(facts);
    expect(draft).toContain("проверено 10; вовремя 7 (77\u00a0% решённых), позже срока 2.");
    expect(draft).toContain("Выполнение программ по предметам в соответствии с учебным планом: нет данных.");
    expect(draft).toContain(`${NAMED} – 2, ${OTHER} – 1`);
    expect(draft).toContain("О 1\u00a0сроке проходы не сказали");
  });

  it("put pupils of one lesson into one row", () => {
    const { cases } = controlDocument(facts, { conclusion: "", concluded: false });
    expect(cases).toHaveLength(2);
    expect(cases[1]).toMatchObject({ teacher: NAMED, pupil: "№\u00a01, 12", lateness: "1–2\u00a0дня", date: "05.10" });
  });

  it("tell a teacher the own part and nothing about others", () => {
    const letter = teacherLetter(facts, OTHER, { thanks: false });
    expect(letter?.subject).toBe("Контроль журналов за октябрь 2026\u00a0г.: 1\u00a0замечание");
    expect(JSON.stringify(letter)).not.toContain(NAMED);
    expect(letter?.sections.flatMap(({ lines }) => lines)).toEqual([
      "5 А, Математика, урок 05.10: урок не записан, срок прошёл. Порядок, п. 3.1.1",
    ]);
  });

  it("thank whoever has nothing to mend only if the policy says so", () => {
    expect(teacherLetter(facts, "Новый Учитель", { thanks: false })).toBeNull();
    expect(teacherLetter(facts, "Новый Учитель", { thanks: true })?.subject).toContain("замечаний нет");
  });

  it("tell the deputy director whom no letter reaches", () => {
    const letter = deputyLetter(facts, { concluded: false, unreached: [OTHER] });
    expect(letter.sections).toMatchObject([{ title: "Письмом не получат", lines: [OTHER] }]);
    expect(letter.lead.join()).toContain("sverka control --month 2026-10 --conclusion");
  });
});
