import { once } from "node:events";
import { Worker } from "node:worker_threads";

/**
 * Has a worker file do its work on `order` in a thread of its own, so that the service goes on and the memory ends with it. Throws what the thread throws.
 */
export async function inThread<Outcome>(worker: URL, order: unknown): Promise<Outcome> {
  const thread = new Worker(worker, { workerData: order });
  try {
    const [outcome] = (await once(thread, "message")) as [Outcome];
    return outcome;
  } finally {
    await thread.terminate();
  }
}
