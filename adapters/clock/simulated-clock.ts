import type { EpochMs } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";

export interface SimulatedClock extends Clock {
  /** Moves it to an instant, from which it runs on. */
  set(at: EpochMs): void;
}

/** Starts at an instant and runs on from there, as fast as real time goes, or `speed` times as fast. It does not follow changes of the computer's clock. */
export function createSimulatedClock({ startAt, speed = 1 }: { startAt: EpochMs; speed?: number }): SimulatedClock {
  let from = { at: startAt, real: performance.now() };
  return {
    now: () => Math.floor(from.at + (performance.now() - from.real) * speed),
    set(at) {
      from = { at, real: performance.now() };
    },
  };
}
