import type { EpochMs } from "../domain/time.ts";

/** The only source of «now». A simulated clock starts elsewhere and may be moved. */
export interface Clock {
  now(): EpochMs;
}
