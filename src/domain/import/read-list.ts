import { SverkaError } from "../error.ts";
import { begins, textOf } from "./cells.ts";
import { findHeader, type Header, isHeader, titleKey, type Wanted } from "./header.ts";
import type { ListKind, ListRecord } from "./list-kind.ts";
import { createLookup, type ImportDirectory } from "./lookup.ts";
import { unpivoted } from "./matrix.ts";
import { createRowReader } from "./row-reader.ts";
import type { ImportSettings } from "./settings.ts";
import type { Table, TableRow } from "./table.ts";

/** Something about one row of the file, by its number. */
export interface RowNote {
  readonly row: number;
  readonly reason: string;
}

/** What a table says, row by row. One refused row refuses the file; a row left out does not. */
export interface ListReading {
  /** The header's row number. */
  readonly header: number;
  readonly unused: readonly string[];
  readonly records: readonly { readonly row: number; readonly record: ListRecord }[];
  /** Harmless: totals, signatures, headings, repeated headers, doubles, pupils who have left. */
  readonly leftOut: readonly RowNote[];
  readonly refused: readonly RowNote[];
  /** Taken, with a remark. */
  readonly notes: readonly RowNote[];
}

export interface ReadOrder {
  readonly kind: ListKind;
  readonly directory: ImportDirectory;
  readonly settings: ImportSettings;
  /** Values for columns that the table need not have, by our names: class, subject, group. */
  readonly given?: Readonly<Record<string, string>>;
}

/** Reads a table as a list of this kind. Pure. Throws `import-header` and `import-empty` (input). */
export function readList(table: Table, order: ReadOrder): ListReading {
  const { kind, directory, settings, given = {} } = order;
  const lookup = createLookup(directory, settings);
  const { rows } = kind.id === "curriculum" ? (unpivoted(table, settings, lookup) ?? table) : table;
  const header = headerOf(rows, order);
  const body = rows.filter(({ number }) => number > header.row);
  const records = new Map<string, { row: number; record: ListRecord }>();
  const [leftOut, refused, notes]: RowNote[][] = [[], [], []];
  const titles = rows.find(({ number }) => number === header.row);
  for (const row of body) {
    const cell = (column: string) => {
      const place = header.columns.get(column);
      return place === undefined ? (given[column] ?? null) : (row.cells[place] ?? null);
    };
    const aside = besideTheList(row, header, titles, settings);
    if (aside !== null) {
      if (aside !== "") leftOut?.push({ row: row.number, reason: aside });
      continue;
    }
    if (isHeader(row, wantedOf(order))) {
      refused?.push({ row: row.number, reason: "второй заголовок с другим порядком столбцов" });
      continue;
    }
    const reader = createRowReader({
      cell,
      title: (column) => kind.columns[column]?.title ?? column,
      lookup,
      settings,
    });
    const read = kind.read(reader, directory);
    if (reader.refusals.length > 0) refused?.push({ row: row.number, reason: reader.refusals.join("; ") });
    else if (reader.leftOut !== null) leftOut?.push({ row: row.number, reason: reader.leftOut });
    else {
      for (const reason of reader.notes) notes?.push({ row: row.number, reason });
      for (const record of read) {
        const key = keyOf(kind, record);
        const before = records.get(key);
        if (before === undefined) records.set(key, { row: row.number, record });
        else if (sameRecord(before.record, record))
          leftOut?.push({ row: row.number, reason: `повторяет строку ${before.row}` });
        else refused?.push({ row: row.number, reason: `противоречит строке ${before.row}: о том же сказано другое` });
      }
    }
  }
  if (records.size === 0 && refused?.length === 0) {
    throw new SverkaError(
      "input",
      "import-empty",
      `Под заголовком (строка ${header.row}) нет ни одной строки списка: проверьте, тот ли это лист и файл.`,
    );
  }
  return {
    header: header.row,
    unused: header.unused,
    records: [...records.values()],
    leftOut: leftOut ?? [],
    refused: refused ?? [],
    notes: notes ?? [],
  };
}

/** The fields that make a record the same one, as one text. */
export function keyOf(kind: ListKind, record: ListRecord): string {
  return JSON.stringify(kind.key.map((field) => record[field] ?? null));
}

export function sameRecord(one: ListRecord, other: ListRecord): boolean {
  return Object.keys({ ...one, ...other }).every((field) => (one[field] ?? null) === (other[field] ?? null));
}

/** A list of pupils may name them by number alone. */
function headerOf(rows: readonly TableRow[], order: ReadOrder): Header {
  const wanted = wantedOf(order);
  try {
    return findHeader(rows, wanted);
  } catch (error) {
    if (!wanted.some(({ name }) => name === "pupilNumber")) throw error;
    const need: Readonly<Record<string, boolean>> = { pupil: false, pupilNumber: true };
    try {
      return findHeader(
        rows,
        wanted.map((column) => ({ ...column, required: need[column.name] ?? column.required })),
      );
    } catch {
      throw error;
    }
  }
}

function wantedOf({ kind, settings, given = {} }: ReadOrder): Wanted[] {
  return Object.entries(kind.columns).map(([name, { title, required }]) => ({
    name,
    title,
    required: required && given[name] === undefined,
    titles: settings.columns[kind.id][name] ?? [title],
  }));
}

/** Why a row is none of the list, «» for a blank one; null when it is one. */
function besideTheList(
  row: TableRow,
  header: Header,
  titles: TableRow | undefined,
  { leaveOut }: ImportSettings,
): string | null {
  const own = [...header.columns.values()].map((place) => textOf(row.cells[place] ?? null));
  const all = row.cells.map(textOf).filter((text) => text !== "");
  if (begins(all[0] ?? "", leaveOut)) return "итог, подпись или примечание";
  if (own.every((text) => text === "")) return "";
  if (header.columns.size > 1 && new Set(all).size === 1) return "строка-раздел";
  const above = [...header.columns.values()].map((place) => textOf(titles?.cells[place] ?? null));
  return own.every((text, index) => titleKey(text) === titleKey(above[index] ?? "")) ? "повтор заголовка" : null;
}
