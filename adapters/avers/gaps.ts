import { literalAt, skipSpace, type WireValue } from "./tokens.ts";

/** What stands between a quote that ends a text and the next quote. */
export interface Gap {
  /** Values up to the end of the row, or to the next text of the same row. */
  readonly head: readonly WireValue[];
  /** Rows without texts that follow the row's end, and the beginning of the row after them; null when the row goes on. */
  readonly rows: readonly WireValue[][] | null;
  readonly tail: readonly WireValue[];
  /** The whole answer ends here. */
  readonly ends: boolean;
}

/** What stands before the first quote. */
export type Opening = { readonly rows: readonly WireValue[][]; readonly tail: readonly WireValue[] };

/** Quotes that no backslash stands before. */
export function quotesIn(text: string): number[] {
  const quotes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) quotes.push(at);
  }
  return quotes;
}

/** What stands before the first quote: the beginning of the list, rows without texts, the beginning of a row. */
export function openingOf(text: string, to: number): Opening | null {
  let at = skipSpace(text, 0);
  if (text[at] !== "[") return null;
  at = skipSpace(text, at + 1);
  if (text[at] !== "[") return null;
  const rest = rowsFrom(text, at, to);
  return rest === null || rest.ends ? null : { rows: rest.rows, tail: rest.tail };
}

export function gapAt(text: string, from: number, to: number, quoteFollows: boolean): Gap | null {
  const head: WireValue[] = [];
  let at = skipSpace(text, from);
  for (;;) {
    if (text[at] === ",") {
      at = skipSpace(text, at + 1);
      if (at === to) return quoteFollows ? { head, rows: null, tail: [], ends: false } : null;
      if (text[at] === "]") continue;
      const literal = literalAt(text, at);
      if (literal === null) return null;
      head.push(literal.value);
      at = skipSpace(text, literal.end);
    } else if (text[at] === "]") {
      at = skipSpace(text, at + 1);
      if (text[at] === ",") at = skipSpace(text, at + 1);
      else if (text[at] !== "]") return null;
      const rest = rowsFrom(text, at, to);
      return rest === null || rest.ends === quoteFollows ? null : { head, ...rest };
    } else return null;
  }
}

/** Rows without texts, up to the quote in the middle of one, or to the end of the answer. */
function rowsFrom(
  text: string,
  from: number,
  to: number,
): { rows: WireValue[][]; tail: WireValue[]; ends: boolean } | null {
  const rows: WireValue[][] = [];
  let at = from;
  for (;;) {
    if (text[at] === "]") {
      at = skipSpace(text, at + 1);
      while (text[at] === ";") at = skipSpace(text, at + 1);
      return at === text.length ? { rows, tail: [], ends: true } : null;
    }
    if (text[at] !== "[") return null;
    const row: WireValue[] = [];
    at = skipSpace(text, at + 1);
    while (text[at] !== "]") {
      if (at === to) return { rows, tail: row, ends: false };
      const literal = literalAt(text, at);
      if (literal === null) return null;
      row.push(literal.value);
      at = skipSpace(text, literal.end);
      if (text[at] === ",") at = skipSpace(text, at + 1);
      else if (text[at] !== "]") return null;
    }
    rows.push(row);
    at = skipSpace(text, at + 1);
    if (text[at] === ",") at = skipSpace(text, at + 1);
    else if (text[at] !== "]") return null;
  }
}
