import type { Look } from "../domain/alerts/alert.ts";
import type { Clock } from "../ports/clock.ts";
import type { Printer } from "../ports/printer.ts";
import type { Store } from "../store/connect.ts";

export interface PrintingNeeds {
  readonly store: Store;
  readonly printer: Printer;
  readonly clock: Clock;
  readonly schoolId: number;
  readonly log: { info(facts: object, sentence: string): void; warn(facts: object, sentence: string): void };
  /** Tells of what is wrong now; never throws. */
  readonly raise: (look: Look) => Promise<void>;
  /** Stops between two prints; the one in hand is finished. */
  readonly signal?: AbortSignal;
}
