import { z } from "zod";
import { defineJob, type Job, type JobContext } from "../../jobs/define-job.ts";
import { type JobQueue, openQueue, type QueueOptions } from "../../jobs/queue.ts";
import type { Services } from "../../jobs/services.ts";

export interface Probe {
  readonly n: number;
}

/** A job whose run is the test's own. Its back-off is so long that a test moves the job on by hand. */
export function probeJob(run: (payload: Probe, context: JobContext) => Promise<void>): Job<Probe> {
  return defineJob<Probe>({
    name: "probe",
    payload: z.object({ n: z.int() }),
    schedule: null,
    attempts: 3,
    backoffMs: 60_000,
    run,
  });
}

export interface Place {
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
}

/** The real queue of one job, and what it logged. */
export function probeQueue(
  place: Place,
  job: Job<Probe>,
  options: Partial<QueueOptions> = {},
): JobQueue & { readonly said: { facts: Record<string, unknown>; sentence: string }[] } {
  const said: { facts: Record<string, unknown>; sentence: string }[] = [];
  const log = { error: (facts: object, sentence: string) => void said.push({ facts: { ...facts }, sentence }) };
  const queue = openQueue({ ...place, log, jobs: [job as Job<unknown>], ...options });
  return Object.assign(queue, { said });
}

/** No job of these tests calls the product. */
export const noServices = new Proxy({} as Services, {
  get(_, verb) {
    throw new Error(`a probe called ${String(verb)}`);
  },
});
