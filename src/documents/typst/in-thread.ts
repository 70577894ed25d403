import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Has the thread work on one order, one at a time. Throws what the thread throws; a thread that has ended refuses all further ones. */
export type Ask<Order, Outcome> = (order: Order) => Promise<Outcome>;

/** A worker file answers orders in a thread of its own, so that the service goes on and the memory ends with it. Throws what the work throws. */
export async function inThread<Order, Outcome, Result>(
  worker: URL,
  work: (ask: Ask<Order, Outcome>) => Promise<Result>,
): Promise<Result> {
  const thread = new Worker(worker);
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  thread.once("error", ended.reject);
  thread.once("exit", (code) => ended.reject(new Error(`the thread ended with ${code}`)));
  try {
    return await work(async (order) => {
      const answer = once(thread, "message");
      thread.postMessage(order);
      const [outcome] = await Promise.race([answer as Promise<[Outcome]>, ended.promise]);
      return outcome;
    });
  } finally {
    await thread.terminate();
  }
}
