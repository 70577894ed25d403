import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { at, entry, lesson, openScene, PUPILS, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const ALL = [...PUPILS, "104"];
const test = (id: string, date: string) =>
  lesson(id, date, { topic: "Дроби", workType: "Контрольная работа", pupils: ALL });
const join = () => {
  const { directory } = scene.journal;
  const newcomer = { externalId: "104", fullName: "Новый Ученик", classExternalId: "5", grade: 5 };
  scene.journal.directory = { ...directory, pupils: [...directory.pupils, newcomer] };
};

describe("a pupil who comes to the class in the middle of the year", () => {
  it("lacks no marks of the works before", async () => {
    const { journal } = scene;
    journal.lessons = [test("before", "2026-10-05"), test("after", "2026-10-13")];
    journal.entries = PUPILS.flatMap((pupil) => [
      entry("before", pupil, "4"),
      entry("after", pupil, "5", { date: "2026-10-13" }),
    ]);
    await scene.pass("2026-10-05T12:00");
    join();
    await scene.pass("2026-10-13T12:00");
    await scene.pass("2026-10-19T12:00");
    const { findings } = await scene.check("2026-10-19T13:00");
    const warnings = findings.filter(({ rule }) => rule === "mark-written-missing");
    expect(warnings.map(({ lessonExternalId, pupilExternalId }) => [lessonExternalId, pupilExternalId])).toEqual([
      ["after", "104"],
    ]);
  });

  it("was not looked at before, in a look back either", async () => {
    scene.journal.lessons = [test("before", "2026-10-05")];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-12T12:00");
    join();
    await scene.pass("2026-10-13T12:00");
    const back = await scene.snapshot(at("2026-10-12T15:00"));
    expect(back.pupils.map((pupil) => pupil.entriesAskedAt)).toEqual([
      null,
      ...PUPILS.map(() => at("2026-10-12T12:00")),
    ]);
  });
});
