import type { StoredFinding } from "../finding.ts";
import type { CountRow } from "./report.ts";

export type Violations = Readonly<Record<"fresh" | "open" | "settled", readonly StoredFinding[]>>;

/** New, still open and settled violations counted by `nameOf`; whoever has the most to do comes first, then by name. */
export function countRows(violations: Violations, nameOf: (finding: StoredFinding) => string): CountRow[] {
  const names = new Set(Object.values(violations).flatMap((findings) => findings.map(nameOf)));
  const count = (findings: readonly StoredFinding[], name: string) =>
    findings.filter((finding) => nameOf(finding) === name).length;
  return [...names]
    .map((name) => ({
      name,
      fresh: count(violations.fresh, name),
      open: count(violations.open, name),
      settled: count(violations.settled, name),
    }))
    .sort(
      (one, other) => other.fresh + other.open - (one.fresh + one.open) || one.name.localeCompare(other.name, "ru"),
    );
}
