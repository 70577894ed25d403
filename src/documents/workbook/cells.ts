import type { Cell, Row } from "write-excel-file/node";

/** A text that stays one: a spreadsheet must not take it for a formula, whatever a journal holds. */
export function plainCell(value: string): Cell {
  return { value, type: String };
}

/** The head of a table. */
export function headRow(names: readonly string[]): Row {
  return names.map((value) => ({ value, type: String, fontWeight: "bold" as const, wrap: true }));
}

/** Columns of these widths under a head that stays in sight. */
export function columnsOf(widths: readonly number[]) {
  return { columns: widths.map((width) => ({ width })), stickyRowsCount: 1 };
}
