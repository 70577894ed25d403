/** Waits; rejects at once when the signal is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export interface GateOptions {
  readonly limit: number;
  /** How long a place stays taken after its work. */
  readonly pauseMs: number;
  readonly sleep: Sleep;
}

export type Gate = <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;

/** Lets at most `limit` pieces of work run at once, each followed by a pause: politeness towards somebody else's server. */
export function createGate({ limit, pauseMs, sleep }: GateOptions): Gate {
  let free = limit;
  const waiting = new Set<() => void>();

  const leave = () => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next();
  };

  const enter = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const gone = () => {
        waiting.delete(entered);
        reject(signal?.reason);
      };
      const entered = () => {
        waiting.delete(entered);
        signal?.removeEventListener("abort", gone);
        resolve();
      };
      signal?.addEventListener("abort", gone, { once: true });
      waiting.add(entered);
    });

  return async (work, signal) => {
    signal?.throwIfAborted();
    if (free > 0) free -= 1;
    else await enter(signal);
    try {
      return await work();
    } finally {
      if (pauseMs > 0 && !signal?.aborted) void sleep(pauseMs, signal).then(leave, leave);
      else leave();
    }
  };
}
