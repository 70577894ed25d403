import type { Clock } from "../../src/ports/clock.ts";

/** The computer's own time. */
export const systemClock: Clock = { now: () => Date.now() };
