import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { addAbortSignal, type Readable } from "node:stream";
import axios from "axios";
import type { EpochMs } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { redirectError } from "./errors.ts";
import { followed } from "./redirect.ts";

export type Form = Readonly<Record<string, string | readonly string[]>>;

export interface Call {
  /** Relative to the journal's address. */
  readonly path: string;
  /** Null: a GET without a body. Lists are repeated keys. */
  readonly form: Form | null;
  readonly cookies: string | null;
  readonly signal: AbortSignal;
  /** The start page announces more bytes than it sends (avers-protocol.md § 1): only what stands before this text is waited for, and less will do. */
  readonly upTo?: string;
}

export interface Response {
  readonly status: number;
  readonly retryAfter: unknown;
  readonly bytes: Buffer;
  /** Just before the request was sent, and when the whole answer had come; by the earlier and the later of two clocks, where they differ. */
  readonly askedAt: EpochMs;
  readonly answeredAt: EpochMs;
  /** By how much the journal's clock is ahead of this computer's, in milliseconds; 0 where they agree or it does not tell. */
  readonly ahead: number;
}

export interface ExchangeOptions {
  readonly baseUrl: URL;
  readonly clock: Clock;
  readonly maxInFlight: number;
  readonly requestTimeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Whether the journal's own clock (`Date` in its answers) counts beside this computer's: not where time is simulated. */
  readonly secondClock: boolean;
}

export class RequestTimeout extends Error {}
export class AnswerTooLong extends Error {}

const MAX_HOPS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * One request and its whole answer, or a failure: an answer shorter than announced is one. Redirects are followed by hand, so that a
 * sign-in stays a POST and nothing is sent to another host.
 */
export function createExchange(options: ExchangeOptions): {
  send(call: Call): Promise<Response>;
  readonly sent: number;
} {
  const { baseUrl, clock } = options;
  const agent = { keepAlive: true, maxSockets: options.maxInFlight };
  const client = axios.create({
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent(agent),
    proxy: false,
    maxRedirects: 0,
    responseType: "stream",
    transformRequest: (data: unknown) => data,
    validateStatus: () => true,
  });
  let sent = 0;

  const send = async (call: Call): Promise<Response> => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(new RequestTimeout("time-out")), options.requestTimeoutMs);
    const signal = AbortSignal.any([call.signal, timeout.signal]);
    const askedAt = clock.now();
    try {
      let url = new URL(call.path, baseUrl);
      if (call.form === null && call.upTo === undefined) url.searchParams.set("_dc", String(askedAt));
      for (let hops = 0; ; hops += 1) {
        sent += 1;
        const response = await client.request<Readable>({ ...request(call), url: url.href, signal });
        const { status, headers } = response;
        if (REDIRECTS.has(status)) {
          response.data.destroy();
          url = followed(url, headers.location, baseUrl);
          if (hops >= MAX_HOPS) throw redirectError();
          continue;
        }
        const bytes = await collect(addAbortSignal(signal, response.data), call.upTo, options.maxAnswerBytes);
        const own = { askedAt, answeredAt: clock.now() };
        const times = options.secondClock ? byBothClocks(own, headers.date) : { ...own, ahead: 0 };
        return { status, retryAfter: headers["retry-after"], bytes, ...times };
      }
    } catch (error) {
      call.signal.throwIfAborted();
      throw timeout.signal.aborted ? timeout.signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    send,
    get sent() {
      return sent;
    },
  };
}

function request({ form, cookies }: Call) {
  return {
    method: form === null ? "GET" : "POST",
    ...(form === null ? {} : { data: encode(form) }),
    headers: {
      ...(form === null ? {} : { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" }),
      ...(cookies === null ? {} : { Cookie: cookies }),
    },
  };
}

function encode(form: Form): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of typeof value === "string" ? [value] : value) params.append(name, one);
  }
  return params.toString();
}

/** Throws `AnswerTooLong`, and the stream's own error when the answer is cut off. */
async function collect(stream: Readable, upTo: string | undefined, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) throw new AnswerTooLong(`${Math.floor(limit / 1024 / 1024)}`);
      if (upTo !== undefined && Buffer.concat(chunks).includes(upTo)) break;
    }
  } catch (error) {
    if (upTo === undefined || length > limit) throw error;
  } finally {
    stream.destroy();
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

/** What an answer's way may take, and `Date` tells whole seconds. */
const AGREEING_MS = 2_000;

/**
 * A computer whose clock is wrong would accuse people by it. As long as one of the two clocks is right, an interval that holds both is true:
 * it only proves less.
 */
export function byBothClocks(
  own: { readonly askedAt: EpochMs; readonly answeredAt: EpochMs },
  date: unknown,
): Pick<Response, "askedAt" | "answeredAt" | "ahead"> {
  const told = typeof date === "string" ? Date.parse(date) : Number.NaN;
  if (told + 1000 + AGREEING_MS < own.askedAt) return { ...own, askedAt: told, ahead: told - own.askedAt };
  if (told - AGREEING_MS > own.answeredAt) return { ...own, answeredAt: told + 1000, ahead: told - own.answeredAt };
  return { ...own, ahead: 0 };
}
