import type { History, Version } from "./facts.ts";
import type { EpochMs } from "./time.ts";

/** The versions that had been seen by `asOf`, oldest first; none when the fact was not known then. */
export function versionsAt<Content>(history: History<Content>, asOf: EpochMs): readonly Version<Content>[] {
  const { versions } = history;
  const last = versions[versions.length - 1];
  return last !== undefined && last.seenAt <= asOf ? versions : versions.filter(({ seenAt }) => seenAt <= asOf);
}

/** Whether the fact had not been found gone by `asOf`. */
export function standsAt(history: History<unknown>, asOf: EpochMs): boolean {
  return history.vanishedAt === null || history.vanishedAt > asOf;
}

/**
 * The last look at a page that may be used as of `asOf`, when only the last look of all is known: what was seen first after `asOf`
 * proves no more than its own last look without it.
 */
export function lastLook(askedAt: EpochMs | null, history: History<unknown> | null, asOf: EpochMs): EpochMs | null {
  if (askedAt === null) return null;
  const later = history?.versions.find(({ seenAt }) => seenAt > asOf);
  if (later === undefined) return Math.min(askedAt, asOf);
  return later.absentAt === null ? null : Math.min(askedAt, asOf, later.absentAt);
}
