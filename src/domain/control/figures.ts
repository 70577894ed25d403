import { plural } from "../notice/words.ts";
import type { Counts } from "./facts.ts";

const DAY = 86_400_000;

/** «93 %», cut and not rounded up; null without anything to divide. */
export function inPercent(part: number, whole: number): string | null {
  return whole === 0 ? null : `${Math.floor((100 * part) / whole)}\u00a0%`;
}

/** What has been judged one way or the other. */
export function decidedOf({ inTime, late, missing }: Counts): number {
  return inTime + late + missing;
}

/** «1–3 дня», «меньше дня»: never less than the most nor more than the least that is proved; empty when nothing was late. */
export function latenessText(lateness: Counts["lateness"]): string {
  if (lateness === null) return "";
  const least = Math.max(1, Math.floor(lateness.atLeast / DAY));
  const most = Math.max(1, Math.ceil(lateness.atMost / DAY));
  if (most === 1) return "меньше дня";
  return `${least < most ? `${least}–${most}` : most}\u00a0${plural(most, "день", "дня", "дней")}`;
}

/** An accountable person as prints and letters name one. */
export function personName(name: string): string {
  return name === "" ? "Учитель в журнале не назван" : name;
}
