import { dayOfSerial } from "../../../src/domain/import/cells.ts";
import type { Cell, TableRow } from "../../../src/domain/import/table.ts";
import { LIMITS } from "../limits.ts";
import { readXml } from "./xml.ts";

export interface SheetContext {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly from1904: boolean;
}

const DAYS_TO_1904 = 1_462;

/** The rows of one sheet that hold anything; a merged range says everywhere what its first cell says. Null: more rows than `LIMITS.rows`. */
export async function readSheet(part: AsyncIterable<string>, context: SheetContext): Promise<TableRow[] | null> {
  const rows = new Map<number, Cell[]>();
  const merges: string[] = [];
  let row = 0;
  let column = -1;
  let cell = { type: "n", style: 0 };
  let raw = "";
  let inValue = false;
  await readXml(part, {
    open: ({ name, attributes }) => {
      if (name === "row") {
        row = Number(attributes.r ?? row + 1);
        column = -1;
      } else if (name === "c") {
        column = attributes.r === undefined ? column + 1 : placeOf(attributes.r).column;
        cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0) };
        raw = "";
      } else if (name === "v" || name === "t") inValue = true;
      else if (name === "mergeCell" && merges.length < LIMITS.merges) merges.push(attributes.ref ?? "");
    },
    text: (text) => {
      if (inValue) raw += text;
    },
    close: (name) => {
      if (name === "v" || name === "t") inValue = false;
      else if (name === "c" && column < LIMITS.columns && rows.size <= LIMITS.rows) {
        const value = cellOf(cell, raw, context);
        if (value === null || value === "") return;
        const cells = rows.get(row) ?? [];
        cells[column] = value;
        rows.set(row, cells);
      }
    },
  });
  if (rows.size > LIMITS.rows) return null;
  fillMerged(rows, merges);
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([number, cells]) => ({ number, cells: Array.from(cells, (value) => value ?? null) }));
}

function cellOf({ type, style }: { type: string; style: number }, raw: string, context: SheetContext): Cell {
  if (raw === "") return null;
  switch (type) {
    case "s":
      return context.strings[Number(raw)] ?? null;
    case "b":
      return raw === "1" ? "да" : "нет";
    case "n": {
      const number = Number(raw);
      if (!Number.isFinite(number)) return raw;
      const day = context.dateStyles[style] ? dayOfSerial(context.from1904 ? number + DAYS_TO_1904 : number) : null;
      return day === null ? number : { day };
    }
    default:
      // Text, an error such as #Н/Д, or an ISO date: the field that reads it decides.
      return raw;
  }
}

/** Only rows that are there already are filled: a range may claim a million of them. */
function fillMerged(rows: ReadonlyMap<number, Cell[]>, merges: readonly string[]): void {
  let filled = 0;
  for (const range of merges) {
    const [first = "", last = first] = range.split(":");
    const [from, to] = [placeOf(first), placeOf(last)];
    const value = rows.get(from.row)?.[from.column];
    if (value === undefined || value === null) continue;
    const right = Math.min(to.column, LIMITS.columns - 1);
    const covered = to.row - from.row < rows.size ? span(from.row, to.row) : [...rows.keys()];
    for (const number of covered) {
      const cells = rows.get(number);
      if (cells === undefined || number < from.row || number > to.row) continue;
      for (let column = from.column; column <= right; column++) {
        if (filled++ > LIMITS.filled) return;
        cells[column] = value;
      }
    }
  }
}

function span(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** «B7» → column 1, row 7. */
function placeOf(reference: string): { column: number; row: number } {
  const [, letters = "A", row = "1"] = /^\$?([A-Z]+)\$?(\d+)$/i.exec(reference) ?? [];
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { column: column - 1, row: Number(row) };
}
