import type { SessionLimits } from "../domain/access/session.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import type { Cipher } from "./secrets.ts";

/** What signing in and its neighbours stand on. People live by the computer's own clock, even where the school's is a simulated one. */
export interface AccessNeeds {
  readonly store: Store;
  readonly schoolId: number;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  readonly cipher: Cipher;
}

/** Who does it, as the audit tells: the command line has no account. */
export interface Actor {
  readonly accountId: number | null;
  readonly address: string;
}

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent: string;
}
