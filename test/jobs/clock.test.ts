import { describe, expect, it } from "vitest";
import { z } from "zod";
import { startClock, tickId, tickUpTo } from "../../jobs/clock.ts";
import { type CatchUp, defineJob, type Job } from "../../jobs/define-job.ts";
import type { JobQueue } from "../../jobs/queue.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";

const at = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
const MONDAY = at("2026-10-05T12:00:00+03:00");
const DAY = 86_400_000;

/** A job at 07:00 and 21:00 of each school day that shows its tick in its payload. */
function job(name: string, catchUp: CatchUp): Job<unknown> {
  return defineJob({
    name,
    payload: z.object({ schoolId: z.int(), at: z.int(), zone: z.string() }),
    schedule: { when: () => ({ kind: "school-days", times: ["07:00", "21:00"] }), catchUp, payload: (tick) => tick },
    attempts: 1,
    backoffMs: 1,
    run: async () => undefined,
  }) as Job<unknown>;
}

/** A clock whose queue remembers what it was given; the store's tick book and the real queues are tested beside this. */
function school(jobs: readonly Job<unknown>[], last: Record<string, EpochMs> = {}) {
  const ticks = new Map(Object.entries(last));
  const given: { id: string; payload: unknown }[] = [];
  let failing = false;
  const queue = {
    enqueue: async (_job: unknown, payload: unknown, id: string) => {
      if (failing) throw new Error("the queue is away");
      given.push({ id, payload });
    },
  } as unknown as JobQueue;
  return {
    given,
    ticks,
    fail: (yes: boolean) => {
      failing = yes;
    },
    needs: {
      queue,
      settings: defaultSettings,
      schoolId: 3,
      jobs,
      book: {
        last: async () => ticks,
        record: async (_school: number, name: string, tick: EpochMs) => void ticks.set(name, tick),
      },
    },
  };
}

describe("tickUpTo", () => {
  it("misses nothing at a first start: it only remembers that it has begun", async () => {
    const { needs, given, ticks } = school([job("all", "all"), job("latest", "latest")]);
    await tickUpTo(needs, MONDAY);
    expect(given).toEqual([]);
    expect([...ticks]).toEqual([
      ["all", MONDAY],
      ["latest", MONDAY],
    ]);
  });

  it("begins anew when its last tick lies ahead: the clock was wrong, and is right again", async () => {
    const { needs, given, ticks } = school([job("mail", "latest")], { mail: MONDAY + 365 * DAY });
    await tickUpTo(needs, MONDAY);
    expect(ticks.get("mail")).toBe(MONDAY);
    await tickUpTo(needs, at("2026-10-05T21:00:20+03:00"));
    expect(given.map(({ id }) => id)).toEqual(["mail.20261005T180000Z"]);
  });

  it("leaves a tick that another computer's clock, a little ahead, has recorded", async () => {
    const { needs, ticks } = school([job("mail", "latest")], { mail: MONDAY + 60_000 });
    await tickUpTo(needs, MONDAY);
    expect(ticks.get("mail")).toBe(MONDAY + 60_000);
  });

  it("enqueues what has become due, under its name and instant, and not again", async () => {
    const { needs, given, ticks } = school([job("mail", "latest")], { mail: MONDAY });
    const due = at("2026-10-05T21:00:00+03:00");
    await tickUpTo(needs, due - 1);
    expect(given).toEqual([]);
    await tickUpTo(needs, due + 20_000);
    expect(given).toEqual([
      { id: "mail.20261005T180000Z", payload: { schoolId: 3, at: due, zone: defaultSettings.calendar.zone } },
    ]);
    expect(ticks.get("mail")).toBe(due);
    await tickUpTo(needs, due + 80_000);
    expect(given).toHaveLength(1);
  });

  // The computer was off from Monday noon to Wednesday 10:00: 21:00, 07:00, 21:00 and 07:00 were missed.
  const WEDNESDAY = at("2026-10-07T10:00:00+03:00");
  it.each([
    ["all", ["20261005T180000Z", "20261006T040000Z", "20261006T180000Z", "20261007T040000Z"]],
    ["latest", ["20261007T040000Z"]],
    ["none", []],
  ] as const)("after two days off catches up by «%s»", async (policy, ids) => {
    const { needs, given, ticks } = school([job("work", policy)], { work: MONDAY });
    await tickUpTo(needs, WEDNESDAY);
    expect(given.map(({ id }) => id)).toEqual(ids.map((id) => `work.${id}`));
    expect(ticks.get("work")).toBe(at("2026-10-07T07:00:00+03:00"));
    await tickUpTo(needs, WEDNESDAY + 60_000);
    expect(given).toHaveLength(ids.length);
  });

  it("counts a tick of the last two minutes as met, not missed, whatever the policy", async () => {
    const { needs, given } = school([job("post", "none")], { post: MONDAY });
    await tickUpTo(needs, at("2026-10-05T21:02:00+03:00"));
    expect(given).toHaveLength(1);
    await tickUpTo(needs, at("2026-10-06T07:02:01+03:00"));
    expect(given).toHaveLength(1);
  });

  it("forgets nothing when the queue is away: the same ticks come when it is back", async () => {
    const { needs, given, ticks, fail } = school([job("work", "all")], { work: MONDAY });
    fail(true);
    await expect(tickUpTo(needs, MONDAY + DAY)).rejects.toThrow("the queue is away");
    expect(ticks.get("work")).toBe(MONDAY);
    fail(false);
    await tickUpTo(needs, MONDAY + DAY);
    expect(given).toHaveLength(2);
  });

  it("leaves jobs without a schedule alone", async () => {
    const { needs, given, ticks } = school([{ ...job("by-hand", "all"), schedule: null }]);
    await tickUpTo(needs, MONDAY);
    await tickUpTo(needs, MONDAY + DAY);
    expect([given, ticks.size]).toEqual([[], 0]);
  });
});

describe("tickId", () => {
  it("is made of the job and its instant alone, without a colon", () => {
    expect(tickId("sync-school", at("2026-10-05T12:00:00.000+03:00"))).toBe("sync-school.20261005T090000Z");
  });
});

describe("the running clock", () => {
  it("ticks at once when it starts, tells its errors, and is quiet after its stop", async () => {
    const { needs, given, fail } = school([job("work", "latest")], { work: MONDAY });
    const errors: unknown[] = [];
    const clock = { now: () => MONDAY + DAY };
    const first = startClock({ ...needs, clock, onError: (error) => void errors.push(error) });
    await first.stop();
    expect(given).toHaveLength(1);
    fail(true);
    const second = startClock({
      ...needs,
      clock: { now: () => MONDAY + 2 * DAY },
      onError: (error) => void errors.push(error),
    });
    await second.stop();
    expect(errors).toEqual([expect.objectContaining({ message: "the queue is away" })]);
  });
});
