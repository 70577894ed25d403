import { Worker } from "node:worker_threads";
import { LIMITS } from "./limits.ts";
import { refusal } from "./refusal.ts";
import type { Answer, Question } from "./scan-worker.ts";

/** A thread that looks at pages. What it refuses it survives; what breaks it or lasts too long ends it. */
export interface ScanThread {
  /** One question at a time. Throws `SverkaError` `scan-…` (input), and what `signal` was aborted with. */
  ask(question: Question, signal?: AbortSignal): Promise<Exclude<Answer, { refused: unknown }>>;
  readonly ended: boolean;
  end(): Promise<void>;
}

export function startScanThread(limitMs: number = LIMITS.page): ScanThread {
  // What the libraries say about a broken file is for their authors.
  const worker = new Worker(new URL("scan-worker.ts", import.meta.url), { stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.unref();
  let ended = false;
  worker.once("exit", () => {
    ended = true;
  });
  return {
    get ended() {
      return ended;
    },
    async ask(question, signal) {
      signal?.throwIfAborted();
      const outcome = Promise.withResolvers<Answer>();
      const fail = (cause: unknown) => outcome.reject(refusal("scan-broken", cause));
      const stop = () => outcome.reject(signal?.reason);
      const timer = setTimeout(() => outcome.reject(refusal("scan-heavy")), limitMs);
      worker.ref();
      worker.once("message", outcome.resolve);
      worker.once("error", fail);
      worker.once("exit", fail);
      signal?.addEventListener("abort", stop, { once: true });
      try {
        worker.postMessage(question);
        const answer = await outcome.promise;
        if ("refused" in answer) throw refusal(answer.refused, new Error(answer.because));
        return answer;
      } catch (error) {
        // Nobody knows in which state it is.
        ended = true;
        await worker.terminate();
        throw error;
      } finally {
        clearTimeout(timer);
        worker.off("message", outcome.resolve).off("error", fail).off("exit", fail);
        signal?.removeEventListener("abort", stop);
        if (!ended) worker.unref();
      }
    },
    async end() {
      ended = true;
      await worker.terminate();
    },
  };
}
