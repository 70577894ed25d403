import { latenessOf } from "../evidence.ts";
import type { Finding, Tally } from "../finding.ts";
import { sumTallies } from "../tallies.ts";
import type { Counts } from "./facts.ts";

type Lateness = NonNullable<Counts["lateness"]>;

/** The deadlines of some tallies; their violations in `findings`, of which `isWaived` says which are taken away. */
export function countsOf(
  tallies: readonly Tally[],
  findings: readonly Finding[],
  isWaived: (finding: Finding) => boolean,
): Counts {
  const sum = sumTallies(tallies);
  const violations = findings.filter(({ severity, verdict }) => severity === "violation" && verdict !== "unproved");
  const waived = violations.filter(isWaived);
  const taken = (verdict: Finding["verdict"]) => waived.filter((finding) => finding.verdict === verdict).length;
  const late = violations.filter((finding) => finding.verdict === "late" && !isWaived(finding));
  const counts = {
    inTime: sum.inTime,
    late: sum.late - taken("late"),
    missing: sum.missing + sum.violation - taken("missing") - taken("violation"),
    unproved: sum.unproved,
    waived: waived.length,
    pending: sum.pending,
  };
  return {
    ...counts,
    checked: counts.inTime + counts.late + counts.missing + counts.unproved + counts.waived,
    lateness: late.map(caseLateness).reduce(widest, null),
  };
}

/** By how much one late finding provably missed its deadline; null for any other. */
export function caseLateness({ verdict, dueAt, absentAt, seenAt }: Finding): Lateness | null {
  return verdict === "late" && dueAt !== null && seenAt !== null ? latenessOf({ absentAt, seenAt }, dueAt) : null;
}

/** From the least of both to the most of both. */
export function widest(one: Lateness | null, other: Lateness | null): Lateness | null {
  if (one === null || other === null) return one ?? other;
  return { atLeast: Math.min(one.atLeast, other.atLeast), atMost: Math.max(one.atMost, other.atMost) };
}
