import { WireDate, type WireValue } from "../tokens.ts";
import { KIND } from "../untangle.ts";

// Readers of one cell. `undefined` means: not understood, or not there – the row is refused where the cell is needed.

type Row = readonly WireValue[];

/** An id of the journal as text: a whole number, or digits. */
export function idAt(row: Row, position: number): string | undefined {
  const cell = row[position];
  if (typeof cell === "number") return Number.isSafeInteger(cell) && cell >= 0 ? `${cell}` : undefined;
  return typeof cell === "string" && DIGITS.test(cell) ? cell : undefined;
}

/** An id, or nobody: null, zero and the empty text mean nobody. */
export function idOrNullAt(row: Row, position: number): string | null | undefined {
  const cell = row[position];
  if (cell === null || cell === 0 || cell === "" || cell === "0") return null;
  return idAt(row, position);
}

/**
 * A text that may be missing; spaces around it say nothing, and an empty one is none. A number may stand where a text is meant.
 * NUL is dropped: PostgreSQL keeps no text that holds it, and one such cell would end every pass.
 */
export function textAt(row: Row, position: number): string | null | undefined {
  const cell = row[position];
  if (cell === null) return null;
  if (typeof cell === "string") return (cell.includes("\0") ? cell.replaceAll("\0", "") : cell).trim() || null;
  return typeof cell === "number" ? `${cell}` : undefined;
}

export function dayAt(row: Row, position: number): string | undefined {
  const cell = row[position];
  return cell instanceof WireDate ? cell.day : undefined;
}

/** A weight that is no positive number is none. */
export function weightAt(row: Row, position: number): number | null {
  const cell = row[position];
  const weight = typeof cell === "string" && cell.trim() !== "" ? Number(cell.replace(",", ".")) : cell;
  return typeof weight === "number" && Number.isFinite(weight) && weight > 0 ? weight : null;
}

/** A subgroup; the whole class is written as 0 or nothing. */
export function groupAt(row: Row, position: number): string | null | undefined {
  const group = textAt(row, position);
  return group === "0" ? null : group;
}

const DIGITS = /^\d{1,18}$/;

/** What may stand in the columns, for `Shape.kinds`. */
export const KINDS = {
  any: KIND.any,
  id: KIND.number | KIND.text,
  text: KIND.text | KIND.number | KIND.nothing,
  day: KIND.date,
} as const;
