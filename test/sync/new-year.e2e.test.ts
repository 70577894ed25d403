import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultCalendar } from "../../src/domain/default-calendar.ts";
import { entry, lesson, openScene, PUPILS, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const calendar = { ...defaultCalendar, years: [] };
const inGrade = (grade: number) => {
  const { directory } = scene.journal;
  scene.journal.directory = { ...directory, pupils: directory.pupils.map((pupil) => ({ ...pupil, grade })) };
};
const all = (id: string, text: string, date: string) => PUPILS.map((pupil) => entry(id, pupil, text, { date }));
const told = async (when: string) =>
  (await scene.check(when, { calendar })).findings.map(
    ({ rule, status, verdict, lessonExternalId, pupilExternalId }) =>
      `${rule} ${status} ${verdict} ${lessonExternalId} ${pupilExternalId}`,
  );

/** May of the first grade; then September of the second, in the same class of the journal, which shows one year at a time. */
async function liveOverSummer(switchedOn: string) {
  const { journal } = scene;
  const written = { topic: "Сложение", workType: "Контрольная работа" };
  inGrade(1);
  journal.lessons = Array.from({ length: 12 }, (_, i) => lesson(`m${i}`, "2027-05-12", written));
  journal.lessons.push(lesson("late", "2027-05-13"), lesson("never", "2027-05-14"));
  journal.entries = Array.from({ length: 12 }, (_, i) => all(`m${i}`, "Н", "2027-05-12")).flat();
  journal.finals = [{ pupilExternalId: "101", termExternalId: "360003", subjectExternalId: "31", text: "5" }];
  await scene.pass("2027-05-12T12:00");
  await scene.pass("2027-05-17T12:00");
  journal.lessons = journal.lessons.map((row) => (row.externalId === "late" ? { ...row, topic: "Итоги" } : row));
  await scene.pass("2027-05-17T15:00");
  const may = await told("2027-05-18T12:00");
  await scene.pass("2027-09-07T12:00");

  journal.year = 2027;
  inGrade(2);
  journal.lessons = [lesson("s1", "2027-09-02", { topic: "Вычитание" }), lesson("s2", "2027-09-07")];
  journal.entries = all("s1", "Н", "2027-09-02");
  journal.finals = [];
  for (const hour of ["12:00", "15:00", "18:00"]) await scene.pass(`${switchedOn}T${hour}`);
  return may;
}

describe("a new school year in the same class of the journal", () => {
  it("leaves last year's facts and findings as they were, and judges none of them by the new grade", async () => {
    const may = await liveOverSummer("2027-09-07");
    expect(may).toContain("lesson-same-day settled late late null");
    expect(may).toContain("lesson-same-day open missing never null");
    expect((await told("2027-09-08T12:00")).filter((line) => !/ s\d /.test(line))).toEqual(may);
    const { pool } = scene.store;
    const { rows: lessons } = await pool.query("SELECT FROM lesson WHERE vanished_at IS NOT NULL");
    const { rows: entries } = await pool.query("SELECT FROM entry WHERE vanished_at IS NOT NULL");
    expect([lessons.length, entries.length]).toEqual([0, 0]);
  });

  it("takes no look at last year's pages for a look at this year's", async () => {
    await liveOverSummer("2027-09-08");
    const counted = (await told("2027-09-09T12:00")).filter((line) => !line.includes("unproved") && / s\d /.test(line));
    expect(counted).toEqual(["lesson-same-day open missing s2 null"]);
  });

  it("keeps last year's final marks apart from this year's", async () => {
    await liveOverSummer("2027-09-07");
    expect((await scene.snapshot()).finals).toEqual([]);
    scene.journal.finals = [{ pupilExternalId: "101", termExternalId: "360003", subjectExternalId: "31", text: "5" }];
    await scene.pass("2027-09-09T12:00");
    expect((await scene.snapshot()).finals.map(({ versions, vanishedAt }) => [versions.length, vanishedAt])).toEqual([
      [1, null],
    ]);
    const { rows } = await scene.store.pool.query("SELECT content, vanished_at FROM fact_version WHERE fact = 'final'");
    expect(rows).toEqual([{ content: { text: "5" }, vanished_at: null }]);
  });
});
