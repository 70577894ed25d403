import type { Rows } from "../../src/ports/journal.ts";
import { answerError } from "./errors.ts";
import { type Literals, parseLiterals } from "./literals.ts";
import type { WireValue } from "./tokens.ts";
import { MAX_WIDTH, type TangledRow, tangledRows } from "./untangle.ts";

/** What the rows of one action look like. Positions are zero-based (avers-protocol.md § 4). */
export interface Shape<Row> {
  readonly action: string;
  /** The widths that known builds give; others are tolerated and reported. */
  readonly widths: readonly number[];
  /** What may stand in the columns that tell one reading of a text with bare quotes from another; see `KIND`. */
  readonly kinds: readonly number[];
  /** The row as the core knows it; null for a row that says nothing; the position of the column that was not understood. */
  read(row: readonly WireValue[]): Row | number | null;
}

/** Oddities by what is odd: `note` is given ids and positions only. */
export type Note = (code: string, sentence: string) => void;

/**
 * The rows of an answer, checked one by one: a row that is not understood, or that could be read in more than one way, is refused and
 * counted. Throws `journal-answer` when the answer as a whole is not understood.
 */
export function readRows<Row>(text: string, shape: Shape<Row>, note: Note): Rows<Row> {
  const { rows: raw, ambiguous } = rawRows(text, shape);
  const rows: Row[] = [];
  let refused = ambiguous;
  if (ambiguous > 0)
    note("row-ambiguous", "Строку с кавычками внутри текста можно прочитать по-разному: она не принята.");
  let [narrowest, widest] = [MAX_WIDTH + 1, 0];
  for (const row of raw) {
    if (row.length < narrowest) narrowest = row.length;
    if (row.length > widest) widest = row.length;
    const read = shape.read(row);
    if (read === null) continue;
    if (typeof read === "number") {
      refused += 1;
      note(`row-refused-${read}`, `Строка не принята: не понято место ${read}.`);
    } else rows.push(read);
  }
  if (raw.length > 0 && !(shape.widths.includes(narrowest) && shape.widths.includes(widest))) {
    const width = narrowest === widest ? `${widest}` : `${narrowest}–${widest}`;
    note("width", `Столбцов ${width} вместо ${shape.widths.join(" или ")}; лишние не читаются.`);
  }
  return { rows, refused };
}

interface RawRows {
  readonly rows: readonly (readonly WireValue[])[];
  readonly ambiguous: number;
}

type Columns = Pick<Shape<unknown>, "widths" | "kinds">;

function rawRows(text: string, columns: Columns): RawRows {
  let literals: Literals;
  try {
    literals = parseLiterals(text);
  } catch (error) {
    const rows = tangledRows(text);
    const read = rows === null ? null : untangled(rows, columns);
    if (read === null) throw error;
    return read;
  }
  const rows = rowsIn(literals.value);
  return literals.escapesQuotes ? { rows, ambiguous: 0 } : onlyReading(text, rows, literals.spans, columns);
}

/** How many columns an unknown build may have more or fewer, to be read in spite of bare quotes. */
const REACH = 4;

/**
 * The rows as wide as most of them can be read, by a width of a known build if there is one; null where no row can be read at all.
 * What is no row may be a part of one that a text has torn, and so may its neighbours be: they are refused with it.
 */
function untangled(tangled: readonly TangledRow[], { widths, kinds }: Columns): RawRows | null {
  const others = Array.from({ length: MAX_WIDTH }, (_, i) => i + 1).filter(
    (width) => !widths.includes(width) && widths.some((known) => Math.abs(known - width) <= REACH),
  );
  for (const candidates of [widths, others]) {
    const readings = candidates.map((width) => {
      const rows = tangled.map((row) => row.read(width, kinds));
      return { rows, fitting: rows.filter((row) => row !== null).length };
    });
    const most = Math.max(...readings.map(({ fitting }) => fitting));
    const best = readings.filter(({ fitting }) => fitting === most);
    if (most === 0) continue;
    if (best[0] === undefined || best.length > 1) return { rows: [], ambiguous: tangled.length };
    const { rows } = best[0];
    const torn = rows.map((row) => row === null);
    const kept = rows.filter((row, i) => row !== null && row !== "ambiguous" && !torn[i - 1] && !torn[i + 1]);
    return { rows: kept as WireValue[][], ambiguous: tangled.length - kept.length };
  }
  return null;
}

/** So many rows of one width are a build's habit, not an accident of quotes. */
const HABIT = 2;

/**
 * Rows that every quote divides cleanly, but whose width is unknown, may still be rows of a known width with bare quotes in a text
 * (`"Пьесы "Гроза","Лес" – чтение"`): where that is possible the row is refused. So is one that is too narrow among wider ones, with its
 * neighbours: a text that holds `"],["` tears its row.
 */
function onlyReading(
  text: string,
  rows: readonly (readonly WireValue[])[],
  spans: readonly number[],
  { widths, kinds }: Columns,
): RawRows {
  if (rows.every((row) => widths.includes(row.length)) || spans.length !== rows.length * 2)
    return { rows, ambiguous: 0 };
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const known = new Set([...widths, ...[...counts].filter(([, count]) => count >= HABIT).map(([width]) => width)]);
  const narrow = rows.map((row) => row.length < Math.min(...known));
  const torn = (i: number) => narrow[i] === true && counts.size > 1;
  const kept = rows.filter((row, i) => {
    if (torn(i - 1) || torn(i) || torn(i + 1)) return false;
    if (known.has(row.length)) return true;
    const others = tangledRows(`[${text.slice(spans[2 * i], spans[2 * i + 1])}]`) ?? [];
    return others.every((other) => [...known].every((width) => other.read(width, kinds) === null));
  });
  return { rows: kept, ambiguous: rows.length - kept.length };
}

/** Some actions answer one row bare, without the outer list; both are taken. */
function rowsIn(value: WireValue): readonly (readonly WireValue[])[] {
  if (!Array.isArray(value)) throw answerError("ожидался список строк");
  if (value.length === 0) return [];
  if (!Array.isArray(value[0])) return [value];
  return value.map((row): readonly WireValue[] => (Array.isArray(row) ? row : [row])).filter((row) => row.length > 0);
}
