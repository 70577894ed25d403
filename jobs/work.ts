import { type Job as QueuedJob, UnrecoverableError, WaitingError, type Worker, type WorkerOptions } from "bullmq";
import { SverkaError } from "../src/domain/error.ts";
import { plainError } from "../src/domain/plain-error.ts";
import type { Job, JobContext } from "./define-job.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { within } from "./within.ts";

export interface WorkNeeds {
  readonly backend: QueueBackend;
  readonly jobs: readonly Job<unknown>[];
  readonly context: Pick<JobContext, "services" | "enqueue">;
  readonly options: Pick<WorkerOptions, "lockDuration" | "stalledInterval">;
  readonly log: { error(object: object, message: string): void };
  readonly onTrouble: (error: Error) => void;
  /** Waits for their connections; throws `queue-unreachable`. */
  readonly reach: (workers: readonly Worker[]) => Promise<void>;
}

export interface Workers {
  /** Resolves when all of them can work. Throws `queue-unreachable` (configuration): one that has no connection at first never gets one. */
  ready(): Promise<void>;
  /** Running jobs are asked to end and waited for. */
  stop(): Promise<void>;
}

const CLOSE_WITHIN_MS = 3_000;
/** Not tried again by themselves. A refused sign-in, because a locked account is worse than a late pass. */
const HOPELESS: ReadonlySet<string> = new Set(["journal-refused", "job-payload"]);

/** One worker per job's queue, one job at a time each. */
export function startWorkers({ backend, jobs, context, options, log, onTrouble, reach }: WorkNeeds): Workers {
  const stop = new AbortController();
  const { signal } = stop;
  const inHand = new Set<Promise<void>>();

  const run = (job: Job<unknown>) => async (queued: QueuedJob, token?: string) => {
    const id = queued.id ?? "";
    const running = Promise.try(() => job.run(parsed(job, queued.data), { ...context, signal, id }));
    inHand.add(running);
    try {
      await running;
    } catch (error) {
      if (signal.aborted && (await givenBack(queued, token))) throw new WaitingError();
      throw failed(job, id, error, log);
    } finally {
      inHand.delete(running);
    }
  };
  const workers = jobs.map((job) =>
    backend.worker(job.name, run(job), { concurrency: 1, maxStalledCount: 5, ...options }),
  );
  for (const worker of workers) worker.on("error", onTrouble);
  return {
    ready: () => reach(workers),
    async stop() {
      stop.abort(new Error("stopping"));
      const closed = Promise.all(workers.map((worker) => worker.close()));
      await Promise.allSettled(inHand);
      // Where the queue's server is gone, workers would wait for it for ever.
      await within(CLOSE_WITHIN_MS, closed);
    },
  };
}

/** The payload as the job wants it. Throws `job-payload`. */
export function parsed<Payload>(job: Job<Payload>, data: unknown): Payload {
  const result = job.payload.safeParse(data);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join(".") || "всё содержимое";
  throw new SverkaError(
    "trouble",
    "job-payload",
    `Задание «${job.name}» отклонено, его содержимое непонятно (${place}): удалите его на странице очередей.`,
  );
}

/** What was interrupted because the process ends waits for the next one, and no try is counted. */
async function givenBack(queued: QueuedJob, token: string | undefined): Promise<boolean> {
  try {
    await queued.moveToWait(token);
    return true;
  } catch {
    return false;
  }
}

/** The error as the queue keeps it, told in the log first. */
function failed(job: Job<unknown>, id: string, error: unknown, log: WorkNeeds["log"]): Error {
  const { type, code, message, stack } = plainError(error);
  log.error({ job: job.name, id, type, code, message, stack }, "задание не выполнено");
  const kept = HOPELESS.has(code ?? "") ? new UnrecoverableError(message) : new Error(message);
  kept.stack = `${message}\n${stack}`;
  return kept;
}
