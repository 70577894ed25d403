import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { checkRules } from "../../jobs/check-rules.ts";
import { JOBS } from "../../jobs/index.ts";
import { type JobQueue, openQueue } from "../../jobs/queue.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { claimOrigin } from "../../src/store/origin.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { lastTicks, recordTick } from "../../src/store/ticks.ts";
import { type Emulator, generateSchool, startEmulator } from "../emulator/index.ts";
import { freshDatabase } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { journalOf, type Running, type RunOptions, startSverka, type Variables } from "./sverka.ts";

const LAUNCHER = fileURLToPath(new URL("../../src/launch.mjs", import.meta.url));
/** Monday: the ticks of 06:45, 07:00 and 07:30 are due, and the post of 07:30. */
const BEFORE = Date.parse("2026-09-14T05:00:00+03:00");
const NOW = "2026-09-14T07:31:00+03:00";
const DUE = {
  "sync-school": ["sync-school.20260914T043000Z"],
  "check-rules": ["after-sync-school.20260914T043000Z", "check-rules.20260914T034500Z"],
  "compose-daily-mail": ["compose-daily-mail.20260914T040000Z"],
  "deliver-mail": ["deliver-mail.20260914T043000Z"],
};

const school = generateSchool({ seed: 11, classes: 2, pupils: 16, to: "2026-09-30" });
let emulator: Emulator;
let redis: Awaited<ReturnType<typeof startRedis>>;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ school, at: Date.parse(NOW) });
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), "sverka-start-"));
  mkdirSync(join(folder, "config"));
  writeFileSync(join(folder, "config", "school.yaml"), "mail: { deputyDirector: zavuch@school.example }\n");
});
afterAll(async () => {
  await emulator.close();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => emulator.faults.clear());

interface World {
  readonly env: Variables;
  readonly store: Store;
  readonly queue: JobQueue;
  readonly schoolId: number;
}

/** A training school that has been off since five in the morning. */
async function world(redisUrl: string | null): Promise<World> {
  const database = await freshDatabase();
  const store = connectStore(database.url);
  const queue = openQueue({ redisUrl, databaseUrl: database.url, log: { error: () => undefined } });
  onTestFinished(async () => {
    for (const one of queue.queues) await one.obliterate({ force: true });
    await queue.close();
    await store.close();
    await database.drop();
  });
  await claimOrigin(store, { as: "simulation", clock: true, at: BEFORE });
  const { id } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: BEFORE });
  for (const { name } of JOBS) await recordTick(store, id, name, BEFORE);
  const env = {
    ...journalOf(emulator),
    DATABASE_URL: database.url,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    SVERKA_DATA: join(folder, "data"),
    SVERKA_CONFIG: join(folder, "config"),
    SVERKA_CLOCK: NOW,
    SVERKA_PORT: "0",
    LOG_LEVEL: "silent",
  };
  return { env, store, queue, schoolId: id };
}

function run(command: "start" | "worker", env: Variables, options: RunOptions = {}): Running {
  const running = startSverka([command], env, options);
  onTestFinished(async () => {
    running.process.kill("SIGKILL");
    await running.ended;
  });
  return running;
}

async function asked(running: Running, signal: NodeJS.Signals = "SIGTERM") {
  running.process.kill(signal);
  return running.ended;
}

const UNFINISHED = ["waiting", "active", "delayed", "prioritized"] as const;
const idle = (queue: JobQueue) =>
  vi.waitFor(
    async () => {
      const counts = Object.values(await queue.counts());
      expect(counts.reduce((sum, count) => sum + UNFINISHED.reduce((n, state) => n + (count[state] ?? 0), 0), 0)).toBe(
        0,
      );
      expect(counts.reduce((sum, count) => sum + (count.completed ?? 0), 0)).toBeGreaterThan(0);
    },
    { timeout: 90_000, interval: 200 },
  );
const passes = async (store: Store) =>
  (await store.pool.query("SELECT id, state, pages_done, pages FROM pass ORDER BY id")).rows;
const logins = () => emulator.requests.filter(({ action }) => action === "LOGIN").length;

describe.each(["PostgreSQL", "Redis"] as const)("two services on one database, their queue in %s", (kind) => {
  it("do each tick once between them", async () => {
    const { env, store, queue, schoolId } = await world(kind === "Redis" ? redis.url : null);
    const before = logins();
    const services = [run("start", env), run("start", env)];
    await Promise.all(services.map((service) => service.said("Служба работает")));
    await vi.waitFor(async () => expect(await passes(store)).toHaveLength(1), { timeout: 60_000 });
    await idle(queue);
    const ended = await Promise.all(services.map((service) => asked(service)));

    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: "" },
      { code: 0, stderr: "" },
    ]);
    expect(ended.every(({ stdout }) => /^Страница: http:\/\/127\.0\.0\.1:\d+\n/.test(stdout))).toBe(true);
    const done = Object.fromEntries(
      await Promise.all(
        queue.queues.map(async (one) => [one.name, (await one.getJobs(["completed"])).map(({ id }) => id).sort()]),
      ),
    );
    expect(done).toMatchObject(DUE);
    expect(await passes(store)).toEqual([expect.objectContaining({ state: "done" })]);
    expect(logins() - before).toBe(1);
    const { rows } = await store.pool.query("SELECT kind FROM delivery ORDER BY kind");
    expect(rows).toEqual([{ kind: "compliance" }, { kind: "week" }]);
    expect((await lastTicks(store, schoolId)).get("sync-school")).toBe(Date.parse("2026-09-14T07:30:00+03:00"));
  });
});

describe("a worker", () => {
  it.each(["PostgreSQL", "Redis"])(
    "does jobs of others, and has neither clock nor page (queue in %s)",
    async (kind) => {
      const { env, store, queue, schoolId } = await world(kind === "Redis" ? redis.url : null);
      const worker = run("worker", env);
      await worker.said("Работник ждёт заданий");
      await queue.enqueue(checkRules, { schoolId, asOf: BEFORE }, "check-rules.by-hand");
      await idle(queue);
      const ended = await asked(worker, "SIGINT");
      expect(ended).toEqual({ code: 0, stderr: "", stdout: "Работник ждёт заданий. Остановить: Ctrl+C.\n" });
      expect(new Set((await lastTicks(store, schoolId)).values())).toEqual(new Set([BEFORE]));
      expect(await passes(store)).toEqual([]);
    },
  );
});

describe("a service that is asked to end while a pass runs", () => {
  it.each([
    ["itself", {}],
    ["behind its launcher", { program: [process.execPath, LAUNCHER] as [string, string] }],
  ])("finishes the page in hand, answers 0, and its next start goes on with the pass: %s", async (_, options) => {
    const { env, store, queue } = await world(null);
    // The first class comes at once; a pupil of the second keeps the pass waiting.
    const student = school.pupils.at(-1)?.id ?? "";
    emulator.faults.add({ kind: "latency", latencyMs: 25_000, student, action: "GET_STUDENT_MESSAGES" });
    const first = run("start", env, options);
    await vi.waitFor(
      async () => {
        const { rows } = await store.pool.query("SELECT count(*)::int AS n FROM page_pass");
        expect(rows[0]?.n).toBeGreaterThan(0);
      },
      { timeout: 90_000, interval: 50 },
    );
    const ended = await asked(first);
    expect(ended).toMatchObject({ code: 0, stderr: "" });

    const [pass] = await passes(store);
    expect(pass).toMatchObject({ state: "running" });
    const { rows } = await store.pool.query(
      "SELECT kind, pupil_external_id AS pupil FROM page_pass WHERE pass_id = $1",
      [pass.id],
    );
    const sync = queue.queues.find(({ name }) => name === "sync-school");
    expect(await sync?.getJob("sync-school.20260914T043000Z")).toMatchObject({ attemptsMade: 0 });
    expect(await sync?.getJobState("sync-school.20260914T043000Z")).toBe("waiting");

    emulator.faults.clear();
    const asking = emulator.requests.length;
    const second = run("start", { ...env, SVERKA_CLOCK: "2026-09-14T07:38:00+03:00" });
    await second.said("Служба работает");
    await idle(queue);
    expect((await asked(second)).code).toBe(0);
    expect(await passes(store)).toEqual([expect.objectContaining({ id: pass.id, state: "done" })]);
    const messages = emulator.requests.slice(asking).filter(({ action }) => action === "GET_STUDENT_MESSAGES");
    const had = rows.filter(({ kind }) => kind === "messages").map(({ pupil }) => pupil);
    expect(had.length).toBeGreaterThan(0);
    expect(messages.map(({ student }) => student)).not.toEqual(expect.arrayContaining([had[0]]));
    expect(messages.length + had.length).toBe(school.pupils.length);
  });

  it("takes a Ctrl+C that comes twice at once, from the terminal and from npm, for one", async () => {
    const { env, queue } = await world(null);
    const service = run("start", env);
    await service.said("Служба работает");
    await idle(queue);
    service.process.kill("SIGINT");
    service.process.kill("SIGINT");
    expect(await service.ended).toMatchObject({ code: 0, stderr: "" });
  });
});
