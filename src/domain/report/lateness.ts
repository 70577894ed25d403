import { latenessOf } from "../evidence.ts";
import type { StoredFinding } from "../finding.ts";
import { plural } from "../notice/words.ts";

const day = 86_400_000;

/**
 * « на 1–2 дня»: from what the least late provably was (a day begun counts as one) to what the latest may have been; «» when nothing was late.
 * Rounded so that it never says less than the most nor more than the least that is proved.
 */
export function latenessOfAll(findings: readonly StoredFinding[]): string {
  const late = findings.flatMap(({ verdict, dueAt, absentAt, seenAt }) =>
    verdict === "late" && dueAt !== null && seenAt !== null ? [latenessOf({ absentAt, seenAt }, dueAt)] : [],
  );
  if (late.length === 0) return "";
  const least = Math.max(1, Math.floor(Math.min(...late.map(({ atLeast }) => atLeast)) / day));
  const most = Math.max(1, Math.ceil(Math.max(...late.map(({ atMost }) => atMost)) / day));
  if (most === 1) return " меньше чем на день";
  return ` на ${least < most ? `${least}–${most}` : most} ${plural(most, "день", "дня", "дней")}`;
}
