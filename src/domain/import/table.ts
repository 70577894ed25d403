import type { IsoDate } from "../time.ts";

/** What one cell holds: text, a number, a day, or nothing. A formula is its last computed value. */
export type Cell = string | number | { readonly day: IsoDate } | null;

export interface TableRow {
  /** The row's number in the file as a person counts it, from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** One sheet, or one text file, as it was read; blank rows are not there. */
export interface Table {
  /** Null where the file has no sheets. */
  readonly sheet: string | null;
  readonly rows: readonly TableRow[];
}
