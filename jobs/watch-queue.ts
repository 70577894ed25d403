import cron from "node-cron";
import type { Look } from "../src/domain/alerts/alert.ts";
import { counted } from "../src/domain/notice/words.ts";
import type { JobQueue } from "./queue.ts";

const ANSWERS_WITHIN_MS = 10_000;

/** Whether the queue answers, and whether somebody works it off. `limitMs`: how long a job may wait or run. Both limits are real time. */
export async function lookAtQueue(
  queue: Pick<JobQueue, "overdue">,
  limitMs: number,
  answersWithinMs = ANSWERS_WITHIN_MS,
): Promise<Look> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error("time-out")), answersWithinMs);
  try {
    const overdue = await Promise.race([queue.overdue(), limit.promise]);
    const minutes = Math.floor(overdue / 60_000);
    const detail = `Самое старое задание ждёт уже ${counted(minutes, "минуту", "минуты", "минут")}.`;
    return { "queue-stuck": overdue > limitMs ? [{ subject: "", detail }] : [] };
  } catch {
    const detail = "Очередь не отвечает: проверьте базу, а если задан REDIS_URL – сервер Redis.";
    return { "queue-stuck": [{ subject: "", detail }] };
  } finally {
    clearTimeout(timer);
  }
}

/** Looks each minute; the answer ends it. Beside the queue, because a queue that stands cannot tell so itself. */
export function watchQueue(needs: {
  readonly queue: JobQueue;
  readonly limitMs: number;
  readonly raise: (look: Look) => Promise<void>;
}): { stop(): Promise<void> } {
  const task = cron.schedule("* * * * *", async () => needs.raise(await lookAtQueue(needs.queue, needs.limitMs)), {
    noOverlap: true,
  });
  return { stop: async () => void (await task.stop()) };
}
