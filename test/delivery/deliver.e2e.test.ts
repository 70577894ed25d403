import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createSmtpMailer } from "../../adapters/mail/smtp-mailer.ts";
import { deliverDue, pauseAfter } from "../../src/delivery/deliver.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { enqueueLetter, messageIdOf, outboxSummary } from "../../src/store/outbox.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { type Behaviour, startMailServer } from "../adapters/mail/mail-server.ts";
import { freshDatabase } from "../support/postgres.ts";
import { letter, start } from "./letters.ts";

const log = { info: () => undefined, warn: () => undefined };
const timeouts = { connection: 2_000, greeting: 2_000, silence: 300, letter: 10_000 };
const day = 86_400_000;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

async function post(behaviours: readonly Behaviour[]) {
  const server = await startMailServer(behaviours);
  onTestFinished(() => server.close());
  const time = { at: start };
  const clock = { now: () => time.at };
  const mailer = createSmtpMailer({ url: server.url, clock, timeouts });
  return { server, time, deliver: () => deliverDue({ store, mailer, clock, log }) };
}

const enqueue = (over?: Parameters<typeof letter>[0]) => enqueueLetter(store.pool, letter(over));
const row = async () => store.prisma.delivery.findFirstOrThrow({ orderBy: { id: "asc" } });

describe("outbox", () => {
  it("holds a letter once, however often it is written", async () => {
    expect([await enqueue(), await enqueue({ subject: "Другое" })]).toEqual([true, false]);
    expect(await row()).toMatchObject({
      subject: "Проба",
      state: "waiting",
      messageId: messageIdOf("test/1", letter().from),
    });
  });

  it("holds nothing of a transaction that was not finished", async () => {
    const broken = inTransaction(store, async (client) => {
      await enqueueLetter(client, letter());
      throw new Error("undone");
    });
    await expect(broken).rejects.toThrow("undone");
    expect(await store.prisma.delivery.count()).toBe(0);
  });

  it("tells how it stands", async () => {
    const { deliver } = await post(["accept", { at: "data", code: 554 }, { at: "to", code: 451 }]);
    for (const key of ["a", "b", "c"]) await enqueue({ key });
    await enqueue({ key: "other school", schoolId: 2, at: start + 1 });
    expect(await deliver()).toEqual({ sent: 1, refused: 1, delayed: 1 });
    expect(await outboxSummary(store, 1)).toEqual({
      waiting: 1,
      sent: 1,
      refused: 1,
      oldestWaitingAt: start,
      lastSentAt: start,
      lastTrouble: expect.stringContaining("451"),
    });
    expect(await outboxSummary(store, 3)).toMatchObject({ waiting: 0, sent: 0, refused: 0, oldestWaitingAt: null });
  });
});

describe("delivery", () => {
  it("sends what is due, whole, and records the server's answer", async () => {
    const { server, deliver } = await post(["accept"]);
    await enqueue();
    await enqueue({ key: "tomorrow", at: start + day });
    expect(await deliver()).toEqual({ sent: 1, delayed: 0, refused: 0 });
    expect(server.letters).toMatchObject([
      { messageId: messageIdOf("test/1", letter().from), source: expect.stringContaining("AAH/") },
    ]);
    expect(await row()).toMatchObject({
      state: "sent",
      attempts: 1,
      answer: expect.stringContaining("250"),
      sentAt: new Date(start),
    });
  });

  it("sends what a clock that was far ahead has written, once it is set right", async () => {
    const { deliver } = await post([{ at: "to", code: 451 }, "accept"]);
    await enqueue({ at: start + 300 * day });
    expect(await deliver()).toEqual({ sent: 0, delayed: 1, refused: 0 });
    expect(await row()).toMatchObject({ state: "waiting", nextAttemptAt: new Date(start + 60_000) });
  });

  it.each([
    ["greylists", { at: "to", code: 451 }],
    ["hangs", "hang-after-data"],
    ["drops the connection after DATA", "drop-after-data"],
  ] as const)("sends the same Message-ID again when the server %s", async (_, behaviour) => {
    const { server, time, deliver } = await post([behaviour, "accept"]);
    await enqueue();
    expect(await deliver()).toMatchObject({ delayed: 1 });
    expect(await row()).toMatchObject({ state: "waiting", attempts: 1, nextAttemptAt: new Date(start + 60_000) });
    expect(await deliver()).toEqual({ sent: 0, delayed: 0, refused: 0 });

    time.at = start + 60_000;
    expect(await deliver()).toMatchObject({ sent: 1 });
    expect(server.attempts).toBe(2);
    expect(new Set(server.letters.map(({ messageId }) => messageId))).toEqual(
      new Set([messageIdOf("test/1", letter().from)]),
    );
  });

  it("waits longer each time, and gives up after five days without a yes", async () => {
    const { server, time, deliver } = await post([{ at: "from", code: 421 }]);
    await enqueue();
    let attempts = 0;
    for (; (await row()).state === "waiting" && attempts < 100; attempts++) {
      time.at = (await row()).nextAttemptAt.getTime();
      await deliver();
    }
    expect(await row()).toMatchObject({ state: "refused", attempts });
    expect(time.at - start).toBeGreaterThanOrEqual(5 * day);
    expect(time.at - start).toBeLessThan(5 * day + pauseAfter(100) + 1);
    expect(server.attempts).toBe(attempts);
    expect(Array.from({ length: 12 }, (_, i) => pauseAfter(i) / 60_000)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360,
    ]);
  });

  it("gives up at once what the server refuses for good", async () => {
    const { server, time, deliver } = await post([{ at: "to", code: 550 }]);
    await enqueue();
    expect(await deliver()).toMatchObject({ refused: 1 });
    time.at = start + 30 * day;
    await deliver();
    expect(server.attempts).toBe(1);
    expect(await row()).toMatchObject({ state: "refused", answer: expect.stringContaining("550") });
  });

  it("does not let one bad letter hold the others up", async () => {
    const { deliver } = await post([{ at: "data", code: 451 }, "accept"]);
    for (const key of ["a", "b", "c"]) await enqueue({ key });
    expect(await deliver()).toEqual({ sent: 2, delayed: 1, refused: 0 });
  });

  it("writes no addresses into the log", async () => {
    const { server } = await post([{ at: "data", code: 554 }]);
    const said: unknown[] = [];
    const note = (...what: unknown[]) => said.push(what);
    await enqueue();
    await deliverDue({
      store,
      mailer: createSmtpMailer({ url: server.url, clock: { now: () => start } }),
      clock: { now: () => start },
      log: { info: note, warn: note },
    });
    expect(JSON.stringify(said)).toContain("554");
    expect(JSON.stringify(said)).not.toContain("@");
  });

  it("sends each letter once though several deliver at the same time", async () => {
    const { server, deliver } = await post(["accept"]);
    for (let i = 0; i < 24; i++) await enqueue({ key: `many/${i}` });
    const counts = await Promise.all([deliver(), deliver(), deliver(), deliver()]);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(24);
    expect(server.letters).toHaveLength(24);
    expect(new Set(server.letters.map(({ messageId }) => messageId)).size).toBe(24);
    expect(counts.filter(({ sent }) => sent > 0).length).toBeGreaterThan(1);
  });

  it("sends the same Message-ID again after being killed between the server's yes and its record", async () => {
    const { server, deliver } = await post(["accept"]);
    await enqueue();
    const program = fileURLToPath(new URL("deliver-and-hang.ts", import.meta.url));
    const child = spawn(process.execPath, [program, database.url, server.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [said] = await once(child.stdout, "data");
    expect(String(said)).toBe("accepted");

    expect(await deliver()).toMatchObject({ sent: 0 });
    child.kill("SIGKILL");
    await store.pool.query("SELECT 1 FROM delivery FOR UPDATE"); // waits until PostgreSQL has freed the dead process's row
    expect(await row()).toMatchObject({ state: "waiting", attempts: 0 });
    expect(await deliver()).toMatchObject({ sent: 1 });
    expect(server.letters).toHaveLength(2);
    expect(server.letters[1]?.messageId).toBe(server.letters[0]?.messageId);
  });
});
