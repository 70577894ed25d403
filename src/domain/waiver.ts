import type { Span } from "./calendar.ts";
import { dayOf } from "./days.ts";
import type { Finding, RuleId } from "./finding.ts";
import type { EpochMs, IsoDate } from "./time.ts";

/** Снятие (rules.md § 4): a named person takes findings away, with a reason. Never deleted; it may end or be revoked. */
export interface Waiver {
  readonly id: number;
  readonly covers: Cover;
  readonly reason: string;
  readonly author: string;
  readonly madeAt: EpochMs;
  /** The last school day on which it holds; null: for ever. */
  readonly expiresOn: IsoDate | null;
  readonly revokedAt: EpochMs | null;
  readonly revokedBy: string | null;
}

/** One finding, or everything of a person in a span of days under some rules (none named: all rules). */
export type Cover =
  | { readonly kind: "finding"; readonly findingId: string }
  | { readonly kind: "span"; readonly person: string; readonly span: Span; readonly rules: readonly RuleId[] };

/** Whether the waiver has been made, not revoked and not run out by `at`; days are those of the school's zone. */
export function holdsAt({ madeAt, revokedAt, expiresOn }: Waiver, at: EpochMs, zone: string): boolean {
  if (madeAt > at || (revokedAt !== null && revokedAt <= at)) return false;
  return expiresOn === null || dayOf(at, zone) <= expiresOn;
}

/**
 * Whether a cover takes the finding in. A span does so by the day of the lesson as well as by the day on which the deadline ran out: who was ill on
 * either could not do it. What is not proved counts against nobody and needs no waiver.
 */
export function covers(cover: Cover, finding: Finding, zone: string): boolean {
  if (finding.verdict === "unproved") return false;
  if (cover.kind === "finding") return cover.findingId === finding.id;
  const { person, span, rules } = cover;
  if (finding.accountable?.name !== person) return false;
  if (rules.length > 0 && !rules.includes(finding.rule)) return false;
  const dueDay = finding.dueAt === null ? null : dayOf(finding.dueAt - 1, zone);
  return [finding.lessonDate, dueDay].some((day) => day !== null && span.from <= day && day <= span.to);
}

/** A finder of the waiver that takes a finding away at an instant: the first one made. Null: none does. */
export function createWaiverFinder(
  waivers: readonly Waiver[],
  at: EpochMs,
  zone: string,
): (finding: Finding) => Waiver | null {
  const held = waivers.filter((waiver) => holdsAt(waiver, at, zone)).toSorted((one, other) => one.id - other.id);
  if (held.length === 0) return () => null;
  return (finding) => held.find((waiver) => covers(waiver.covers, finding, zone)) ?? null;
}
