import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
