import type { z } from "zod";
import type { Schedule } from "../src/domain/schedule.ts";
import type { Settings } from "../src/domain/settings.ts";
import type { EpochMs } from "../src/domain/time.ts";
import type { Services } from "./services.ts";

/** What becomes of ticks that were missed while the computer was off. */
export type CatchUp = "all" | "latest" | "none";

export interface JobContext {
  readonly services: Services;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Puts another job into the queue, once for its id. */
  enqueue<Payload>(job: Job<Payload>, payload: Payload, id: string): Promise<void>;
  readonly id: string;
}

export interface Job<Payload> {
  /** Also the name of its queue. */
  readonly name: string;
  /** Ids and instants only: whoever reads the queue sees no names and no marks. */
  readonly payload: z.ZodType<Payload>;
  readonly schedule: {
    when(settings: Settings): Schedule;
    readonly catchUp: CatchUp;
    payload(tick: { schoolId: number; at: EpochMs; zone: string }): Payload;
  } | null;
  /** Tries in all. */
  readonly attempts: number;
  /** Wait before the second try, milliseconds; doubled for each further one. */
  readonly backoffMs: number;
  run(payload: Payload, context: JobContext): Promise<void>;
}

/** Keeps the payload's type while jobs are declared one by one. */
export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job;
}
