import { folded } from "../fold.ts";
import type { Mapping } from "../mapping.ts";
import type { Policy } from "../policy.ts";

/** What a pupil has in a subject at the end of a term: a final mark, or in its place a forecast. `missing` is an empty cell; `unclear` one that nobody can read. */
export interface Result {
  readonly kind: "mark" | "passed" | "failed" | "exempt" | "unassessed" | "missing" | "unclear";
  /** Of a mark. */
  readonly value: number | null;
  /** As one writes it; empty where there is nothing. */
  readonly text: string;
}

/** Reads final marks by the school's letters and the policy's words. Several marks in one cell are not guessed at. */
export function createFinalReader(mapping: Mapping, words: Policy["termAnalysis"]): (text: string) => Result {
  const kinds = new Map<string, Result["kind"]>();
  for (const kind of ["unassessed", "failed", "exempt"] as const)
    for (const word of words[kind]) kinds.set(folded(word), kind);
  return (cell) => {
    const text = cell.trim();
    if (text === "") return { kind: "missing", value: null, text };
    const { marks, numbers, absences, unknown } = mapping.readCell(text);
    const [mark, another] = marks;
    if (mark === undefined || another !== undefined || absences.length > 0 || unknown.length > 0)
      return { kind: kinds.get(folded(text)) ?? "unclear", value: null, text };
    const [value] = numbers;
    if (value !== undefined) return { kind: "mark", value, text };
    return { kind: kinds.get(folded(mark)) ?? "passed", value: null, text };
  };
}

/** Neither passed nor failed: not assessed. */
export function isUnassessed({ kind }: Result): boolean {
  return kind === "unassessed" || kind === "missing";
}

/** «2» and below, or a word for it. */
export function isFailed({ kind, value }: Result): boolean {
  return kind === "failed" || (value !== null && value <= 2);
}

/** Whether it says anything of the pupil's progress. */
export function counts({ kind }: Result): boolean {
  return kind !== "exempt" && kind !== "unclear";
}
