import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lesson, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  scene.journal.lessons = [lesson("1", "2026-10-05")];
});
afterEach(() => scene.close());

const holder = (teacherName: string | null) => ({ classExternalId: "5", subjectExternalId: "31", teacherName });
const accountable = async () => (await scene.snapshot()).lessons[0]?.teacher ?? null;

describe("dirt in the journal's lists ends no pass", () => {
  it("takes an id that a list repeats once", async () => {
    const { directory } = scene.journal;
    const twice = <Row>(rows: readonly Row[]) => [...rows, ...rows];
    scene.journal.directory = {
      ...directory,
      classes: twice(directory.classes),
      pupils: twice(directory.pupils),
      subjects: twice(directory.subjects),
      staff: twice(directory.staff),
      terms: twice([{ externalId: "360000", name: "1 четверть", from: null, to: null }]),
      letters: twice([{ externalId: "1", letter: "Н", meaning: "отсутствовал" }]),
    };
    expect(await scene.pass("2026-10-05T12:00")).toMatchObject({ state: "done" });
  });

  it("names nobody where the journal names two holders of one page", async () => {
    scene.journal.holders = [holder("Полев Иван Ильич"), holder("Лугова Анна Петровна")];
    expect(await scene.pass("2026-10-05T12:00")).toMatchObject({ state: "done" });
    expect(await accountable()).toBeNull();
  });

  it("names the holder whom the journal repeats", async () => {
    scene.journal.holders = [holder("Полев Иван Ильич"), holder("Полев Иван Ильич"), holder(null)];
    expect(await scene.pass("2026-10-05T12:00")).toMatchObject({ state: "done" });
    expect(await accountable()).toEqual({ externalId: "7", name: "Полев Иван Ильич" });
  });
});
