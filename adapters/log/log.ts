import pino, { type DestinationStream, type Logger } from "pino";
import { plainError } from "../../src/domain/plain-error.ts";

export type Log = Logger;

/** Fields that could hold a person or a secret: whatever is logged by mistake, they are not written. */
const PERSONAL = ["fullName", "name", "text", "topic", "comment", "password", "login", "cookies", "html", "recipients"];

export interface LogOptions {
  readonly level: string;
  readonly pretty: boolean;
  /** Stderr when left out. */
  readonly to?: DestinationStream;
}

/**
 * Logs to stderr, so that stdout holds nothing but what was asked for: JSON, or readable lines on a terminal. Errors are written under `err`,
 * without what they quote.
 */
export function createLog({ level, pretty, to }: LogOptions): Log {
  const redact = { paths: [...PERSONAL, ...PERSONAL.map((field) => `*.${field}`)], censor: "[скрыто]" };
  const options = { level, redact, serializers: { err: plainError } };
  if (!pretty || to !== undefined) return pino(options, to ?? pino.destination(2));
  return pino({
    ...options,
    transport: {
      target: "pino-pretty",
      options: { destination: 2, translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname" },
    },
  });
}
