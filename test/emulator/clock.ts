import type { EpochMs } from "../../src/domain/time.ts";

/** The journal's own time. */
export interface EmulatorClock {
  now(): EpochMs;
  /** Throws where somebody else keeps the time. */
  set(at: EpochMs): void;
}

/** From `at` on: standing still until it is set, or running on with real time; or kept by `foreign`. */
export function createEmulatorClock(
  at: EpochMs,
  { runs = false, foreign }: { readonly runs?: boolean; readonly foreign?: (() => EpochMs) | undefined },
): EmulatorClock {
  if (foreign !== undefined) {
    const set = () => {
      throw new TypeError("the emulator's clock is kept by whoever started it");
    };
    return { now: foreign, set };
  }
  let base = at;
  let since = performance.now();
  return {
    now: () => (runs ? base + Math.round(performance.now() - since) : base),
    set(next) {
      if (!Number.isFinite(next)) throw new TypeError("not an instant");
      base = next;
      since = performance.now();
    },
  };
}
