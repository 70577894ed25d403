import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { classSnapshot } from "../../src/store/snapshot.ts";
import { at, entry, lesson, openScene, type Scene } from "../sync/scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

type Query = (...args: unknown[]) => Promise<unknown>;
const textOf = (query: unknown) => (typeof query === "string" ? query : String((query as { text?: unknown }).text));

/** Does something else right after the query that matches, once: what another process might do meanwhile. */
function meanwhile(pattern: RegExp, act: () => Promise<unknown>): void {
  const { pool } = scene.store;
  let done = false;
  const watched =
    (query: Query): Query =>
    async (...args) => {
      const answer = await query(...args);
      if (!done && pattern.test(textOf(args[0]))) {
        done = true;
        await act();
      }
      return answer;
    };
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<object>;
  const query = pool.query.bind(pool) as unknown as Query;
  Object.assign(pool, {
    query: watched(query),
    connect: async (callback?: unknown) => {
      // The pool's own queries come this way too.
      if (callback !== undefined) return connect(callback);
      const client = await connect();
      const own = (client as { query: Query }).query.bind(client);
      return new Proxy(client, {
        get: (target, key) => {
          if (key === "query") return watched(own);
          const value = Reflect.get(target, key);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    },
  });
}

describe("what is read of a class", () => {
  it("is of one moment, though a pass changes the class meanwhile", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби", workType: "Тест" })];
    journal.entries = [entry("1", "101", "4")];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-12T12:00");
    journal.entries = [entry("1", "101", "5")];
    meanwhile(/FROM fact_version/, () => scene.pass("2026-10-12T15:00"));
    const { findings } = await scene.check("2026-10-12T15:10");
    expect(findings.filter(({ rule }) => rule === "mark-written")).toEqual([]);
    const [cell] = (await scene.snapshot(at("2026-10-13T12:00"))).entries;
    expect(cell?.versions.map(({ content }) => content)).toEqual(["4", "5"]);
  });
});

describe("what came about since the first pass", () => {
  it("tells the other days on which a lesson stood, and until when", async () => {
    const { journal } = scene;
    const topic = { topic: "Дроби", workType: "Тест" };
    journal.lessons = [lesson("1", "2026-10-08"), lesson("2", "2026-10-08", topic)];
    await scene.pass("2026-10-08T12:00");
    journal.lessons = [lesson("1", "2026-10-09", topic), lesson("2", "2026-10-08", topic)];
    await scene.pass("2026-10-09T12:00");
    journal.lessons = [lesson("1", "2026-10-05", topic), lesson("2", "2026-10-08", topic)];
    await scene.pass("2026-10-12T12:00");
    const { lessons } = await scene.snapshot();
    const sight = (when: string) => expect.closeTo(at(when), -3);
    expect(lessons.map(({ externalId, date, movedFrom }) => ({ externalId, date, movedFrom }))).toEqual([
      {
        externalId: "1",
        date: "2026-10-05",
        movedFrom: [
          { date: "2026-10-08", until: sight("2026-10-09T12:00") },
          { date: "2026-10-09", until: sight("2026-10-12T12:00") },
        ],
      },
      { externalId: "2", date: "2026-10-08", movedFrom: undefined },
    ]);
    const { findings } = await scene.check("2026-10-12T13:00");
    expect(findings.filter(({ rule }) => rule === "lesson-same-day")).toEqual([]);
  });

  it("tells who came and went, and a class that a complete pass before did not have", async () => {
    const { journal, store, school } = scene;
    const place = (id: string, classExternalId: string) => {
      const { classes, pupils } = journal.directory;
      const both =
        classes.length > 1 ? classes : [...classes, { externalId: "6", name: "6 А", classTeacher: null, termIds: [] }];
      const moved = pupils.map((pupil) => (pupil.externalId === id ? { ...pupil, classExternalId } : pupil));
      journal.directory = { ...journal.directory, classes: both, pupils: moved };
    };
    await scene.pass("2026-10-05T12:00");
    place("101", "6");
    await scene.pass("2026-10-12T12:00");
    place("101", "5");
    await scene.pass("2026-10-14T12:00");
    const [old, made] = await Promise.all(
      ["5", "6"].map((id) => classSnapshot(store, { ...school, zone: "Europe/Moscow" }, id, at("2026-10-15T12:00"))),
    );
    expect([old?.beganOn, made?.beganOn]).toEqual([undefined, "2026-10-12"]);
    expect(old?.lists.moves.map(({ pupilExternalId, kind }) => `${pupilExternalId} ${kind}`)).toEqual([
      "101 went",
      "101 came",
    ]);
    expect(made?.lists.moves.map(({ kind }) => kind)).toEqual(["came", "went"]);
    expect(old?.lists.rosterChanges).toHaveLength(1);
  });
});
