import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { sharedRead } from "../../src/store/shared-read.ts";
import { copyTemplate, type OwnDatabase, startTestServer } from "../support/test-server.ts";

// A server of its own: what others write beside would count as written too.
let server: Awaited<ReturnType<typeof startTestServer>>;
let database: OwnDatabase;
let store: Store;
beforeAll(async () => {
  server = await startTestServer({ durable: false });
  database = await copyTemplate(server);
  store = connectStore(database.url);
  await store.pool.query("CREATE TABLE counter (n int NOT NULL)");
  await store.pool.query("INSERT INTO counter VALUES (1)");
});
afterAll(async () => {
  await store.close();
  await database.drop();
  await server.close();
});

const countOne = "UPDATE counter SET n = n + 1";

/** A question about the counter, how often it was really asked, and a gate at which its answer can be held. */
function question() {
  let atGate: ((goOn: () => void) => void) | null = null;
  const asked: string[] = [];
  const read = sharedRead(async ({ pool }: Pick<Store, "pool">, argument: string) => {
    asked.push(argument);
    const { rows } = await pool.query<{ n: number }>("SELECT n FROM counter");
    if (atGate !== null) await new Promise<void>(atGate);
    return rows[0]?.n ?? 0;
  });
  /** Answers, once the next answer stands at the gate, with what lets it and all after it through. */
  const held = () =>
    new Promise<() => void>((resolve) => {
      atGate = (goOn) => {
        atGate = null;
        resolve(goOn);
      };
    });
  return { asked, read, held };
}

describe("a shared read", () => {
  it("of many at once runs once, while nothing is written", async () => {
    const { asked, read, held } = question();
    const atGate = held();
    const first = read(store, "a");
    const goOn = await atGate;
    const more = Array.from({ length: 100 }, () => read(store, "a"));
    goOn();
    expect(new Set(await Promise.all([first, ...more])).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it("is never older than its question, and is asked anew only after something was written", async () => {
    const { asked, read } = question();
    const before = await read(store, "a");
    expect(await read(store, "a")).toBe(before);
    expect(asked).toHaveLength(1);
    await store.pool.query(countOne);
    expect(await read(store, "a")).toBe(before + 1);
    expect(asked).toHaveLength(2);
  });

  it("sees what a transaction wrote that began long before, as soon as it ends", async () => {
    const { asked, read } = question();
    const writer = await store.pool.connect();
    try {
      await writer.query("BEGIN");
      await writer.query(countOne);
      const before = await read(store, "a");
      expect(await read(store, "a")).toBe(before);
      expect(asked).toHaveLength(1);
      await writer.query("COMMIT");
      expect(await read(store, "a")).toBe(before + 1);
    } finally {
      writer.release();
    }
  });

  it("keeps nothing of an answer while which something was written", async () => {
    const { read, held } = question();
    const atGate = held();
    const old = read(store, "a");
    const goOn = await atGate;
    await store.pool.query(countOne);
    const next = read(store, "a");
    goOn();
    expect(await next).toBe((await old) + 1);
    expect(await read(store, "a")).toBe(await next);
  });

  it("keeps nothing of an answer while which another question saw what was written", async () => {
    const { read, held } = question();
    const atGate = held();
    const old = read(store, "a");
    const goOn = await atGate;
    await store.pool.query(countOne);
    const other = await read(store, "b");
    goOn();
    expect(await old).toBe(other - 1);
    expect(await read(store, "a")).toBe(other);
  });

  it("is shared by nobody who asks something else, or elsewhere", async () => {
    const { asked, read } = question();
    const elsewhere = connectStore(database.url);
    try {
      await Promise.all([read(store, "a"), read(store, "b"), read(elsewhere, "a")]);
      expect(asked.toSorted()).toEqual(["a", "a", "b"]);
    } finally {
      await elsewhere.close();
    }
  });

  it("keeps so many answers, those used last, and none when nothing was found", async () => {
    const asked: string[] = [];
    const read = sharedRead(
      async (_: Pick<Store, "pool">, argument: string) => {
        asked.push(argument);
        return argument === "nothing" ? null : argument;
      },
      { most: 2 },
    );
    for (const argument of ["a", "b", "a", "c", "a", "b", "nothing", "nothing"]) await read(store, argument);
    expect(asked).toEqual(["a", "b", "c", "b", "nothing", "nothing"]);
  });

  it("that hangs holds nobody else for long", async () => {
    const begun = Promise.withResolvers<void>();
    let runs = 0;
    const read = sharedRead(
      async (_: Pick<Store, "pool">) => {
        runs += 1;
        if (runs > 1) return runs;
        begun.resolve();
        return new Promise<number>(() => undefined);
      },
      { patienceMs: 50 },
    );
    read(store).catch(() => undefined);
    await begun.promise;
    expect(await Promise.all([read(store), read(store)])).toEqual([2, 2]);
    expect(await read(store)).toBe(2);
  });

  it("that hangs twice takes no third connection", async () => {
    let runs = 0;
    const ends = Promise.withResolvers<number>();
    const read = sharedRead(
      (_: Pick<Store, "pool">) => {
        runs += 1;
        return ends.promise;
      },
      { patienceMs: 20 },
    );
    const waiting: Promise<number>[] = [];
    const deadline = Date.now() + 5_000;
    while (runs < 2 && Date.now() < deadline) {
      waiting.push(read(store));
      await setTimeout(30);
    }
    for (let n = 0; n < 5; n += 1) {
      waiting.push(read(store));
      await setTimeout(30);
    }
    expect(runs).toBe(2);
    ends.resolve(4);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([4]));
  });

  it("that fails fails for its own askers only", async () => {
    let fails = true;
    const read = sharedRead(async (_: Pick<Store, "pool">) => {
      if (fails) throw new Error("away");
      return 3;
    });
    await expect(read(store)).rejects.toThrow("away");
    fails = false;
    expect(await read(store)).toBe(3);
  });
});
