import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type TickNeeds, tickUpTo } from "../../jobs/clock.ts";
import { JOBS } from "../../jobs/index.ts";
import { openQueue } from "../../jobs/queue.ts";
import { ticksBetween } from "../../src/domain/schedule.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import { connectStore } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { lastTicks, recordTick } from "../../src/store/ticks.ts";
import { freshDatabase } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";

const MONDAY = Date.parse("2026-10-05T12:00:00+03:00");
const FRIDAY = Date.parse("2026-10-09T12:00:30+03:00");

describe.each(["PostgreSQL", "Redis"] as const)("clocks over the real tick book and a queue in %s", (kind) => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null;
  beforeAll(async () => {
    database = await freshDatabase();
    if (kind === "Redis") redis = await startRedis();
  });
  afterAll(async () => {
    await database.drop();
    await redis?.stop();
  });

  async function oneOfSeveral(schoolExternalId: string): Promise<TickNeeds> {
    const store = connectStore(database.url);
    const queue = openQueue({
      redisUrl: redis?.url ?? null,
      databaseUrl: database.url,
      log: { error: () => undefined },
    });
    onTestFinished(async () => {
      await queue.close();
      await store.close();
    });
    const { id } = await ensureSchool(store, { externalId: schoolExternalId, name: "Школа", year: 2026, at: MONDAY });
    return {
      queue,
      settings: defaultSettings,
      schoolId: id,
      book: { last: (school) => lastTicks(store, school), record: (...tick) => recordTick(store, ...tick) },
    };
  }

  it("let the book go back when the clock was set back", async () => {
    const { book, schoolId } = await oneOfSeveral("set back");
    await book.record(schoolId, "mail", FRIDAY);
    await book.record(schoolId, "mail", MONDAY);
    expect((await book.last(schoolId)).get("mail")).toBe(MONDAY);
  });

  it("enqueue each tick once, though four of them tick at the same time", async () => {
    const clocks = await Promise.all([1, 2, 3, 4].map(() => oneOfSeveral("four")));
    const [one] = clocks as [TickNeeds];
    await tickUpTo(one, MONDAY);
    for (let now = MONDAY; now < FRIDAY; now += 60 * 60_000)
      await Promise.all(clocks.map((clock) => tickUpTo(clock, now)));
    await Promise.all(clocks.map((clock) => tickUpTo(clock, FRIDAY)));

    const ids = async (name: string) => {
      const queue = one.queue.queues.find((each) => each.name === name);
      return ((await queue?.getJobs(["waiting"])) ?? []).map((job) => job.id).sort();
    };
    const { calendar, school } = defaultSettings;
    const due = ticksBetween({ kind: "school-days", times: school.passes }, calendar, MONDAY, FRIDAY);
    expect(await ids("sync-school")).toEqual(
      due.map((at) => `sync-school.${new Date(at).toISOString().replace(/\.000|[-:]/g, "")}`),
    );
    expect(await ids("compose-daily-mail")).toHaveLength(4);
    expect([...(await one.book.last(one.schoolId)).keys()].sort()).toEqual(JOBS.map(({ name }) => name).sort());
  });

  it("never let the book go back, whichever process is later", async () => {
    const { book, schoolId } = await oneOfSeveral("back");
    const late = FRIDAY - 59 * 60_000;
    await Promise.all([FRIDAY, late, FRIDAY - 1].map((at) => book.record(schoolId, "sync-school", at)));
    expect((await book.last(schoolId)).get("sync-school")).toBe(FRIDAY);
  });
});
