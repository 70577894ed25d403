import cron from "node-cron";
import { ticksBetween } from "../src/domain/schedule.ts";
import type { Settings } from "../src/domain/settings.ts";
import type { EpochMs } from "../src/domain/time.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { CatchUp, Job } from "./define-job.ts";
import { JOBS } from "./index.ts";
import type { JobQueue } from "./queue.ts";

/** Where ticks are remembered, so that a computer that was off knows what it missed. */
export interface TickBook {
  last(schoolId: number): Promise<ReadonlyMap<string, EpochMs>>;
  record(schoolId: number, job: string, at: EpochMs): Promise<void>;
}

export interface TickNeeds {
  readonly queue: JobQueue;
  readonly book: TickBook;
  readonly settings: Settings;
  readonly schoolId: number;
  /** Every job of the service unless told otherwise. */
  readonly jobs?: readonly Job<unknown>[];
}

/** A tick that is older than this was missed rather than met. */
const MET_WITHIN_MS = 2 * 60_000;
/** A tick that lies so far ahead was recorded by a clock that went wrong: after it has been set right nothing would be due until then. */
const AHEAD_MS = 60 * 60_000;
/** A minute that was missed is made up by the next one. */
const QUIET = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * Puts into the queue what has become due up to `now` since the last recorded tick; what was missed goes by the job's catch-up policy.
 * A job's id is its name and its scheduled instant (BullMQ allows no colon in it), so any number of processes enqueue a tick once.
 * A job that has never ticked begins now: a first start has missed nothing. So does one whose last tick lies far ahead, for the clock was set back.
 */
export async function tickUpTo(needs: TickNeeds, now: EpochMs): Promise<void> {
  const { queue, book, settings, schoolId, jobs = JOBS } = needs;
  const last = await book.last(schoolId);
  for (const job of jobs) {
    if (job.schedule === null) continue;
    const since = last.get(job.name);
    if (since === undefined || since > now + AHEAD_MS) {
      await book.record(schoolId, job.name, now);
      continue;
    }
    const due = ticksBetween(job.schedule.when(settings), settings.calendar, since, now);
    const newest = due[due.length - 1];
    if (newest === undefined) continue;
    for (const at of wanted(due, job.schedule.catchUp, now)) {
      await queue.enqueue(
        job,
        job.schedule.payload({ schoolId, at, zone: settings.calendar.zone }),
        tickId(job.name, at),
      );
    }
    await book.record(schoolId, job.name, newest);
  }
}

/** `sync-school.20261005T090000Z`. */
export function tickId(job: string, at: EpochMs): string {
  return `${job}.${new Date(at).toISOString().replace(/\.\d+/, "").replace(/[-:]/g, "")}`;
}

/** Calls `tickUpTo` at once and then each minute; the answer ends it, after the tick in hand. */
export function startClock(needs: TickNeeds & { clock: Clock; onError: (error: unknown) => void }): {
  stop(): Promise<void>;
} {
  let running = Promise.resolve();
  const tick = () => {
    running = running.then(() => tickUpTo(needs, needs.clock.now())).catch(needs.onError);
    return running;
  };
  const task = cron.schedule("* * * * *", tick, { noOverlap: true, logger: QUIET });
  tick();
  return {
    async stop() {
      await task.destroy();
      await running;
    },
  };
}

function wanted(due: readonly EpochMs[], catchUp: CatchUp, now: EpochMs): readonly EpochMs[] {
  if (catchUp === "all") return due;
  return due.slice(-1).filter((at) => catchUp === "latest" || now - at <= MET_WITHIN_MS);
}
