import { type Gap, gapAt, openingOf, quotesIn } from "./gaps.ts";
import { UNREADABLE, unescapeText, WireDate, type WireValue } from "./tokens.ts";

// Old builds do not escape quotes inside texts (avers-protocol.md § 3), so that a quote may be a border or a part of the text, and a row
// may be readable in several ways. Here a row is read only where exactly one way fits its width and columns.

/** What may stand in a column, as a sum. */
export const KIND = { text: 1, number: 2, date: 4, nothing: 8, any: 15 } as const;

export const MAX_WIDTH = 30;

/** One row of an answer whose quotes cannot be trusted. */
export interface TangledRow {
  /** The row read with this width, `"ambiguous"` where several ways fit, null where none does. */
  read(width: number, kinds: readonly number[]): readonly WireValue[] | "ambiguous" | null;
}

/**
 * Divides an answer into its rows, null where it has none: a row ends where a quote is followed by what ends a row and begins another.
 * (A text that holds just that, down to the quote, tears its row in two; neither part has the width of a row.)
 * Linear in the text's length: it looks at each gap between quotes once, and each width at each quote once.
 */
export function tangledRows(text: string): readonly TangledRow[] | null {
  const quotes = quotesIn(text);
  const first = quotes[0];
  const opening = first === undefined ? null : openingOf(text, first);
  if (opening === null) return null;
  const rows: TangledRow[] = opening.rows.map(plainRow);
  let row: Prepared = { text, tail: opening.tail, quotes: [], gaps: [] };
  for (const [i, at] of quotes.entries()) {
    const gap = gapAt(text, at + 1, quotes[i + 1] ?? text.length, i + 1 < quotes.length);
    row.quotes.push(at);
    row.gaps.push(gap);
    if (gap === null || gap.rows === null) continue;
    const whole = row;
    rows.push({ read: (width, kinds) => readRow(whole, width, kinds) }, ...gap.rows.map(plainRow));
    if (gap.ends) return rows;
    row = { text, tail: gap.tail, quotes: [], gaps: [] };
  }
  return null;
}

interface Prepared {
  readonly text: string;
  /** The values before the first quote. */
  readonly tail: readonly WireValue[];
  readonly quotes: number[];
  readonly gaps: (Gap | null)[];
}

const plainRow = (row: readonly WireValue[]): TangledRow => ({
  read: (width, kinds) => (row.length === width && fits(row, 0, kinds) ? row : null),
});

/** A walk over the row's quotes: at each it is inside the text of a column, or about to open one. A set of columns is a bit mask. */
function readRow(row: Prepared, width: number, kinds: readonly number[]): readonly WireValue[] | "ambiguous" | null {
  const { text, tail, quotes, gaps } = row;
  const last = quotes.length - 1;
  if (last < 1 || tail.length >= width || !fits(tail, 0, kinds)) return null;

  /** The column whose text opens at the next quote when that of `column` ends at quote `i`; `width` at the row's end, -1 if it cannot. */
  const next = (i: number, gap: Gap, column: number): number => {
    const reached = column + 1 + gap.head.length;
    if (i === last ? reached !== width : reached >= width) return -1;
    return fits(gap.head, column + 1, kinds) ? reached : -1;
  };

  const inside = new Int32Array(last + 2);
  const opens = new Int32Array(last + 2);
  opens[0] = 1 << tail.length;
  let textual = 0;
  for (let column = 0; column < width; column += 1) if (admits(kinds[column], KIND.text)) textual |= 1 << column;
  for (let i = 0; i <= last; i += 1) {
    const open = at(inside, i);
    inside[i + 1] = open | (at(opens, i) & textual);
    if (inside[i + 1] === 0) return null;
    const gap = gaps[i];
    if (!gap || i === last) continue;
    let reached = 0;
    for (let left = open; left !== 0; left &= left - 1) {
      const to = next(i, gap, lowest(left));
      if (to >= 0) reached |= 1 << to;
    }
    opens[i + 1] = reached;
  }

  // Back from the row's end: of the states that can be reached, those that lead there.
  inside[last + 1] = 0;
  for (let i = last; i >= 0; i -= 1) {
    const gap = gaps[i];
    const goal = i === last ? 1 << width : at(opens, i + 1);
    let alive = at(inside, i) & at(inside, i + 1);
    if (gap && goal !== 0) {
      for (let left = at(inside, i); left !== 0; left &= left - 1) {
        const to = next(i, gap, lowest(left));
        if (to >= 0 && has(goal, to)) alive |= left & -left;
      }
    }
    opens[i] = at(opens, i) & at(inside, i + 1);
    inside[i] = alive;
  }
  if (at(opens, 0) === 0) return null;

  const values: WireValue[] = [...tail];
  let from = 0;
  for (let i = 0; i <= last; i += 1) {
    const open = at(inside, i);
    if (open === 0) {
      from = (quotes[i] ?? 0) + 1;
      continue;
    }
    const column = lowest(open);
    const gap = gaps[i];
    const to = gap ? next(i, gap, column) : -1;
    const closes = to >= 0 && has(i === last ? 1 << width : at(opens, i + 1), to);
    // Ways that part here are met together at the next quote.
    if (open !== 1 << column || at(opens, i) !== 0) return "ambiguous";
    if (closes) values.push(unescapeText(text.slice(from, quotes[i])), ...(gap?.head ?? []));
  }
  return values;
}

const at = (masks: Int32Array, i: number): number => masks[i] ?? 0;
const has = (mask: number, column: number): boolean => (mask & (1 << column)) !== 0;

/** The lowest column of a set. */
const lowest = (mask: number): number => 31 - Math.clz32(mask & -mask);

function fits(values: readonly WireValue[], from: number, kinds: readonly number[]): boolean {
  for (let i = 0; i < values.length; i += 1) {
    if (!admits(kinds[from + i], kindOf(values[i] as WireValue))) return false;
  }
  return true;
}

const admits = (kind: number = KIND.any, wanted: number): boolean => (kind & wanted) !== 0;

function kindOf(value: WireValue): number {
  if (value === UNREADABLE || typeof value === "boolean") return KIND.any;
  if (value === null) return KIND.nothing;
  return value instanceof WireDate ? KIND.date : KIND.number;
}
