import { describe, expect, it } from "vitest";
import { composeCompliance } from "../../../src/domain/report/compliance.ts";
import type { ReportGroup } from "../../../src/domain/report/report.ts";
import { moscow } from "../notice/sample.ts";
import { finding, input, lastLetter, letterAt, missing, tally } from "./sample.ts";

const before = lastLetter - 3_600_000;
const after = lastLetter + 3_600_000;
const lines = (groups: readonly ReportGroup[]) =>
  groups.flatMap((group) => group.lines).map((line) => line.replaceAll("\u00a0", " "));
const many = (count: number, over: Parameters<typeof finding>[0] = {}) =>
  Array.from({ length: count }, (_, i) => finding({ id: `f${i}`, pupilExternalId: `p${i}`, ...over }));

describe("what is new, open, settled", () => {
  it("goes by the last letter", () => {
    const { counts } = composeCompliance(
      input({
        findings: [
          finding({ id: "1", openedAt: after }),
          missing({ id: "2", openedAt: after }),
          missing({ id: "3", openedAt: lastLetter }),
          missing({ id: "4", openedAt: before }),
          finding({ id: "5", openedAt: before, settledAt: after }),
          finding({ id: "6", openedAt: before, settledAt: before }),
        ],
      }),
    );
    expect(counts).toMatchObject({ fresh: 2, open: 2, settled: 1, warnings: 0, hints: 0, unproved: 0 });
  });

  it("is all new in the first letter", () => {
    expect(composeCompliance(input({ since: null, findings: [missing({ openedAt: before })] })).counts).toMatchObject({
      fresh: 1,
      open: 0,
    });
  });

  it("never counts what is unproved, a warning, a hint or withdrawn", () => {
    const report = composeCompliance(
      input({
        findings: [
          finding({ id: "1", verdict: "unproved", pupilExternalId: null }),
          missing({ id: "2", severity: "warning", rule: "mark-written-missing", pupilExternalId: "p1" }),
          finding({ id: "4", verdict: "violation", severity: "hint", status: "open", settled: false, openedAt: after }),
          finding({ id: "3", status: "withdrawn", openedAt: before, withdrawnAt: after }),
        ],
      }),
    );
    expect(report.counts).toMatchObject({ fresh: 0, open: 0, settled: 0, warnings: 1, hints: 1, unproved: 1 });
    expect(report.teachers).toEqual([]);
    expect(report.title).toBe("Сверка, 9 октября: нарушений нет");
    expect(report.withdrawnNote).toContain("1\u00a0замечание");
    expect(lines(report.unproved)).toEqual([
      "5 А, математика, урок 05.10: 1 отметка – вовремя или нет, проходы не показали",
    ]);
  });

  it("stands in the subject, with the label of a simulation", () => {
    const { title } = composeCompliance(
      input({ simulation: true, findings: [...many(2), missing({ openedAt: before })] }),
    );
    expect(title).toBe("[УЧЕБНЫЕ ДАННЫЕ] Сверка, 9 октября: 2 новых нарушения, 1 не устранено");
  });
});

describe("lines", () => {
  it("join many late marks of one lesson", () => {
    expect(lines(composeCompliance(input({ findings: many(12) })).fresh)).toEqual([
      "5 А, математика, урок 05.10: 12 отметок позже срока на 1–2 дня",
    ]);
  });

  it("name pupils by their number in the class list, when they are few and all known", () => {
    const two = many(2).map((one, i) => ({ ...one, pupilExternalId: i === 0 ? "p3" : "p2" }));
    expect(lines(composeCompliance(input({ findings: two })).fresh)[0]).toContain("(ученики № 2, 12)");
    expect(lines(composeCompliance(input({ findings: many(2) })).fresh)[0]).not.toContain("№");
  });

  it("name pupils by surname and initial where the school allows it, and never by more", () => {
    const two = many(2).map((one, i) => ({ ...one, pupilExternalId: i === 0 ? "p3" : "p2" }));
    const report = composeCompliance(input({ findings: two, pupilsBy: "surname" }));
    expect(lines(report.fresh)[0]).toContain("(Клёнова Я., Полев Л.)");
    expect(JSON.stringify(report)).not.toMatch(/Яна|Лев |Тимофеевна|Андреевич/);
    expect(JSON.stringify(composeCompliance(input({ findings: two })))).not.toMatch(/Клёнов|Полев/);
  });

  it("tell namesakes of one class apart by their numbers", () => {
    const pupil = (externalId: string, fullName: string, number: number, className = "5 А") => ({
      externalId,
      fullName,
      number,
      className,
    });
    const pupils = [
      pupil("p1", "Ручьёв Пётр Ильич", 7),
      pupil("p2", "Ручьёв Павел Ильич", 6),
      pupil("p3", "Ручьёв Пётр Львович", 1, "6 А"),
      pupil("p4", "Ручьёв", 9),
    ];
    const of = (...ids: string[]) => ids.map((pupilExternalId, i) => finding({ id: `f${i}`, pupilExternalId }));
    const said = (...ids: string[]) =>
      lines(composeCompliance(input({ findings: of(...ids), pupils, pupilsBy: "surname" })).fresh)[0];
    expect(said("p1", "p2")).toContain("(Ручьёв П. (№ 6), Ручьёв П. (№ 7))");
    expect(said("p3")).toContain("(Ручьёв П.)");
    expect(said("p4")).toContain("(Ручьёв)");
  });

  it("join lessons of one page, and those that name pupils once they are more than three", () => {
    const lessons = (count: number, of: typeof missing) =>
      Array.from({ length: count }, (_, i) =>
        of({ id: `m${i}`, lessonExternalId: `l${i}`, lessonDate: `2026-10-0${i + 1}` }),
      );
    const said = (count: number, of: typeof missing) =>
      lines(composeCompliance(input({ findings: lessons(count, of) })).fresh);
    expect(said(2, missing)).toEqual(["5 А, математика, уроки 01.10, 02.10: не записано 2 урока"]);
    expect(said(7, missing)).toEqual([
      "5 А, математика, уроки 01.10, 02.10, 03.10, 04.10 и ещё 3: не записано 7 уроков",
    ]);
    expect(said(3, finding)).toHaveLength(3);
    expect(said(4, finding)).toHaveLength(1);
  });

  it.each([
    [{ rule: "lesson-same-day", pupilExternalId: null }, "урок записан позже своего дня на 1–2 дня"],
    [{ rule: "lesson-same-day", verdict: "missing", pupilExternalId: null }, "урок не записан"],
    [{ rule: "absence-same-day" }, "1 отметка об отсутствии позже дня урока на 1–2 дня (ученик № 1)"],
    [{ rule: "mark-written" }, "1 отметка за письменную работу позже срока на 1–2 дня (ученик № 1)"],
    [
      { rule: "mark-written-missing", verdict: "missing", pupilExternalId: null },
      "нет ни одной отметки за письменную работу",
    ],
    [
      { rule: "mark-written-missing", pupilExternalId: null },
      "первая отметка за письменную работу позже срока на 1–2 дня",
    ],
    [
      { rule: "no-marks-grade-one", verdict: "violation", dueAt: null },
      "1 отметка в классе, где отметок не ставят (ученик № 1)",
    ],
  ] as const)("say %j as %s", (over, said) => {
    expect(lines(composeCompliance(input({ findings: [finding(over)] })).fresh)).toEqual([
      `5 А, математика, урок 05.10: ${said}`,
    ]);
  });

  it("say by how much, between what is proved and what may be", () => {
    const due = moscow("2026-10-07T00:00");
    const hours = (atLeast: number, atMost: number) =>
      lines(
        composeCompliance(
          input({
            findings: [
              finding({
                dueAt: due,
                absentAt: due + atLeast * 3_600_000,
                seenAt: due + atMost * 3_600_000,
                pupilExternalId: null,
              }),
            ],
          }),
        ).fresh,
      )[0]?.split("срока")[1];
    expect(hours(0, 20)).toBe(" меньше чем на день");
    expect(hours(1, 30)).toBe(" на 1–2 дня");
    expect(hours(49, 70)).toBe(" на 2–3 дня");
    expect(hours(48, 48)).toBe(" на 2 дня");
    expect(hours(110, 120)).toBe(" на 4–5 дней");
  });

  it("of one teacher are cut at fifteen, and the rest is counted", () => {
    const findings = Array.from({ length: 20 }, (_, i) =>
      missing({ id: `m${i}`, classExternalId: `c${i}`, className: `${i + 1} А` }),
    );
    const [group] = composeCompliance(input({ findings })).fresh;
    expect(group?.lines).toHaveLength(15);
    expect(group?.lines[1]).toContain("2 А,");
    expect(group?.more).toContain("5\u00a0строк");
  });
});

describe("teachers", () => {
  it("stand with their numbers, the most first, and nobody is called so", () => {
    const other = { externalId: "t2", name: "Орлов Пётр Львович" };
    const { teachers, fresh } = composeCompliance(
      input({
        findings: [
          finding({ id: "1", accountable: other }),
          ...many(2),
          missing({ id: "x", accountable: null, openedAt: before }),
        ],
      }),
    );
    expect(teachers).toEqual([
      { name: "Лебедева Мария Ивановна", fresh: 2, open: 0, settled: 0 },
      { name: "Орлов Пётр Львович", fresh: 1, open: 0, settled: 0 },
      { name: "Учитель в журнале не назван", fresh: 0, open: 1, settled: 0 },
    ]);
    expect(fresh.map(({ teacher }) => teacher)).toEqual(["Лебедева Мария Ивановна", "Орлов Пётр Львович"]);
  });
});

describe("what an earlier letter told of, or nobody could have seen", () => {
  const warning = (over: Parameters<typeof missing>[0]) =>
    missing({ severity: "warning", rule: "mark-written-missing", pupilExternalId: "p1", ...over });

  it("is a number, once the warning itself has been told", () => {
    const findings = [warning({ id: "1", openedAt: after }), warning({ id: "2", openedAt: before })];
    const report = composeCompliance(input({ findings }));
    expect(report.counts).toMatchObject({ warnings: 1, oldWarnings: 1 });
    expect(lines(report.warnings)).toHaveLength(1);
  });

  it("is a number where the journal held it before the first look", () => {
    const unproved = { verdict: "unproved", openedAt: after } as const;
    const findings = [finding({ id: "1", ...unproved }), finding({ id: "2", ...unproved, absentAt: null })];
    const report = composeCompliance(input({ findings }));
    expect(report.counts).toMatchObject({ unproved: 1, unlooked: 1 });
    expect(lines(report.unproved)).toHaveLength(1);
  });
});

describe("the tables", () => {
  it("count by teacher, by class and by what the order demands", () => {
    const late = finding({ id: "1", openedAt: after });
    const open = missing({ id: "2", openedAt: before, className: "6 Б" });
    const { classes, rules } = composeCompliance(input({ findings: [late, open] }));
    expect(classes).toEqual([
      { name: "5 А", fresh: 1, open: 0, settled: 0 },
      { name: "6 Б", fresh: 0, open: 1, settled: 0 },
    ]);
    expect(rules.map(({ name }) => name.replaceAll("\u00a0", " "))).toEqual([
      `Отметка за устный ответ – в срок (${late.clause})`,
      `Урок записан в день проведения (${open.clause})`,
    ]);
  });
});

describe("evidence", () => {
  const share = (tallies: Parameters<typeof tally>[0][]) =>
    composeCompliance(input({ tallies: tallies.map(tally) })).evidence;

  it("is the share of deadlines decided; pending ones are not counted", () => {
    expect(share([{ inTime: 80, late: 5, missing: 4, violation: 1, unproved: 10, pending: 500 }]).percent).toBe(
      "90\u00a0%",
    );
  });

  it("leaves out what stood there at the first look already", () => {
    expect(share([{ inTime: 9, unproved: 501, unlooked: 500 }]).percent).toBe("90\u00a0%");
    expect(share([{ unproved: 500, unlooked: 500 }]).percent).toBeNull();
  });

  it("is a hundred per cent only when nothing is left open", () => {
    expect(share([{ inTime: 9999, unproved: 1 }]).percent).toBe("99\u00a0%");
    expect(share([{ inTime: 9999 }]).sentence).toContain("о каждом известно");
  });

  it("advises more passes when it is thin, and says when there is none", () => {
    expect(share([{ inTime: 1, unproved: 1 }]).sentence).toContain("23:50");
    expect(share([]).percent).toBeNull();
  });
});

describe("passes", () => {
  const pass = {
    state: "done",
    startedAt: letterAt,
    pagesDone: 10,
    pagesFailed: 0,
    quarantined: 0,
    trouble: null,
  } as const;

  it("that all failed are the first thing said: silence is no good news", () => {
    const { title, lead, passes } = composeCompliance(
      input({ passes: [{ ...pass, state: "failed", trouble: "Журнал недоступен." }] }),
    );
    expect(title).toBe("Сверка, 9 октября: журнал не прочитан");
    expect(lead).toContain("не прочитан");
    expect(passes.sentences[0]).toContain("Журнал недоступен.");
  });

  it("with failed or held back pages are no good passes", () => {
    expect(composeCompliance(input({ passes: [pass] })).passes.good).toBe(true);
    expect(composeCompliance(input({ passes: [{ ...pass, pagesFailed: 1 }] })).passes.good).toBe(false);
    expect(composeCompliance(input({ passes: [{ ...pass, quarantined: 2 }] })).passes.good).toBe(false);
    expect(composeCompliance(input({ passes: [pass, { ...pass, state: "interrupted" }] })).passes.good).toBe(false);
  });
});
