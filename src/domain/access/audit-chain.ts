import type { EpochMs } from "../time.ts";

/** One line of the audit: who did what to what, when and from where. Ids, never names or marks. */
export interface AuditLine {
  readonly schoolId: number;
  /** Within the school, from 1, without a gap. */
  readonly number: number;
  readonly at: EpochMs;
  /** Null: nobody signed in, or the command line. */
  readonly accountId: number | null;
  readonly action: string;
  /** What it was done to, as «finding/abc123»; «» for the page as such. */
  readonly object: string;
  /** Canonical JSON of what else there is to say. */
  readonly details: string;
  readonly address: string;
}

export interface ChainedLine extends AuditLine {
  readonly previous: string;
  readonly hash: string;
}

/** Of the line before the first one. */
export const CHAIN_START = "0".repeat(64);

export type Hash = (text: string) => string;

export function chained(line: AuditLine, previous: string, hash: Hash): ChainedLine {
  return { ...line, previous, hash: hash(textOf(line, previous)) };
}

function textOf(
  { schoolId, number, at, accountId, action, object, details, address }: AuditLine,
  previous: string,
): string {
  return JSON.stringify([previous, schoolId, number, at, accountId, action, object, details, address]);
}

/** The first thing that is wrong with a run of lines, or null. `before` is the hash and number that they go on from. */
export function firstBreak(
  lines: readonly ChainedLine[],
  before: { readonly number: number; readonly hash: string },
  hash: Hash,
): { readonly number: number; readonly what: "gap" | "link" | "content" } | null {
  let last = before;
  for (const line of lines) {
    if (line.number !== last.number + 1) return { number: last.number + 1, what: "gap" };
    if (line.previous !== last.hash) return { number: line.number, what: "link" };
    if (chained(line, line.previous, hash).hash !== line.hash) return { number: line.number, what: "content" };
    last = line;
  }
  return null;
}
