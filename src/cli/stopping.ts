import { EXIT } from "./exit-code.ts";

/** The terminal and npm both pass one Ctrl+C on: signals so close together are one. */
const ECHO_MS = 500;
/** Whoever asks to end waits ten seconds at most, then kills. */
const END_WITHIN_MS = 9_500;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Why a command came to no end of its own. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** As much of the process as this needs. */
export interface Stoppable {
  on(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Aborted by the first signal that asks the process to end; what is in hand may then come to its end. A second signal, or ten seconds, end it at once with the code
 * for «done with trouble». `onFirst` tells the person.
 */
export function stopOnSignals(onFirst: () => void, it: Stoppable = process): AbortSignal {
  const stop = new AbortController();
  let since: number | null = null;
  const asked = () => {
    const now = performance.now();
    if (since !== null) {
      if (now - since > ECHO_MS) it.exit(EXIT.trouble);
      return;
    }
    since = now;
    setTimeout(() => it.exit(EXIT.trouble), END_WITHIN_MS).unref();
    onFirst();
    stop.abort(new Stopped("asked to end"));
  };
  for (const signal of SIGNALS) it.on(signal, asked);
  return stop.signal;
}
