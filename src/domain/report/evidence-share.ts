import { inPercent } from "../control/figures.ts";
import type { Tally } from "../finding.ts";
import { counted, plural } from "../notice/words.ts";
import { evidenceIn, sumTallies } from "../tallies.ts";
import type { ComplianceReport } from "./report.ts";

const enough = 0.8;

/** How many of the deadlines that passed under the passes' eyes could be judged, and what that means (rules.md § 1). */
export function evidenceShare(tallies: readonly Tally[]): ComplianceReport["evidence"] {
  const { decided, undecided: unproved } = evidenceIn(sumTallies(tallies));
  const all = decided + unproved;
  if (all === 0)
    return { percent: null, sentence: "Ни один срок пока не проверен: нужны проходы до срока и после него." };
  const percent = inPercent(decided, all);
  const share = `Решено ${decided} из ${counted(all, "срока", "сроков", "сроков")} с первого прохода`;
  if (unproved === 0) return { percent, sentence: `${share}: о каждом известно, соблюдён он или нет.` };
  const rest = `${unproved} ${plural(unproved, "остался недоказанным и не засчитан", "остались недоказанными и не засчитаны", "остались недоказанными и не засчитаны")} никому: в журнал не заглядывали вовремя`;
  const advice =
    decided / all < enough
      ? " Проходы слишком редки: оставьте компьютер включённым вечером, чтобы прошли проходы в 23:50 и 00:05."
      : "";
  return { percent, sentence: `${share}; ${rest}.${advice}` };
}
