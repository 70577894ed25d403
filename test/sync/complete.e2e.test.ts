import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SverkaError } from "../../src/domain/error.ts";
import { at, lesson, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

describe("a pass that could not ask one pupil's class", () => {
  it("is not complete, so that nobody takes it for a look at that pupil's pages", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05")];
    await scene.pass("2026-10-05T12:00");
    const { pupils } = journal.directory;
    journal.directory = {
      ...journal.directory,
      pupils: pupils.map((pupil) => (pupil.externalId === "101" ? { ...pupil, classExternalId: null } : pupil)),
      unplaced: ["101"],
    };
    const partial = await scene.pass("2026-10-06T00:05");
    journal.directory = { ...journal.directory, pupils, unplaced: [] };
    await scene.pass("2026-10-07T12:00");

    expect(partial.state).toBe("trouble");
    expect(partial.troubles).toMatchObject([{ code: "pupil-unplaced", pupilExternalId: "101" }]);
    const past = await scene.snapshot(at("2026-10-06T12:00"));
    expect(past.pupils.find((pupil) => pupil.externalId === "101")?.lessonsAskedAt).toBe(at("2026-10-05T12:00"));
  });
});

describe("a journal so slow that the time of each pass runs out", () => {
  it("has all its classes read in turn", async () => {
    const { journal, store } = scene;
    const { classes, pupils } = journal.directory;
    journal.directory = {
      ...journal.directory,
      classes: [...classes, { externalId: "6", name: "6 А", classTeacher: null, termIds: [] }],
      pupils: [...pupils, { externalId: "201", fullName: "Ручьёва Вера", classExternalId: "6", grade: 6 }],
    };
    const signIn = journal.signIn.bind(journal);
    journal.signIn = async (signal) => {
      const session = await signIn(signal);
      let first: string | undefined;
      return {
        ...session,
        async *pages(wanted, inner) {
          const of = wanted[0]?.classExternalId;
          first ??= of;
          if (of !== undefined && of !== first)
            throw new SverkaError("journal", "journal-time", "Проход не уложился в отведённое время.");
          yield* session.pages(wanted, inner);
        },
      };
    };
    for (const when of ["12:00", "15:00"])
      await expect(scene.pass(`2026-10-05T${when}`)).rejects.toMatchObject({ code: "journal-time" });
    const { rows } = await store.pool.query("SELECT DISTINCT class_external_id AS id FROM page_pass ORDER BY 1");
    expect(rows).toEqual([{ id: "5" }, { id: "6" }]);
  });
});
