import { expect, vi } from "vitest";
import { tickId } from "../../jobs/clock.ts";
import type { Job } from "../../jobs/define-job.ts";
import type { JobQueue } from "../../jobs/queue.ts";
import { syncSchool } from "../../jobs/sync-school.ts";
import type { House } from "../../src/main.ts";
import type { Service } from "../../src/service.ts";

const UNDER_WAY = ["waiting", "active", "prioritized"] as const;

/** Puts a job into the queue as a tick of this instant would. */
export function order<Payload>(queue: JobQueue, job: Job<Payload>, payload: Payload, at: number): Promise<void> {
  return queue.enqueue(job, payload, tickId(job.name, at));
}

/** Until nothing runs and nothing waits; what is delayed for another try may stay. */
export async function idle(queue: JobQueue): Promise<void> {
  const underWay = async () =>
    Object.values(await queue.counts()).reduce((sum, of) => sum + UNDER_WAY.reduce((n, s) => n + (of[s] ?? 0), 0), 0);
  await vi.waitFor(async () => expect(await underWay()).toBe(0), { timeout: 60_000, interval: 50 });
}

/** One pass by the service's own queue at each of these moments of the school's zone (`2026-11-16T12:00`), with all that follows from it. */
export async function passesAt(house: House, service: Service, moments: readonly string[]): Promise<void> {
  for (const moment of moments) {
    const at = Temporal.Instant.from(`${moment}+03:00`).epochMilliseconds;
    house.simulatedClock?.set(at);
    await order(service.queue, syncSchool, { schoolId: house.school.id, scheduledAt: at }, at);
    await idle(service.queue);
  }
}
