import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventsOf } from "../../src/store/findings.ts";
import { withSchoolLock } from "../../src/store/lock.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { at, entry, lesson, openScene, type Scene } from "../sync/scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** The server ends these connections, as it does when it is restarted. */
const cut = (which: string) =>
  scene.store.pool.query(
    `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
  );

/** It may have been aborted already. */
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve())));

describe("a connection that the server ends", () => {
  it("ends the transaction, not the process", async () => {
    const broken = inTransaction(scene.store, async (client) => {
      await client.query("SELECT 'in hand'");
      const end = new Promise((resolve) => client.once("end", resolve));
      await cut("query = 'SELECT ''in hand'''");
      await end;
      await client.query("SELECT 1");
    });
    await expect(broken).rejects.toThrow();
    expect((await scene.store.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("ends the work that it kept others from, before somebody else begins it", async () => {
    const work = withSchoolLock(scene.store, 1, async (lost) => {
      await cut("query LIKE '%pg_try_advisory_lock%'");
      await aborted(lost);
      lost.throwIfAborted();
    });
    await expect(work).rejects.toMatchObject({ code: "database-lost" });
    await expect(withSchoolLock(scene.store, 1, async () => "free")).resolves.toBe("free");
  });

  it("leaves the pass open, so that the next run goes on with it", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" })];
    journal.entries = [entry("1", "101", "5")];
    let asked = 0;
    const signIn = journal.signIn.bind(journal);
    journal.signIn = async (signal) => {
      const session = await signIn(signal);
      return {
        ...session,
        async *pages(wanted, inner) {
          for await (const page of session.pages(wanted, inner)) {
            asked += 1;
            if (asked === 3) {
              await cut("query LIKE '%pg_try_advisory_lock%'");
              if (inner !== undefined) await aborted(inner);
            }
            inner?.throwIfAborted();
            yield page;
          }
        },
      };
    };
    await expect(scene.pass("2026-10-05T12:00")).rejects.toMatchObject({ code: "database-lost" });
    expect(await scene.pass("2026-10-05T12:10")).toMatchObject({ resumed: true, state: "done" });
  });
});

describe("two checks at once", () => {
  it("tell of each finding once, and the older one never has the last word", async () => {
    const { journal, store } = scene;
    journal.lessons = [lesson("1", "2026-10-05")];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-06T12:00");
    const moments = ["2026-10-06T13:00", "2026-10-06T13:01", "2026-10-06T13:02", "2026-10-06T13:03"];
    const results = await Promise.all(moments.toReversed().map((when) => scene.check(when)));
    const id = results[0]?.findings[0]?.id ?? "";
    expect((await eventsOf(store, id)).map(({ kind }) => kind)).toEqual(["opened"]);
    const { rows } = await store.pool.query<{ opened_at: Date }>("SELECT opened_at FROM finding");
    expect(rows.map((row) => row.opened_at.getTime())).toEqual([at("2026-10-06T13:03")]);
  });
});
