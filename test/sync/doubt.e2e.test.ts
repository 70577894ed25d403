import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RuleId } from "../../src/domain/finding.ts";
import { doubtedCounts, doubtedFacts, heldPages } from "../../src/store/held-pages.ts";
import { decideHeld, type HeldGroup, heldGroups } from "../../src/sync/decide-held.ts";
import { at, entry, lesson, openScene, PUPILS, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** What a check finds, without what counts for nothing. */
async function accused(when: string, ...rules: RuleId[]) {
  const { findings } = await scene.check(when);
  return findings
    .filter(({ verdict, rule }) => verdict !== "unproved" && rules.includes(rule))
    .map(({ rule, verdict, lessonExternalId }) => `${rule} ${verdict} ${lessonExternalId}`);
}

const reading = (id: string, date: string, topic = "Тема") => lesson(id, date, { subjectExternalId: "32", topic });
const all = (lessonId: string, text: string, of: { date?: string; subjectExternalId?: string } = {}) =>
  PUPILS.map((pupil) => entry(lessonId, pupil, text, of));

describe("a right that the account is given late", () => {
  it("accuses nobody of the few lessons of a subject that it could not see before", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" })];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-07T12:00");
    journal.lessons.push(reading("2", "2026-10-05"), reading("3", "2026-10-06"));
    journal.entries = all("2", "Н", { subjectExternalId: "32" });
    await scene.pass("2026-10-07T15:00");
    expect(await accused("2026-10-08T12:00", "lesson-same-day", "absence-same-day")).toEqual([]);
  });

  it("accuses nobody where one pupil's page could not be read when the others showed the subject first", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" })];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-07T12:00");
    journal.lessons.push(reading("2", "2026-10-05"));
    journal.entries = all("2", "Н", { subjectExternalId: "32" });
    journal.fault = ({ pupilExternalId }) => (pupilExternalId === "101" ? "fail" : null);
    await scene.pass("2026-10-07T15:00");
    journal.fault = () => null;
    await scene.pass("2026-10-07T18:00");
    expect(await accused("2026-10-08T12:00", "lesson-same-day", "absence-same-day")).toEqual([]);
  });

  it("accuses nobody of lessons held while the right was taken away", async () => {
    const { journal } = scene;
    const before = Array.from({ length: 15 }, (_, i) => reading(`r${i}`, "2026-09-21"));
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" }), ...before];
    await scene.pass("2026-10-05T12:00");
    journal.lessons = journal.lessons.slice(0, 1);
    await scene.pass("2026-10-05T18:00");
    await scene.pass("2026-10-05T21:00");
    await scene.pass("2026-10-08T12:00");
    journal.lessons.push(...before, reading("2", "2026-10-06"));
    journal.entries = all("2", "Н", { date: "2026-10-06", subjectExternalId: "32" });
    await scene.pass("2026-10-08T15:00");
    expect(await accused("2026-10-09T12:00", "lesson-same-day", "absence-same-day")).toEqual([]);
  });

  it("accuses nobody of marks that it could not see, though it saw the lessons", async () => {
    const { journal } = scene;
    const days = ["21", "22", "23", "24", "25", "28", "29"].map((day) => `2026-09-${day}`);
    const written = { topic: "Дроби", workType: "Контрольная работа" };
    journal.lessons = days.map((date, i) => lesson(`${i}`, date, written));
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-06T12:00");
    journal.entries = days.flatMap((date, i) => all(`${i}`, "4", { date }));
    await scene.pass("2026-10-06T15:00");
    expect(await accused("2026-10-07T12:00", "mark-written", "mark-written-missing")).toEqual([]);
  });

  it("still finds the topic that a visible subject got late", async () => {
    const { journal } = scene;
    journal.lessons = [reading("1", "2026-10-02"), lesson("2", "2026-10-02")];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-07T12:00");
    journal.lessons.push(reading("3", "2026-10-05"));
    journal.entries = all("3", "Н", { subjectExternalId: "32" });
    await scene.pass("2026-10-07T15:00");
    expect(await accused("2026-10-08T12:00", "absence-same-day")).toHaveLength(3);
    expect(await accused("2026-10-08T12:00", "lesson-same-day")).toContain("lesson-same-day late 3");
  });
});

describe("an emptiness that was believed and was none", () => {
  const days = ["21", "22", "23", "24", "25", "28", "29", "30"].map((day) => `2026-09-${day}`);
  beforeEach(() => {
    scene.journal.lessons = [
      ...days.map((date, i) => lesson(`${i}`, date, { topic: "Дроби" })),
      lesson("today", "2026-10-05"),
    ];
    scene.journal.entries = days.flatMap((date, i) => all(`${i}`, "4", { date }));
  });

  it("accuses nobody of what was entered meanwhile, once the facts come back", async () => {
    const { journal } = scene;
    await scene.pass("2026-10-05T21:00");
    journal.lessons.push(lesson("new", "2026-10-05", { topic: "Проценты" }));
    journal.entries.push(...all("today", "Н"));
    journal.fault = ({ kind }) => (kind === "entries" || kind === "lessons" ? "empty" : null);
    await scene.pass("2026-10-05T22:30");
    expect(await scene.pass("2026-10-06T00:05")).toMatchObject({ quarantined: 0 });
    journal.fault = () => null;
    await scene.pass("2026-10-06T07:30");
    expect(await accused("2026-10-06T12:00", "lesson-same-day", "absence-same-day")).toEqual([
      "lesson-same-day missing today",
    ]);
  });

  it("is not confirmed within an hour: a maintenance at midnight spans both passes", async () => {
    const { journal } = scene;
    await scene.pass("2026-10-05T21:00");
    journal.fault = ({ kind }) => (kind === "entries" ? "empty" : null);
    expect(await scene.pass("2026-10-05T23:50")).toMatchObject({ quarantined: 3 });
    expect(await scene.pass("2026-10-06T00:05")).toMatchObject({ quarantined: 3, vanished: 0 });
    expect(await scene.pass("2026-10-06T07:30")).toMatchObject({ quarantined: 0, vanished: 24 });
  });

  it("is decided about by a person, for this very answer: at once, or not before another hour", async () => {
    const { journal, store, school } = scene;
    const groups = async () => heldGroups(await heldPages(store.pool, school.id));
    const decide = (group: HeldGroup | undefined, decision: "accept" | "wait", when: string) =>
      decideHeld(
        { store, schoolId: school.id, at: at(when) },
        { kind: "entries", classExternalId: "5", mark: group?.mark ?? "", decision },
      );
    await scene.pass("2026-10-05T21:00");
    journal.fault = ({ kind }) => (kind === "entries" ? "empty" : null);
    await scene.pass("2026-10-05T22:00");
    const [seen] = await groups();
    expect(seen).toMatchObject({ className: "5 А", facts: 24, shown: 0, lost: 24, decision: null });
    expect(await doubtedFacts(store.pool, school.id, "5")).toHaveLength(24);
    expect(await doubtedCounts(store.pool, school.id, "5")).toEqual([
      { kind: "entries", subject: "Математика", facts: 24, from: "2026-09-21", to: "2026-09-30" },
    ]);
    await decide(seen, "wait", "2026-10-05T22:50");
    await expect(decide(seen, "accept", "2026-10-05T22:51")).rejects.toMatchObject({ code: "held-changed" });
    // More than an hour after it was held, less than an hour after the word.
    expect(await scene.pass("2026-10-05T23:30")).toMatchObject({ quarantined: 3, vanished: 0 });
    const [waiting] = await groups();
    await decide(waiting, "accept", "2026-10-05T23:31");
    // Another answer than the one that was believed: nothing is taken over.
    journal.entries = all("0", "4", { date: "2026-09-21" });
    journal.fault = () => null;
    expect(await scene.pass("2026-10-05T23:40")).toMatchObject({ quarantined: 3, vanished: 0 });
    const [other] = await groups();
    expect(other).toMatchObject({ shown: 3, lost: 21, decision: null });
    await decide(other, "accept", "2026-10-05T23:41");
    expect(await scene.pass("2026-10-05T23:50")).toMatchObject({ quarantined: 0, vanished: 21 });
    expect(await groups()).toEqual([]);
  });
});

describe("a timetable that was made anew", () => {
  it("accuses nobody when the same lessons and cells come under new numbers", async () => {
    const { journal } = scene;
    const days = ["24", "25", "28", "29", "30"].map((day) => `2026-09-${day}`);
    const written = { topic: "Дроби", workType: "Контрольная работа" };
    const show = (prefix: string) => {
      journal.lessons = days.map((date, i) => lesson(`${prefix}${i}`, date, written));
      journal.entries = days.flatMap((date, i) => all(`${prefix}${i}`, "Н/4", { date }));
    };
    show("a");
    await scene.pass("2026-09-30T12:00");
    show("b");
    for (const when of ["2026-10-05T12:00", "2026-10-05T15:00", "2026-10-05T18:00"]) await scene.pass(when);
    expect(await accused("2026-10-06T12:00", "lesson-same-day", "absence-same-day", "mark-written")).toEqual([]);
  });

  it("accuses nobody when a recorded lesson is put right to another day", async () => {
    const { journal } = scene;
    const rest = [lesson("1", "2026-10-01", { topic: "Сложение" }), lesson("2", "2026-10-02", { topic: "Вычитание" })];
    journal.lessons = [...rest, lesson("3", "2026-10-05", { topic: "Дроби" })];
    journal.entries = [...all("1", "4"), ...all("3", "Н")];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-07T12:00");
    journal.lessons = [...rest, lesson("4", "2026-10-06", { topic: "Дроби" })];
    journal.entries = [...all("1", "4"), ...all("4", "Н", { date: "2026-10-06" })];
    await scene.pass("2026-10-08T12:00");
    expect(await accused("2026-10-09T12:00", "lesson-same-day", "absence-same-day")).toEqual([]);
  });
});
