import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Job as QueuedJob } from "bullmq";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Job } from "../../jobs/define-job.ts";
import type { JobQueue, QueueOptions } from "../../jobs/queue.ts";
import { SverkaError } from "../../src/domain/error.ts";
import { freshDatabase } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { noServices, type Place, type Probe, probeJob, probeQueue } from "./probe.ts";

const MINUTE = 60_000;

describe.each(["PostgreSQL", "Redis"] as const)("the queue in %s", (kind) => {
  let place: Place & { end(): Promise<void> };
  let count = 0;

  beforeAll(async () => {
    const database = await freshDatabase();
    const redis = kind === "Redis" ? await startRedis() : null;
    place = {
      redisUrl: redis?.url ?? null,
      databaseUrl: database.url,
      async end() {
        await database.drop();
        await redis?.stop();
      },
    };
  });
  afterAll(() => place.end());

  /** The queue of the job, closed and emptied after the test. */
  const opened = (job: Job<Probe>, options: Partial<QueueOptions> = {}) => {
    const queue = probeQueue(place, job, options);
    onTestFinished(async () => {
      await queue.queues[0]?.obliterate({ force: true });
      await queue.close();
    });
    return queue;
  };
  const working = (queue: JobQueue) => {
    const workers = queue.work(noServices);
    onTestFinished(() => workers.stop());
    return workers;
  };
  const newId = () => `probe.${++count}`;
  const jobOf = async (queue: JobQueue, id: string) => (await queue.queues[0]?.getJob(id)) as QueuedJob;
  const settled = (queue: JobQueue, id: string, state: string) =>
    vi.waitFor(
      async () => {
        expect(await queue.queues[0]?.getJobState(id)).toBe(state);
        return jobOf(queue, id);
      },
      { timeout: 30_000 },
    );

  it("hands a job with its payload and id to a worker, once", async () => {
    const seen: unknown[] = [];
    const job = probeJob(async (payload, { id }) => void seen.push({ payload, id }));
    const queue = opened(job);
    working(queue);
    const id = newId();
    await queue.enqueue(job, { n: 7 }, id);
    await settled(queue, id, "completed");
    expect(seen).toEqual([{ payload: { n: 7 }, id }]);
    expect(queue.said).toEqual([]);
  });

  it("knows an id for ever: enqueued again, waiting or done, it changes nothing", async () => {
    const seen: number[] = [];
    const job = probeJob(async ({ n }) => void seen.push(n));
    const queue = opened(job);
    const another = opened(job);
    const [id, last] = [newId(), newId()];
    await Promise.all([queue.enqueue(job, { n: 1 }, id), another.enqueue(job, { n: 2 }, id)]);
    expect((await queue.counts()).probe).toMatchObject({ waiting: 1 });
    working(queue);
    await settled(queue, id, "completed");
    await queue.enqueue(job, { n: 3 }, id);
    await queue.enqueue(job, { n: 4 }, last);
    await settled(queue, last, "completed");
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBe(4);
  });

  it("tries again with a pause that doubles, and gives up after the job's number of tries", async () => {
    let tries = 0;
    const job = probeJob(async () => {
      tries += 1;
      throw new SverkaError("journal", "journal-unreachable", "Журнал не отвечает: проверьте сеть.");
    });
    const queue = opened(job);
    working(queue);
    const id = newId();
    await queue.enqueue(job, { n: 1 }, id);
    for (const [attempt, pause] of [
      [1, MINUTE],
      [2, 2 * MINUTE],
    ] as const) {
      const waiting = await settled(queue, id, "delayed");
      expect(waiting.attemptsMade).toBe(attempt);
      expect(waiting.delay).toBeGreaterThanOrEqual(pause * 0.7);
      expect(waiting.delay).toBeLessThanOrEqual(pause * 1.3);
      await waiting.promote();
      await vi.waitFor(() => expect(tries).toBe(attempt + 1), { timeout: 30_000 });
    }
    const dead = await settled(queue, id, "failed");
    expect(dead).toMatchObject({ attemptsMade: 3, failedReason: "Журнал не отвечает: проверьте сеть." });
    expect(tries).toBe(3);
    expect(queue.said).toHaveLength(3);
    expect(queue.said[0]).toMatchObject({ facts: { job: "probe", id, code: "journal-unreachable" } });
  });

  it("does well what went well at the second try", async () => {
    let tries = 0;
    const job = probeJob(async () => {
      tries += 1;
      if (tries === 1) throw new Error("a hiccup");
    });
    const queue = opened(job);
    working(queue);
    const id = newId();
    await queue.enqueue(job, { n: 1 }, id);
    await (await settled(queue, id, "delayed")).promote();
    await settled(queue, id, "completed");
    expect(tries).toBe(2);
  });

  it("never tries a refused sign-in again", async () => {
    let tries = 0;
    const job = probeJob(async () => {
      tries += 1;
      throw new SverkaError("journal", "journal-refused", "Журнал не принял логин или пароль.");
    });
    const queue = opened(job);
    working(queue);
    const id = newId();
    await queue.enqueue(job, { n: 1 }, id);
    expect(await settled(queue, id, "failed")).toMatchObject({
      attemptsMade: 1,
      failedReason: "Журнал не принял логин или пароль.",
    });
    expect(tries).toBe(1);
  });

  it("refuses a payload that is not the job's, before the queue and behind it", async () => {
    let runs = 0;
    const job = probeJob(async () => {
      runs += 1;
    });
    const queue = opened(job);
    await expect(queue.enqueue(job, { n: "семь" } as unknown as Probe, newId())).rejects.toThrow(
      "Задание «probe» отклонено, его содержимое непонятно (n)",
    );
    expect((await queue.counts()).probe).toMatchObject({ waiting: 0 });

    working(queue);
    const id = newId();
    await queue.queues[0]?.add("probe", { m: 1 }, { jobId: id, attempts: 3, backoff: 1 });
    const refused = await settled(queue, id, "failed");
    expect(refused.failedReason).toContain("содержимое непонятно");
    expect(refused.attemptsMade).toBe(1);
    expect(runs).toBe(0);
  });

  it("keeps and logs nothing of what a library said, only where it happened", async () => {
    const job = probeJob(async () => {
      throw Object.assign(new TypeError("Петрова Анна, 5 А: 2"), { code: "23505" });
    });
    const queue = opened(job);
    working(queue);
    const id = newId();
    await queue.enqueue(job, { n: 1 }, id);
    const waiting = await settled(queue, id, "delayed");
    expect(JSON.stringify([waiting, queue.said])).not.toContain("Петрова");
    expect(waiting.failedReason).toContain("TypeError 23505");
    expect(JSON.stringify(waiting.stacktrace)).toContain("queue.e2e.test.ts");
    expect(queue.said[0]?.facts.stack).toContain("queue.e2e.test.ts");
  });

  it("wakes a worker that has nothing to do as soon as there is a job", async () => {
    const seen: number[] = [];
    const job = probeJob(async ({ n }) => void seen.push(n));
    const queue = opened(job);
    const workers = working(queue);
    await workers.ready();
    for (const n of [1, 2, 3]) {
      const id = newId();
      await queue.enqueue(job, { n }, id);
      await settled(queue, id, "completed");
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it("lets a job put another into the queue", async () => {
    const seen: number[] = [];
    const job: Job<Probe> = probeJob(async ({ n }, { enqueue, id }) => {
      seen.push(n);
      if (n === 1) await enqueue(job, { n: 2 }, `after-${id}`);
    });
    const queue = opened(job);
    working(queue);
    const id = newId();
    await queue.enqueue(job, { n: 1 }, id);
    await settled(queue, `after-${id}`, "completed");
    expect(seen).toEqual([1, 2]);
  });

  it("gives the job of a worker that was killed to another one", { timeout: 90_000 }, async () => {
    const [lockMs, stalledMs] = [1500, 500];
    const taken: number[] = [];
    const job = probeJob(async ({ n }) => void taken.push(n));
    const queue = opened(job, { lockMs, stalledMs });
    const id = newId();
    await queue.enqueue(job, { n: 5 }, id);
    const program = fileURLToPath(new URL("take-and-hang.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      [program, place.redisUrl ?? "-", place.databaseUrl, String(lockMs), String(stalledMs)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    const [said] = await once(child.stdout, "data");
    expect(String(said)).toBe("taken");
    working(queue);
    expect(await (await jobOf(queue, id)).getState()).toBe("active");

    child.kill("SIGKILL");
    await settled(queue, id, "completed");
    expect(taken).toEqual([5]);
  });

  it("waits for the job in hand when it is stopped, and begins no other", async () => {
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const seen: number[] = [];
    const job = probeJob(async ({ n }, { signal }) => {
      begun.resolve();
      await go.promise;
      seen.push(n);
      expect(signal.aborted).toBe(true);
    });
    const queue = opened(job);
    const workers = working(queue);
    const [first, second] = [newId(), newId()];
    await queue.enqueue(job, { n: 1 }, first);
    await begun.promise;
    await queue.enqueue(job, { n: 2 }, second);
    const stopped = workers.stop();
    go.resolve();
    await stopped;
    expect(seen).toEqual([1]);
    expect(await (await jobOf(queue, first)).getState()).toBe("completed");
    expect(await (await jobOf(queue, second)).getState()).toBe("waiting");
  });

  it("gives back the job that was interrupted, without counting a try: the next worker goes on with it", async () => {
    const begun = Promise.withResolvers<void>();
    const interrupted = probeJob(async (_, { signal }) => {
      begun.resolve();
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const queue = opened(interrupted);
    const workers = queue.work(noServices);
    const id = newId();
    await queue.enqueue(interrupted, { n: 9 }, id);
    await begun.promise;
    await workers.stop();
    const waiting = await jobOf(queue, id);
    expect([await waiting.getState(), waiting.attemptsMade]).toEqual(["waiting", 0]);
    expect(queue.said).toEqual([]);

    const seen: number[] = [];
    const next = probeQueue(
      place,
      probeJob(async ({ n }) => void seen.push(n)),
    );
    const others = next.work(noServices);
    await settled(queue, id, "completed");
    await others.stop();
    await next.close();
    expect(seen).toEqual([9]);
  });

  it("is ready when its server answers", async () => {
    const queue = opened(probeJob(async () => undefined));
    await queue.ready();
    expect(await queue.counts()).toMatchObject({ probe: { waiting: 0, active: 0, failed: 0 } });
  });
});

describe("a queue whose server is not there", () => {
  it("says within its limit that Redis does not answer, and closes all the same", async () => {
    const redis = await startRedis();
    await redis.stop();
    const queue = probeQueue(
      { redisUrl: redis.url, databaseUrl: "postgresql://nobody@127.0.0.1:1/none" },
      probeJob(async () => undefined),
      { readyWithinMs: 300 },
    );
    await expect(queue.ready()).rejects.toMatchObject({
      kind: "configuration",
      code: "queue-unreachable",
      message: expect.stringContaining("REDIS_URL"),
    });
    await queue.close();
  });

  it("says what the queue needs when the database refuses it a schema", async () => {
    const database = await freshDatabase();
    const login = `guest_${Date.now()}`;
    const owner = probeQueue(
      { redisUrl: null, databaseUrl: database.url },
      probeJob(async () => undefined),
    );
    onTestFinished(async () => {
      await owner.close();
      await database.drop();
    });
    const { Client } = (await import("pg")).default;
    const client = new Client(database.url);
    await client.connect();
    await client.query(`CREATE ROLE ${login} LOGIN PASSWORD 'x'`);
    const url = new URL(database.url);
    url.username = login;
    url.password = "x";
    const queue = probeQueue(
      { redisUrl: null, databaseUrl: url.href },
      probeJob(async () => undefined),
    );
    await expect(queue.ready()).rejects.toMatchObject({
      code: "queue-unreachable",
      message: expect.stringContaining("схему"),
    });
    await queue.close();
    await client.query(`DROP ROLE ${login}`);
    await client.end();
  });

  it("says that the database gives no more connections, rather than to stand there with a worker that never works", async () => {
    const database = await freshDatabase();
    const job = probeJob(async () => undefined);
    const role = `few_${Date.now()}`;
    await database.elsewhere(`CREATE ROLE ${role} LOGIN PASSWORD 'x' CONNECTION LIMIT 1`);
    onTestFinished(async () => {
      await database.drop();
      await database.elsewhere(`DROP ROLE ${role}`);
    });
    await database.elsewhere(`GRANT CREATE ON DATABASE ${new URL(database.url).pathname.slice(1)} TO ${role}`);
    const url = new URL(database.url);
    [url.username, url.password] = [role, "x"];
    const queue = probeQueue({ redisUrl: null, databaseUrl: url.href }, job);
    await queue.ready();
    const workers = queue.work(noServices);
    await expect(workers.ready()).rejects.toMatchObject({
      code: "queue-unreachable",
      message: expect.stringContaining("max_connections"),
    });
    await workers.stop();
    await queue.close();
  });

  it("tells of an outage once, not at each try, and stops all the same", async () => {
    const redis = await startRedis();
    const queue = probeQueue(
      { redisUrl: redis.url, databaseUrl: "postgresql://nobody@127.0.0.1:1/none" },
      probeJob(async () => undefined),
    );
    await queue.ready();
    const workers = queue.work(noServices);
    const lost = once(queue.queues[0] as never, "ioredis:close");
    await redis.stop();
    await lost;
    await vi.waitFor(() => expect(queue.said.length).toBeGreaterThan(0), { timeout: 30_000 });
    expect(queue.said).toEqual([{ facts: { code: expect.any(String) }, sentence: "очередь недоступна" }]);
    await workers.stop();
    await queue.close();
  });
});
