import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { entry, lesson, openScene, PUPILS, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  scene.journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" })];
  scene.journal.entries = PUPILS.map((pupil) => entry("1", pupil, "4"));
});
afterEach(() => scene.close());

const change = (of: (pupil: Scene["journal"]["directory"]["pupils"][number], index: number) => object) => {
  const { directory } = scene.journal;
  scene.journal.directory = { ...directory, pupils: directory.pupils.map((one, i) => ({ ...one, ...of(one, i) })) };
};

describe("a class's grade", () => {
  it("is that of most of its pupils, not of the first", async () => {
    change((_, index) => (index === 0 ? { grade: 1 } : {}));
    await scene.pass("2026-10-05T12:00");
    expect((await scene.snapshot()).grade).toBe(5);
    const { findings } = await scene.check("2026-10-06T12:00");
    expect(findings.filter(({ rule }) => rule === "no-marks-grade-one")).toEqual([]);
  });

  it("stays when the classes of its pupils could not be asked", async () => {
    await scene.pass("2026-10-05T12:00");
    change(() => ({ classExternalId: null, grade: null }));
    await scene.pass("2026-10-05T15:00");
    expect((await scene.snapshot()).grade).toBe(5);
  });
});

describe("the journal of another school", () => {
  const twelve = (name: (i: number) => string) =>
    Array.from({ length: 12 }, (_, i) => ({
      externalId: `${101 + i}`,
      fullName: name(i),
      classExternalId: "5",
      grade: 5,
    }));
  const pupils = (name: (i: number) => string) => {
    scene.journal.directory = { ...scene.journal.directory, pupils: twelve(name) };
  };

  it("is refused whole: its numbers are those of other pupils and lessons", async () => {
    pupils((i) => `Ручьёв Пётр ${i}`);
    await scene.pass("2026-10-05T12:00");
    pupils((i) => `Лесная Анна ${i}`);
    scene.journal.schoolName = "Школа № 7";
    scene.journal.lessons = [lesson("1", "2026-10-05", { topic: "Чужая тема" })];
    await expect(scene.pass("2026-10-05T15:00")).rejects.toMatchObject({ code: "another-school" });
    const { pupils: kept, lessons } = await scene.snapshot();
    expect(kept[0]?.fullName).toBe("Ручьёв Пётр 0");
    expect(lessons[0]?.versions.at(-1)?.content.topic).toBe("Дроби");
  });

  it("is not one that was renamed, nor one whose pupils all have new names", async () => {
    pupils((i) => `Ручьёв Пётр ${i}`);
    await scene.pass("2026-10-05T12:00");
    scene.journal.schoolName = "Школа-интернат «Ручей» имени Павлова";
    expect(await scene.pass("2026-10-05T15:00")).toMatchObject({ state: "done" });
    pupils((i) => `Ручьёв П. ${i}`);
    expect(await scene.pass("2026-10-05T18:00")).toMatchObject({ state: "done" });
  });
});
