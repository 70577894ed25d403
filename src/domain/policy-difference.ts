import type { Finding, RuleId } from "./finding.ts";

/** What another reading of the order would change in what is found. */
export interface PolicyDifference {
  readonly appeared: readonly Finding[];
  readonly disappeared: readonly Finding[];
  /** Found by both, with another verdict. */
  readonly changed: readonly { readonly before: Finding; readonly after: Finding }[];
  /** Violations and warnings that count, by rule and person; lines without a difference are left out. */
  readonly lines: readonly DifferenceLine[];
}

export interface DifferenceLine {
  readonly rule: RuleId;
  /** «» is nobody. */
  readonly accountable: string;
  readonly appeared: number;
  readonly disappeared: number;
}

const counts = ({ verdict }: Finding) => verdict !== "unproved";

/** Compares by the case, not by the words. Pure; the same input gives the same order. */
export function comparePolicies(before: readonly Finding[], after: readonly Finding[]): PolicyDifference {
  const was = new Map(before.map((finding) => [finding.id, finding]));
  const is = new Map(after.map((finding) => [finding.id, finding]));
  const appeared = after.filter(({ id }) => !was.has(id));
  const disappeared = before.filter(({ id }) => !is.has(id));
  const changed = after.flatMap((finding) => {
    const old = was.get(finding.id);
    return old !== undefined && old.verdict !== finding.verdict ? [{ before: old, after: finding }] : [];
  });
  // A verdict that begins or ceases to count is, for the person, a finding that appears or disappears.
  const begins = [...appeared, ...changed.flatMap((one) => (counts(one.before) ? [] : [one.after]))].filter(counts);
  const ceases = [...disappeared, ...changed.flatMap((one) => (counts(one.after) ? [] : [one.before]))].filter(counts);
  return { appeared, disappeared, changed, lines: linesOf(begins, ceases) };
}

function linesOf(appeared: readonly Finding[], disappeared: readonly Finding[]): DifferenceLine[] {
  const key = ({ rule, accountable }: Finding) => JSON.stringify([rule, accountable?.name ?? ""]);
  const [more, less] = [Map.groupBy(appeared, key), Map.groupBy(disappeared, key)];
  return [...new Set([...more.keys(), ...less.keys()])].sort().map((one) => {
    const [rule, accountable] = JSON.parse(one) as [RuleId, string];
    return { rule, accountable, appeared: more.get(one)?.length ?? 0, disappeared: less.get(one)?.length ?? 0 };
  });
}
