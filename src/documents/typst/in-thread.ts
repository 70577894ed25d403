import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Has the thread work on one order; one at a time. Throws what the thread throws, and then it is of no use any more. */
export type Ask<Order, Outcome> = (order: Order) => Promise<Outcome>;

/** A worker file answers orders in a thread of its own, so that the service goes on and the memory ends with it. */
export async function inThread<Order, Outcome, Result>(
  worker: URL,
  work: (ask: Ask<Order, Outcome>) => Promise<Result>,
): Promise<Result> {
  const thread = new Worker(worker);
  try {
    return await work(async (order) => {
      const answer = once(thread, "message");
      thread.postMessage(order);
      const [outcome] = (await answer) as [Outcome];
      return outcome;
    });
  } finally {
    await thread.terminate();
  }
}
