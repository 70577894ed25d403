import type { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Mailer, MailOutcome } from "../ports/mailer.ts";
import type { Store } from "../store/connect.ts";
import { type Attempt, attemptDueLetter, type DueLetter } from "../store/outbox.ts";

export interface DeliveryNeeds {
  readonly store: Store;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** Stops between two letters; the one in hand is finished. */
  readonly signal?: AbortSignal;
}

export interface DeliveryLog {
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
}

export interface DeliveryCounts {
  sent: number;
  /** To be tried again. */
  delayed: number;
  /** Given up: the server refused for good, or did not take it for five days. */
  refused: number;
}

const minute = 60_000;
const longestPause = 6 * 60 * minute;
/** RFC 5321, 4.5.4.1: the time after which one gives up is at least four to five days. */
const longestWait = 5 * 24 * 60 * minute;

/**
 * Sends every letter that is due at the clock's present, one after another, each in its own transaction (design.md § 3.7). 4xx and connection errors come back later,
 * 5xx is given up; the server's answer is kept. Several processes may run it at once. A letter goes twice only when the server took it and this process died
 * before it could record that – with the same Message-ID.
 */
export async function deliverDue({ store, mailer, clock, log, signal }: DeliveryNeeds): Promise<DeliveryCounts> {
  const counts: DeliveryCounts = { sent: 0, delayed: 0, refused: 0 };
  const now = clock.now();
  while (signal?.aborted !== true) {
    const done = await attemptDueLetter(store, now, async (due) =>
      judge(await mailer.send(due.letter), due, clock.now()),
    );
    if (done === null) break;
    const { id, outcome } = done;
    // Only the code: a server's words often hold the recipient's address.
    const facts = { delivery: id, answer: /^\d{3}\b/.exec(outcome.answer)?.[0] ?? null };
    if (outcome.state === "sent") {
      counts.sent++;
      log.info(facts, "Письмо отправлено.");
    } else if (outcome.state === "waiting") {
      counts.delayed++;
      log.warn(facts, "Письмо пока не принято, попытка повторится.");
    } else {
      counts.refused++;
      log.warn(facts, "Письмо не принято, попытки прекращены: проверьте адрес получателя и настройки почты.");
    }
  }
  return counts;
}

/** 1, 2, 4 … minutes, at most six hours. */
export function pauseAfter(attempts: number): number {
  return Math.min(longestPause, minute * 2 ** Math.min(attempts, 20));
}

function judge({ kind, answer }: MailOutcome, due: DueLetter, now: EpochMs): Attempt {
  if (kind === "accepted") return { state: "sent", at: now, answer };
  if (kind === "never" || now - due.createdAt >= longestWait) return { state: "refused", answer };
  return { state: "waiting", nextAttemptAt: now + pauseAfter(due.attempts), answer };
}
