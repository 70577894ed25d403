import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { at, entry, lesson, openScene, PUPILS, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const topicOf = async (id: string) =>
  (await scene.snapshot()).lessons.find((one) => one.externalId === id)?.versions.at(-1)?.content.topic;
const cellsOf = async (pupil: string) =>
  (await scene.snapshot()).entries
    .filter((one) => one.pupilExternalId === pupil && one.vanishedAt === null)
    .map((one) => [one.lessonExternalId, one.versions.at(-1)?.content]);

describe("what was believed too early", () => {
  it("does not keep a topic out when the computer's clock was set back", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05")];
    await scene.pass("2026-10-05T15:00");
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" })];
    await scene.pass("2026-10-05T14:00");
    expect(await topicOf("1")).toBe("Дроби");
  });

  it("accuses nobody by a look whose clock was ahead", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05")];
    // The battery of the clock is flat: it is noon of the fifth.
    await scene.pass("2026-10-07T12:00");
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" }), lesson("2", "2026-10-05", { topic: "Доли" })];
    journal.entries = [entry("1", "101", "Н")];
    await scene.pass("2026-10-06T07:30");
    const { findings } = await scene.check("2026-10-08T12:00");
    expect(findings.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      "absence-same-day unproved",
      "lesson-same-day unproved",
      "lesson-same-day unproved",
    ]);
  });

  it("is taken back when the page comes again as it was before an answer with refused rows", async () => {
    const { journal } = scene;
    const before = [entry("1", "101", "4"), entry("2", "101", "5")];
    journal.entries = before;
    await scene.pass("2026-10-05T12:00");
    journal.entries = [entry("1", "101", "4"), entry("2", "101", "3"), entry("3", "101", "2")];
    journal.fault = ({ kind }) => (kind === "entries" ? "refuse" : null);
    await scene.pass("2026-10-05T15:00");
    journal.fault = () => null;
    journal.entries = before;
    await scene.pass("2026-10-05T18:00");
    expect(await cellsOf("101")).toEqual([
      ["1", "4"],
      ["2", "5"],
    ]);
  });
});

/** The computer goes off when the pass comes to write this; it comes on again, and the same pass goes on. */
async function cutOffAt(table: string, condition: string, when: string, again: string) {
  const { store } = scene;
  await store.pool.query(`
    CREATE FUNCTION off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the power went'; END $$;
    CREATE TRIGGER off BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION off()`);
  await expect(scene.pass(when)).rejects.toThrow("the power went");
  await store.pool.query(`DROP TRIGGER off ON ${table}`);
  await store.prisma.pass.updateMany({ where: { state: "failed" }, data: { state: "running", finishedAt: null } });
  return scene.pass(again);
}

describe("a deleted lesson", () => {
  it("vanishes although a page that never showed it could not be read", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05", { pupils: ["101"] }), lesson("2", "2026-10-06")];
    await scene.pass("2026-10-05T07:30");
    journal.lessons.shift();
    journal.fault = ({ kind, pupilExternalId }) => (kind === "lessons" && pupilExternalId === "103" ? "fail" : null);
    await scene.pass("2026-10-05T12:00");
    expect((await scene.snapshot()).lessons.map((one) => [one.externalId, one.vanishedAt])).toEqual([
      ["1", at("2026-10-05T12:00")],
      ["2", null],
    ]);
  });

  it("stays while a page that showed it could not be read", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05"), lesson("2", "2026-10-06")];
    await scene.pass("2026-10-05T07:30");
    journal.lessons.shift();
    journal.fault = ({ kind, pupilExternalId }) => (kind === "lessons" && pupilExternalId === "103" ? "fail" : null);
    expect(await scene.pass("2026-10-05T12:00")).toMatchObject({ vanished: 0 });
    journal.fault = () => null;
    expect(await scene.pass("2026-10-05T15:00")).toMatchObject({ vanished: 1 });
  });
});

describe("a class that is cut off in the middle", () => {
  it("holds the rest of a mass disappearance back as well", async () => {
    const { journal } = scene;
    journal.entries = PUPILS.flatMap((pupil) => Array.from({ length: 10 }, (_, i) => entry(`m${i}`, pupil, "4")));
    await scene.pass("2026-10-05T07:30");
    journal.entries = journal.entries.filter(({ lessonExternalId }) => Number(lessonExternalId.slice(1)) < 6);
    const third = "NEW.kind = 'entries' AND NEW.pupil_external_id = '103'";
    const resumed = await cutOffAt("page_pass", third, "2026-10-05T12:00", "2026-10-05T12:10");
    expect(resumed).toMatchObject({ resumed: true, vanished: 0, quarantined: 1 });
    expect(await cellsOf("103")).toHaveLength(10);
  });

  it("lets a deleted lesson vanish all the same", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05"), lesson("2", "2026-10-06")];
    await scene.pass("2026-10-05T07:30");
    journal.lessons.shift();
    await cutOffAt("lesson", "NEW.vanished_at IS NOT NULL", "2026-10-05T12:00", "2026-10-05T12:10");
    const first = (await scene.snapshot()).lessons.find((one) => one.externalId === "1");
    expect(first?.vanishedAt).not.toBeNull();
  });
});

describe("a pass that fails", () => {
  it("asks nothing more of the journal", async () => {
    const { journal, store } = scene;
    const { classes, pupils } = journal.directory;
    journal.directory = {
      ...journal.directory,
      classes: [...classes, { externalId: "6", name: "6 А", classTeacher: null, termIds: [] }],
      pupils: [...pupils, { externalId: "201", fullName: "Ручьёва Вера", classExternalId: "6", grade: 6 }],
    };
    const stopped = Promise.withResolvers<void>();
    const signIn = journal.signIn.bind(journal);
    journal.signIn = async (signal) => {
      const session = await signIn(signal);
      return {
        ...session,
        async *pages(wanted, inner) {
          if (wanted.some(({ classExternalId }) => classExternalId === "6")) {
            if (inner?.aborted) stopped.resolve();
            inner?.addEventListener("abort", () => stopped.resolve());
            await stopped.promise;
          } else yield* session.pages(wanted, inner);
        },
      };
    };
    await store.pool.query(`
      CREATE FUNCTION off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$;
      CREATE TRIGGER off BEFORE INSERT ON page_pass FOR EACH ROW EXECUTE FUNCTION off()`);
    await expect(scene.pass("2026-10-05T12:00")).rejects.toThrow("the disk is full");
    await stopped.promise;
  });
});
