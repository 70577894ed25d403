import type { PupilNaming } from "./pupil-labels.ts";

/** The contents of a compliance letter, in words (rules.md § 5). Mail leaves the school: pupils stand as the school allows, by default as numbers in the class list. */
export interface ComplianceReport {
  readonly simulation: boolean;
  readonly school: string;
  /** «5 октября 2026 г., 18:15» */
  readonly moment: string;
  /** Since when something is new; null in the first letter. */
  readonly since: string | null;
  /** The letter's subject: the essence. */
  readonly title: string;
  /** The same in a sentence. */
  readonly lead: string;
  readonly counts: ReportCounts;
  readonly fresh: readonly ReportGroup[];
  readonly open: readonly ReportGroup[];
  readonly settled: readonly ReportGroup[];
  /** No violations: shown apart, and once. */
  readonly warnings: readonly ReportGroup[];
  /** Less still: what is worth a look. */
  readonly hints: readonly ReportGroup[];
  /** Count for nothing. */
  readonly unproved: readonly ReportGroup[];
  readonly teachers: readonly CountRow[];
  readonly classes: readonly CountRow[];
  /** By what the order demands, with its clause. */
  readonly rules: readonly CountRow[];
  readonly withdrawnNote: string | null;
  readonly waivedNote: string | null;
  /** Teachers whom no letter reaches: their sheets are attached. */
  readonly sheetsNote: string | null;
  readonly evidence: { readonly percent: string | null; readonly sentence: string };
  /** `read`: at least one pass since the last letter succeeded; `good`: all of it did. */
  readonly passes: { readonly read: boolean; readonly good: boolean; readonly sentences: readonly string[] };
  readonly pupilsBy: PupilNaming;
}

export interface CountRow {
  readonly name: string;
  readonly fresh: number;
  readonly open: number;
  readonly settled: number;
}

export interface ReportCounts {
  readonly fresh: number;
  readonly open: number;
  readonly settled: number;
  /** New ones; those that an earlier letter told of stand apart. */
  readonly warnings: number;
  readonly oldWarnings: number;
  readonly hints: number;
  readonly oldHints: number;
  readonly unproved: number;
  /** New to the letter, but in the journal before the first look. */
  readonly unlooked: number;
}

/** What one teacher has in one section. */
export interface ReportGroup {
  readonly teacher: string;
  readonly lines: readonly string[];
  /** «и ещё 12 строк» */
  readonly more: string | null;
}
