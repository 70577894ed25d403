import type { Queue } from "bullmq";
import type { Job } from "./define-job.ts";
import { JOBS } from "./index.ts";
import { openBackend } from "./queue-backend.ts";
import { reach } from "./reach.ts";
import type { Services } from "./services.ts";
import { troubleLog } from "./trouble-log.ts";
import { parsed, startWorkers, type Workers } from "./work.ts";

export interface JobQueue {
  /** Puts a job into its queue; an id that is known already changes nothing. Throws `job-payload` when the payload is not the job's. */
  enqueue<Payload>(job: Job<Payload>, payload: Payload, id: string): Promise<void>;
  /** Starts one worker per queue. */
  work(services: Services): Workers;
  /** For Bull Board. */
  readonly queues: readonly Queue[];
  counts(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  /** How long some job has been waiting for a worker, or running, at the most; milliseconds of real time, 0 when there is none. */
  overdue(): Promise<number>;
  /** Resolves when the backend answers. Throws `queue-unreachable` (configuration). */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface QueueOptions {
  /** Null: the queue lives in PostgreSQL, in a schema of its own. */
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
  readonly log: { error(object: object, message: string): void };
  /** Every job of the service unless told otherwise. */
  readonly jobs?: readonly Job<unknown>[];
  /**
   * How long a worker that gives no sign of life keeps its job, and how often such jobs are looked for; milliseconds, a minute each unless told otherwise. In
   * PostgreSQL each worker's look writes, and after a write the pages are made anew (`sharedRead`).
   */
  readonly lockMs?: number;
  readonly stalledMs?: number;
  /** How long `ready` waits, milliseconds. */
  readonly readyWithinMs?: number;
}

/** Long enough that a tick's id stays known until its catch-up window is over. */
const KEEP = {
  removeOnComplete: { age: 14 * 24 * 3600, count: 5000 },
  removeOnFail: { age: 60 * 24 * 3600, count: 1000 },
};

/** Makes BullMQ out of the jobs. */
export function openQueue(options: QueueOptions): JobQueue {
  const { redisUrl, databaseUrl, log, jobs = JOBS } = options;
  const { lockMs = 60_000, stalledMs = 60_000, readyWithinMs = 10_000 } = options;
  const backend = openBackend(redisUrl, databaseUrl);
  const queues = new Map(jobs.map((job) => [job.name, backend.queue(job.name)]));
  const onTrouble = troubleLog(log, "очередь недоступна");
  for (const queue of queues.values()) queue.on("error", onTrouble);

  const enqueue: JobQueue["enqueue"] = async (job, payload, id) => {
    const data = parsed(job, payload);
    await queues.get(job.name)?.add(job.name, data, {
      jobId: id,
      attempts: job.attempts,
      backoff: { type: "exponential", delay: job.backoffMs, jitter: 0.3 },
      ...KEEP,
    });
  };

  return {
    enqueue,
    queues: [...queues.values()],
    ready: () => reach([...queues.values()], { redisUrl, withinMs: readyWithinMs }),
    async counts() {
      const entries = await Promise.all(
        [...queues].map(async ([name, queue]) => [name, await queue.getJobCounts()] as const),
      );
      return Object.fromEntries(entries);
    },
    async overdue() {
      const since = await Promise.all([...queues.values()].map(oldestSince));
      return Math.max(0, Date.now() - Math.min(...since));
    },
    work: (services) =>
      startWorkers({
        backend,
        jobs,
        context: { services, enqueue },
        options: { lockDuration: lockMs, stalledInterval: stalledMs },
        reach: (workers) => reach(workers, { redisUrl, withinMs: readyWithinMs }),
        log,
        onTrouble,
      }),
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close().catch(() => undefined)));
      await backend.close();
    },
  };
}

/** The earliest instant since when a job of the queue could have been done, or is being done. */
async function oldestSince(queue: Queue): Promise<number> {
  const states = ["waiting", "prioritized", "active", "delayed"] as const;
  const oldest = await Promise.all(states.map((state) => queue.getJobs([state], 0, 0, true)));
  // Before its next try a job waits from the end of the last one on; that is not kept, but its beginning is.
  const since = oldest
    .flat()
    .map(({ timestamp, processedOn, delay }) => Math.max(timestamp, processedOn ?? 0) + (delay ?? 0));
  return Math.min(Number.POSITIVE_INFINITY, ...since);
}
