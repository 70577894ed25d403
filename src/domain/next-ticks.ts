import type { EpochMs } from "./time.ts";

export interface NextTick {
  readonly job: string;
  /** Null: none that can be found. */
  readonly at: EpochMs | null;
}

/** A tick that is far away is looked for again after this, whatever happens. */
const LONGEST_MS = 60 * 60_000;

/**
 * The next ticks of some jobs, worked out anew only once one of them is past: over the summer the next school day is a long walk through the calendar, and every
 * page would take it. A clock that goes back is believed.
 */
export function rememberTicks(work: (now: EpochMs) => readonly NextTick[]): (now: EpochMs) => readonly NextTick[] {
  let known: { readonly from: EpochMs; readonly until: EpochMs; readonly ticks: readonly NextTick[] } | null = null;
  return (now) => {
    if (known !== null && now >= known.from && now < known.until) return known.ticks;
    const ticks = work(now);
    const until = Math.min(now + LONGEST_MS, ...ticks.flatMap(({ at }) => (at === null ? [] : [at])));
    known = { from: now, until, ticks };
    return ticks;
  };
}
