/** What a figure has to reach. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One measured figure beside its rival. */
export interface BenchRow {
  readonly what: string;
  /** What was measured of ours and of the rival, with its unit, as text for people. */
  readonly ours: string;
  readonly rival: string;
  readonly reached: number;
  /** Of `reached` and `target`: `×` how many times faster than the rival, `` a share of the rival, or a plain unit. */
  readonly unit: "×" | "" | "s" | "ms" | "MB" | "KB" | "rows" | "%" | "pages/s" | "slips";
  /** Null: a limit shown for comparison, which nobody has to reach. */
  readonly target: Target | null;
}

export const seconds = (ms: number, digits = 2) => `${(ms / 1000).toFixed(digits)} s`;
export const millis = (ms: number) => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
