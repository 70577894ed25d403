import { createPostgresBackend, type Job, Queue, Worker, type WorkerOptions, withBackend } from "bullmq";
import { Redis } from "ioredis";

/** Where queues live, made into BullMQ's own classes. Nothing outside this file knows which of the two it is. */
export interface QueueBackend {
  queue(name: string): Queue;
  worker(
    name: string,
    run: (job: Job, token?: string) => Promise<void>,
    options: Omit<WorkerOptions, "connection">,
  ): Worker;
  /** After its queues and workers. Ends also what has never come up. */
  close(): Promise<void>;
}

const SCHEMA = "queue";

export function openBackend(redisUrl: string | null, databaseUrl: string): QueueBackend {
  return redisUrl === null ? postgresBackend(databaseUrl) : redisBackend(redisUrl);
}

/**
 * In the same database, in a schema of its own. A database has few connections to give: one for each queue and two for each worker, and but for the one by which a
 * worker is woken all are given back when there is nothing to do.
 */
function postgresBackend(connectionString: string): QueueBackend {
  const connection = {
    connectionString,
    schema: SCHEMA,
    migrate: true,
    max: 1,
    idleTimeoutMillis: 2_000,
    application_name: "sverka-queue",
  };
  const IDLE_LOOK_SECONDS = 60;
  const bound = withBackend(createPostgresBackend);
  return {
    queue: (name) => new bound.Queue(name, { connection }) as unknown as Queue,
    worker: (name, run, options) =>
      new bound.Worker(name, run, { connection, drainDelay: IDLE_LOOK_SECONDS, ...options }) as unknown as Worker,
    close: async () => undefined,
  };
}

function redisBackend(url: string): QueueBackend {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on("error", () => undefined);
  return {
    queue: (name) => new Queue(name, { connection }),
    worker: (name, run, options) => new Worker(name, run, { connection, ...options }),
    async close() {
      // A server that does not answer would never answer QUIT either.
      if (connection.status === "ready") await connection.quit().catch(() => undefined);
      connection.disconnect();
    },
  };
}
