import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JobQueue, openQueue } from "../../jobs/queue.ts";
import { lookAtQueue } from "../../jobs/watch-queue.ts";
import { freshDatabase } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";

const MINUTE = 60_000;
const LIMIT = 90 * MINUTE;
const log = { error: () => undefined };

describe.each(["PostgreSQL", "Redis"])("a queue in %s", (backend) => {
  let queue: JobQueue;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let redis: Awaited<ReturnType<typeof startRedis>> | null;
  beforeAll(async () => {
    database = await freshDatabase();
    redis = backend === "Redis" ? await startRedis() : null;
    queue = openQueue({ redisUrl: redis?.url ?? null, databaseUrl: database.url, log });
    await queue.ready();
  });
  afterAll(async () => {
    await Promise.race([queue.close(), new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    await redis?.stop();
    await database.drop();
  });

  /** Puts a job into the queue as somebody did so long ago. */
  const add = (minutesAgo: number, options: { delay?: number } = {}) =>
    queue.queues[0]?.add("old", {}, { timestamp: Date.now() - minutesAgo * MINUTE, ...options });

  it("is well while it is empty, and while a job has not waited longer than one may", async () => {
    expect(await lookAtQueue(queue, LIMIT)).toEqual({ "queue-stuck": [] });
    const job = await add(80);
    expect(await lookAtQueue(queue, LIMIT)).toEqual({ "queue-stuck": [] });
    await job?.remove();
  });

  it("is stuck when nobody has taken a job for longer", async () => {
    const job = await add(100);
    expect(await lookAtQueue(queue, LIMIT)).toEqual({
      "queue-stuck": [{ subject: "", detail: expect.stringMatching(/ждёт уже 100\s+минут/) }],
    });
    await job?.remove();
    expect(await lookAtQueue(queue, LIMIT)).toEqual({ "queue-stuck": [] });
  });

  it("counts a job that is to wait from when it may begin", async () => {
    const job = await add(100, { delay: 60 * MINUTE });
    expect(await lookAtQueue(queue, LIMIT)).toEqual({ "queue-stuck": [] });
    await job?.remove();
  });

  it("is stuck when it does not answer", async () => {
    if (redis === null) await database.drop();
    else await redis.stop();
    expect(await lookAtQueue(queue, LIMIT, 500)).toEqual({
      "queue-stuck": [{ subject: "", detail: expect.stringContaining("Очередь не отвечает") }],
    });
    if (redis === null) database = await freshDatabase();
    redis = null;
  });
});
