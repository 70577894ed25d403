import { SverkaError } from "../error.ts";
import { folded, withoutLatinLookalikes } from "../fold.ts";
import { textOf } from "./cells.ts";
import type { TableRow } from "./table.ts";

/** Where the columns of a list stand in a table. */
export interface Header {
  /** The row's number; the lower of two when the header has two rows. */
  readonly row: number;
  /** Our column's name → its place, from 0. */
  readonly columns: ReadonlyMap<string, number>;
  /** Titles of columns that are not read. */
  readonly unused: readonly string[];
}

export interface Wanted {
  readonly name: string;
  /** As a sentence calls it. */
  readonly title: string;
  readonly required: boolean;
  /** The titles by which it is found. */
  readonly titles: readonly string[];
}

interface Titles {
  readonly row: number;
  readonly texts: readonly string[];
}

const LOOK_IN_ROWS = 40;

/**
 * The header row, found by itself: the first row with all required columns, alone or together with the row below it (merged titles). Throws
 * `import-header` (input): no header, a column that is missing, a title that stands twice.
 */
export function findHeader(rows: readonly TableRow[], wanted: readonly Wanted[]): Header {
  const required = wanted.filter((column) => column.required);
  let best: { row: number; places: Places; found: number } | null = null;
  for (const [index, row] of rows.slice(0, LOOK_IN_ROWS).entries()) {
    let twice: SverkaError | null = null;
    for (const titles of candidates(row, rows[index + 1])) {
      const places = placesIn(titles.texts, wanted);
      const found = required.filter(({ name }) => places.has(name)).length;
      if (found > (best?.found ?? 0)) best = { row: titles.row, places, found };
      if (found < required.length || found === 0) continue;
      const doubled = wanted.find(({ name }) => (places.get(name)?.length ?? 0) > 1);
      if (doubled === undefined) return headerOf(titles, places);
      twice ??= refused(
        `Столбец «${doubled.title}» в строке ${row.number} назван дважды (${places.get(doubled.name)?.map(letterOf).join(" и ")}): оставьте один или переименуйте лишний.`,
      );
    }
    if (twice !== null) throw twice;
  }
  if (best === null || best.found < Math.min(2, required.length)) throw refused(noHeader(required));
  throw refused(lacking(best.row, best.places, required));
}

/** The key by which titles are compared: case, signs and keyboards do not count. */
export function titleKey(title: string): string {
  return withoutLatinLookalikes(folded(title));
}

type Places = ReadonlyMap<string, readonly number[]>;

/** The row alone, and read downwards with the one below it: «Часы» over «в неделю» is «Часы в неделю». */
function candidates(row: TableRow, below: TableRow | undefined): Titles[] {
  const upper = row.cells.map(textOf);
  const alone = { row: row.number, texts: upper };
  if (below === undefined) return [alone];
  const lower = below.cells.map(textOf);
  const texts = Array.from({ length: Math.max(upper.length, lower.length) }, (_, place) =>
    [...new Set([upper[place] ?? "", lower[place] ?? ""])].join(" ").trim(),
  );
  return [alone, { row: below.number, texts }];
}

function placesIn(texts: readonly string[], wanted: readonly Wanted[]): Places {
  const places = new Map<string, number[]>();
  for (const [place, title] of texts.entries()) {
    // What stands in brackets may count or not: «Часы (в неделю)».
    const keys = [title, title.replace(/\([^)]*\)/g, "")].map(titleKey).filter((key) => key !== "");
    const column = wanted.find(({ titles }) => titles.some((known) => keys.includes(titleKey(known))));
    if (column !== undefined) places.set(column.name, [...(places.get(column.name) ?? []), place]);
  }
  return places;
}

function headerOf({ row, texts }: Titles, places: Places): Header {
  const columns = new Map([...places].map(([name, [first = 0]]) => [name, first]));
  const used = new Set(columns.values());
  return { row, columns, unused: texts.filter((title, place) => title !== "" && !used.has(place)) };
}

function noHeader(required: readonly Wanted[]): string {
  const titles = required.map(({ title }) => `«${title}»`).join(", ");
  return `Строка заголовка не найдена: нужны столбцы ${titles}. Если у вас они называются иначе, впишите названия в import.yaml; если вместо букв значки, сохраните файл в кодировке UTF-8.`;
}

function lacking(row: number, places: Places, required: readonly Wanted[]): string {
  const missing = required.filter(({ name }) => !places.has(name)).map(({ title }) => `«${title}»`);
  const [what, its] = missing.length === 1 ? ["столбца", "его название"] : ["столбцов", "их названия"];
  return `В заголовке (строка ${row}) нет ${what} ${missing.join(", ")}: добавьте или впишите ${its} в import.yaml.`;
}

function refused(sentence: string): SverkaError {
  return new SverkaError("input", "import-header", sentence);
}

/** 0 → A, 26 → AA, as spreadsheets call their columns. */
function letterOf(place: number): string {
  const first = Math.floor(place / 26);
  return `${first > 0 ? letterOf(first - 1) : ""}${String.fromCharCode(65 + (place % 26))}`;
}

/** Whether a row is a header by itself, wherever its columns stand. */
export function isHeader(row: TableRow, wanted: readonly Wanted[]): boolean {
  const places = placesIn(row.cells.map(textOf), wanted);
  const required = wanted.filter((column) => column.required);
  return required.length > 1 && required.every(({ name }) => places.has(name));
}
