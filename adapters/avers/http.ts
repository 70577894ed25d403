import { AxiosError } from "axios";
import { SverkaError } from "../../src/domain/error.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { type Backoff, retryAfter, retryDelay } from "./backoff.ts";
import { answerError, busyError, unreachableError } from "./errors.ts";
import {
  AnswerTooLong,
  createExchange,
  type Call as Exchanged,
  type ExchangeOptions,
  RequestTimeout,
} from "./exchange.ts";
import { createGate, type Sleep } from "./gate.ts";

export interface HttpOptions extends ExchangeOptions {
  readonly pauseMs: number;
  /** Attempts after the first one. */
  readonly retries: number;
  readonly backoff: Backoff;
  readonly sleep: Sleep;
  readonly log: JournalLog;
}

/** As much of pino as is needed. Nothing but actions, codes and counts is ever given to it. */
export interface JournalLog {
  debug(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export interface Call extends Exchanged {
  /** Sent at most once: repeated only where it certainly never left, as the sign-in is. */
  readonly once?: boolean;
  /** Throws `journal-answer` where another try is worth it: a cut-off answer, a proxy's page. */
  readonly check?: (bytes: Buffer) => void;
}

export interface Answer {
  readonly bytes: Buffer;
  readonly askedAt: EpochMs;
  readonly answeredAt: EpochMs;
  /** See `Response`. */
  readonly ahead: number;
}

export interface Http {
  /** Throws `SverkaError`s of the journal, or the signal's reason. */
  call(call: Call): Promise<Answer>;
  /** So many calls in a row got no answer at all that no more are made: what every further call throws. */
  readonly gone: SverkaError | null;
  readonly sent: number;
}

/** More calls in a row without an answer mean that the journal is gone, not that pages are bad. */
const GONE_AFTER = 8;

/** Polite HTTP towards one journal: few at once, bounded in time, patient with what passes and quick to give up on what does not. */
export function createHttp(options: HttpOptions): Http {
  const { clock, retries, sleep, log, pauseMs } = options;
  const exchange = createExchange(options);
  const gate = createGate({ limit: options.maxInFlight, pauseMs, sleep });
  let silent = 0;
  let gone: SverkaError | null = null;

  const attempt = async (call: Call): Promise<Answer | Trouble> => {
    try {
      const { status, bytes, askedAt, answeredAt, ahead, ...response } = await exchange.send(call);
      if (status === 429) {
        return {
          error: busyError(),
          passing: true,
          silent: true,
          askedMs: retryAfter(response.retryAfter, clock.now()),
        };
      }
      if (status >= 500 || status === 408) {
        return { error: unreachableError(`ответ ${status}`), passing: true, silent: status > 500 };
      }
      if (status !== 200) return trouble(answerError(`код ${status}; проверьте адрес в AVERS_URL`), false);
      call.check?.(bytes);
      return { bytes, askedAt, answeredAt, ahead };
    } catch (error) {
      call.signal.throwIfAborted();
      return troubleOf(error);
    }
  };

  // A call that waits for its next try keeps its place: a journal in trouble gets fewer requests, not more.
  const persist = async (call: Call): Promise<Answer> => {
    for (let tries = 0; ; tries += 1) {
      call.signal.throwIfAborted();
      if (gone !== null) throw gone;
      const answer = await attempt(call);
      if (!("error" in answer)) {
        silent = 0;
        return answer;
      }
      const { error, passing, unsent = false, askedMs = null } = answer;
      if (passing && tries < retries && (call.once !== true || unsent)) {
        const delay = Math.max(pauseMs, retryDelay(options.backoff, tries, askedMs));
        log.debug({ path: call.path, code: error.code, tries, delay }, "journal: another try");
        await sleep(delay, call.signal).catch((cause: unknown) => {
          call.signal.throwIfAborted();
          throw cause;
        });
        continue;
      }
      silent = answer.silent === true ? silent + 1 : 0;
      if (silent >= GONE_AFTER) gone = error;
      log.warn({ path: call.path, code: error.code, tries }, "journal: gave up a request");
      throw error;
    }
  };

  return {
    call: (call) => gate(() => persist(call), call.signal),
    get gone() {
      return gone;
    },
    get sent() {
      return exchange.sent;
    },
  };
}

/** A failed attempt. */
interface Trouble {
  readonly error: SverkaError;
  /** It may pass by itself. */
  readonly passing: boolean;
  /** Nothing that a journal said. */
  readonly silent?: boolean;
  /** The request never left this machine. */
  readonly unsent?: boolean;
  readonly askedMs?: number | null;
}

const trouble = (error: SverkaError, passing: boolean): Trouble => ({ error, passing });

const UNSENT: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

function troubleOf(error: unknown): Trouble {
  if (error instanceof SverkaError) {
    return { error, passing: error.code === "journal-answer", silent: error.code === "journal-redirect" };
  }
  if (error instanceof AnswerTooLong) return trouble(answerError(`ответ длиннее ${error.message} МБ`), false);
  if (error instanceof RequestTimeout) {
    return { error: unreachableError("время ожидания вышло"), passing: true, silent: true };
  }
  const code = codeOf(error);
  if (code === undefined) throw error;
  return { error: unreachableError(`нет связи, ${code}`), passing: true, silent: true, unsent: UNSENT.has(code) };
}

/** Only the code: the error itself holds the request with its cookies. Undefined for what is no trouble of the network. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AxiosError) return error.code ?? "ERR_NETWORK";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
