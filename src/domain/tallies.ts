import type { TallyCounts } from "./finding.ts";

const NOTHING: Readonly<TallyCounts> = {
  inTime: 0,
  late: 0,
  missing: 0,
  violation: 0,
  unproved: 0,
  unlooked: 0,
  pending: 0,
};
const KEYS = Object.keys(NOTHING) as readonly (keyof TallyCounts)[];

/** Of each outcome how many there are in all; nothing of none. */
export function sumTallies(tallies: readonly Readonly<TallyCounts>[]): TallyCounts {
  const sum = { ...NOTHING };
  for (const tally of tallies) for (const key of KEYS) sum[key] += tally[key];
  return sum;
}

/** Of the deadlines that passed under the passes' eyes: how many could be judged (rules.md § 1), and how many could not. */
export function evidenceIn({ inTime, late, missing, violation, unproved, unlooked }: Readonly<TallyCounts>): {
  readonly decided: number;
  readonly undecided: number;
} {
  return { decided: inTime + late + missing + violation, undecided: unproved - unlooked };
}
