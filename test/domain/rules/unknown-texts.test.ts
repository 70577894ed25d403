import { describe, expect, it } from "vitest";
import { composeCompliance } from "../../../src/domain/report/compliance.ts";
import { input, lastLetter } from "../report/sample.ts";
import { check, classOf, entry, explained, findingsOf, lesson, stored } from "./classroom.ts";

const dance = (id: string, date: string, workType: string | null) => lesson({ id, date, workType });
const cell = (pupil: string, text: string, date = "2026-10-05") =>
  entry(pupil, [[null, "2026-10-06 12:00", text]], { lessonId: `l${date}`, date });

describe("work-type-known", () => {
  const rule = "work-type-known";

  it("finds each unknown work type of a class once, with how often and where first", () => {
    const lessons = [
      dance("l3", "2026-10-07", "Танец"),
      dance("l1", "2026-10-05", "танец "),
      dance("l2", "2026-10-06", "Проект"),
    ];
    const found = findingsOf(check(classOf({ lessons })), rule);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(
      expect.objectContaining({
        severity: "hint",
        verdict: "violation",
        settled: false,
        accountable: null,
        details: { text: "танец ".trim(), times: 2, firstOn: "2026-10-05", firstSubject: "Математика" },
      }),
    );
  });

  it("does not mind an abbreviation, a case, a known word inside, no type at all, or a lesson that is gone", () => {
    const known = ["к/р", "ДИКТАНТ", "Итоговая контрольная работа № 2", null, "  "];
    const lessons = known.map((workType, index) => dance(`l${index}`, "2026-10-05", workType));
    const gone = lesson({ id: "gone", workType: "Танец", vanishedAt: "2026-10-06 12:00" });
    expect(findingsOf(check(classOf({ lessons: [...lessons, gone] })), rule)).toEqual([]);
  });

  it("counts nothing: no tally has it", () => {
    const { tallies } = check(classOf({ lessons: [dance("l1", "2026-10-05", "Танец")], askedAt: null }));
    expect(tallies.filter((tally) => tally.rule === rule)).toEqual([]);
  });
});

describe("letter-known", () => {
  const rule = "letter-known";
  const lessons = ["2026-10-05", "2026-10-06"].map((date) => lesson({ id: `l${date}`, date }));

  it("finds each unknown letter of a class once, whatever stands beside it", () => {
    const entries = [cell("p1", "Ж/4", "2026-10-06"), cell("p2", "ж", "2026-10-05"), cell("p3", "Ъ 5", "2026-10-06")];
    const found = findingsOf(check(classOf({ lessons, entries })), rule);
    expect(found.map(({ details, about }) => [about, details.times, details.firstOn])).toEqual([
      ["ж", 2, "2026-10-05"],
      ["ъ", 1, "2026-10-06"],
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });

  it("does not mind what only looks unknown: small letters, signs after a mark, texts that are marks", () => {
    const entries = ["н", "оп", "4-", "5+", "н/а", "ЗАЧ", "незачёт", "Н/4", "4, 5"].map((text, index) => ({
      ...cell(`p${index}`, text),
    }));
    expect(findingsOf(check(classOf({ lessons, entries })), rule)).toEqual([]);
  });

  it("forgets a letter that has been corrected", () => {
    const corrected = entry("p1", [
      [null, "2026-10-05 12:00", "Ж"],
      ["2026-10-05 18:00", "2026-10-05 21:00", "Н"],
    ]);
    expect(findingsOf(check(classOf({ entries: [corrected] })), rule)).toEqual([]);
  });

  it("is told to whoever looks after the journal, as a hint", () => {
    const [finding] = findingsOf(check(classOf({ lessons, entries: [cell("p1", "Ж")] })), rule);
    const text = explained(finding);
    expect(text).toContain("незнакомая запись «Ж» в клетках журнала");
    expect(text).toContain("Отвечает: ответственный за журнал.");
    expect(text).toContain("впервые – урок 5 октября 2026 г., предмет «Математика»");
    expect(text).toContain("Это подсказка, а не нарушение");
    expect(text).toContain("config/avers.yaml");
    const report = composeCompliance(input({ findings: [stored(finding, { openedAt: lastLetter + 1 })] }));
    expect(report.counts).toMatchObject({ fresh: 0, warnings: 0, hints: 1 });
    expect(report.hints).toEqual([
      {
        teacher: "Ответственный за журнал",
        lines: ["5 А, запись «Ж»: незнакомая запись, клеток: 1; впишите её в config/avers.yaml"],
        more: null,
      },
    ]);
  });
});
