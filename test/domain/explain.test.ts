import { describe, expect, it } from "vitest";
import type { SchoolCalendar } from "../../src/domain/calendar.ts";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";
import { explain } from "../../src/domain/explain.ts";
import type { Finding, StoredFinding } from "../../src/domain/finding.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { at, check, classOf, entry, lesson } from "./rules/classroom.ts";

const pass = (id: number, from: string, to: string, state: "done" | "trouble" | "failed" = "done") => ({
  id,
  startedAt: at(from),
  finishedAt: at(to),
  state,
});
const calendar: SchoolCalendar = {
  ...defaultCalendar,
  years: defaultCalendar.years.map((year) => ({
    ...year,
    closed: [{ from: "2026-10-12", to: "2026-10-13", reason: "карантин", classes: ["5 А"] }],
  })),
};
const passes = [
  pass(1, "2026-10-05 23:50", "2026-10-05 23:54"),
  pass(2, "2026-10-06 00:05", "2026-10-06 00:09", "trouble"),
  pass(3, "2026-10-06 06:00", "2026-10-06 06:01", "failed"),
  pass(4, "2026-10-06 07:30", "2026-10-06 07:35"),
];

function explained(finding: Finding | undefined, other: Partial<StoredFinding> = {}): string {
  if (finding === undefined) throw new Error("no finding");
  const stored: StoredFinding = {
    ...finding,
    status: finding.settled ? "settled" : "open",
    openedAt: 0,
    settledAt: null,
    withdrawnAt: null,
    waivedAt: null,
    waiverId: null,
    ...other,
  };
  const cause = "Календарь исправлен.";
  const events = [{ findingId: stored.id, at: 1, kind: "withdrawn" as const, author: "sverka", cause }];
  const text = explain({
    finding: stored,
    events,
    passes,
    zone: "Europe/Moscow",
    policy: defaultPolicy,
    calendar,
    grade: 5,
  });
  return text.replaceAll("\u00a0", " ");
}

const ofTopic = (absentAt: string | null, seenAt: string) =>
  check(classOf({ lessons: [lesson({ topic: [absentAt, seenAt, "Дроби"] })] })).findings[0];

describe("an explanation to a teacher", () => {
  it("tells of a late record what was demanded, expected, seen, and by how much it was late", () => {
    const text = explained(ofTopic("2026-10-06 00:06", "2026-10-06 07:31"));
    expect(text).toContain("урок записан позже дня проведения");
    expect(text).toContain("Класс 5 А, предмет «Математика», урок 5 октября 2026 г.");
    expect(text).toContain("Порядок, пп. 3.1.1, 8: учитель обязан «вносить учетную запись о занятии");
    expect(text).toContain("Не позднее 24:00 5 октября 2026 г. по времени школы – тема урока в журнале.");
    expect(text).toContain("этот срок не переносится");
    expect(text).toContain(
      "проход № 2, 6 октября 2026 г., 00:05–00:09: завершён, часть страниц не прочитана; страница прочитана, записи на ней нет",
    );
    expect(text).toContain("проход № 3, 6 октября 2026 г., 06:00–06:01: не удался; ничего не доказывает");
    expect(text).toContain("проход № 4, 6 октября 2026 г., 07:30–07:35: завершён; запись увидели впервые");
    expect(text).toContain("Считается нарушением");
    expect(text).toContain("Опоздание – не меньше чем на 6 минут и не больше чем на 7 часов 31 минуту.");
  });

  it("says plainly that what is unproved does not count, and why", () => {
    const text = explained(ofTopic("2026-10-05 23:52", "2026-10-06 07:31"));
    expect(text).toContain("Не считается: ни нарушением, ни выполнением.");
    expect(text).toContain(
      "между 5 октября 2026 г., 23:52 и 6 октября 2026 г., 07:31, а срок (24:00 5 октября 2026 г.)",
    );
    expect(text).not.toContain("Считается нарушением");
    expect(text).not.toContain("Опоздание –");
    expect(explained(ofTopic(null, "2026-10-06 07:31"))).toContain("ни разу не удалось прочитать без этой записи");
  });

  it("accuses nobody where a cell may hold a mark that nobody can read", () => {
    const entries = [entry("p1", [[null, "2026-10-05 12:00", "отл"]])];
    const text = explained(
      check(classOf({ lessons: [lesson({ workType: "Тест" })], entries })).findings.find(
        ({ rule }) => rule === "mark-written-missing",
      ),
    );
    expect(text).toContain("Не считается: ни нарушением, ни выполнением.");
    expect(text).toContain("это могут быть отметки, поэтому никому не ставится в вину.");
    expect(text).toContain("незнакомые буквы: «отл»");
  });

  it("tells what is to be done about a missing record", () => {
    const text = explained(check(classOf({ askedAt: "2026-10-06 00:06" })).findings[0]);
    expect(text).toContain(
      "Считается нарушением: страница прочитана 6 октября 2026 г., 00:06, уже после срока, а записи урока на ней нет.",
    );
    expect(text).toContain("Что сделать: впишите тему урока.");
  });

  it("reckons a written work's deadline by the Civil Code", () => {
    const entries = [entry("p1", [["2026-10-10 12:00", "2026-10-10 15:00", "4"]])];
    const outcome = check(classOf({ lessons: [lesson({ workType: "Тест" })], entries, askedAt: null }));
    const text = explained(outcome.findings.find(({ rule }) => rule === "mark-written"));
    expect(text).toContain("в течение 3 дней (2–10 классы)");
    expect(text).toContain("Срок – 3 дня: он начинается на следующий день после урока (ст. 191 ГК РФ)");
    expect(text).toContain("вид работы «Тест», ученик с номером p1 в журнале");
    const senior = check(classOf({ grade: 11, lessons: [lesson({ workType: "Тест" })], entries, askedAt: null }));
    const seniorText = explained(senior.findings.find(({ rule }) => rule === "mark-written"));
    expect(seniorText).toContain("в течение 4 дней (11–12 классы)");
  });

  it.each([
    ["2026-10-07", "10 октября 2026 г.: выходной."],
    ["2026-10-09", "12 октября 2026 г.: карантин."],
    ["2026-10-23", "26 октября 2026 г.: осенние каникулы."],
    ["2026-11-03", "4 ноября 2026 г.: праздник или перенесённый выходной.", "Ответ на уроке"],
  ])("names what moved the deadline of a work of %s, by the school's calendar", (date, why, workType = "Тест") => {
    const entries = [entry("p1", [["2026-11-20 12:00", "2026-11-20 15:00", "4"]], { date })];
    const lessons = [lesson({ workType, date })];
    const { findings } = check(classOf({ lessons, entries, askedAt: null }), { asOf: "2026-11-21 12:00" });
    const text = explained(findings.find(({ rule }) => rule === "mark-written" || rule === "mark-oral"));
    expect(text).toContain(`Здесь последний день – ${why}`);
  });

  it("says nothing of moving where nothing moved", () => {
    expect(explained(ofTopic("2026-10-06 00:06", "2026-10-06 07:31"))).not.toContain("Здесь последний день");
  });

  it("tells letters before and after, a warning from a violation, and what was withdrawn", () => {
    const changed = entry("p1", [
      [null, "2026-10-05 12:00", "Н"],
      ["2026-10-06 00:06", "2026-10-06 07:31", "Б"],
    ]);
    const absence = check(classOf({ entries: [changed] })).findings.find(({ rule }) => rule === "absence-same-day");
    expect(explained(absence)).toContain("было «Н», стало «Б»");

    const some = classOf({
      lessons: [lesson({ workType: "Тест" })],
      entries: [entry("p1", [[null, "2026-10-06 12:00", "4"]])],
    });
    const warning = check(some).findings.find(({ severity }) => severity === "warning");
    expect(explained(warning)).toContain("Это предупреждение, а не нарушение");

    const withdrawn = explained(warning, { status: "withdrawn", withdrawnAt: at("2026-10-21 12:00") });
    expect(withdrawn).toContain("Замечание отозвано 21 октября 2026 г., 12:00 и не считается.\nКалендарь исправлен.");
    expect(withdrawn).not.toContain("предупреждение, а не");
  });

  it("asks to take away a mark of the first grade", () => {
    const entries = [entry("p1", [[null, "2026-10-05 15:00", "5"]])];
    const found = check(classOf({ grade: 1, entries, askedAt: null })).findings.find(
      ({ rule }) => rule === "no-marks-grade-one",
    );
    expect(explained(found)).toContain("Считается нарушением, пока отметка стоит. Что сделать: уберите отметку");
  });
});
