import { begins, textOf } from "./cells.ts";
import { titleKey } from "./header.ts";
import type { Lookup } from "./lookup.ts";
import type { ImportSettings } from "./settings.ts";
import type { Cell, Table, TableRow } from "./table.ts";

const LOOK_IN_ROWS = 40;
/** «5 А», «10-Б»: a class of this school or not. */
const CLASS_LIKE = /^\d{1,2}\s*[-–«"]?\s*\p{L}[»"]?$/u;

/**
 * The usual учебный план has a row a subject and a column a class: the same as rows of class, subject and hours. Null when the table is not of this
 * shape. An empty cell or a dash means that the class has no such subject.
 */
export function unpivoted(table: Table, settings: ImportSettings, lookup: Lookup): Table | null {
  const titles = settings.columns.curriculum;
  const isTitle = (text: string, column: string) => titles[column]?.some((title) => titleKey(title) === titleKey(text));
  for (const row of table.rows.slice(0, LOOK_IN_ROWS)) {
    const texts = row.cells.map(textOf);
    const subject = texts.findIndex((text) => isTitle(text, "subject"));
    const classes = [...texts.entries()].filter(
      ([, text]) => CLASS_LIKE.test(text) || (text !== "" && "value" in lookup.class(text)),
    );
    if (subject < 0 || classes.length === 0 || texts.some((text) => isTitle(text, "class"))) continue;
    const head = ["class", "subject", "hours"].map((column) => titles[column]?.[0] ?? column);
    const below = table.rows.filter(({ number }) => number > row.number);
    return {
      sheet: table.sheet,
      rows: [{ number: row.number, cells: head }, ...below.flatMap((line) => cellsOf(line))],
    };

    function cellsOf({ number, cells }: TableRow): TableRow[] {
      const name = cells[subject] ?? null;
      const first = cells.find((cell) => textOf(cell) !== "") ?? null;
      // A total or a heading stays one row, to be told as what it is.
      if (name === null || begins(textOf(first), settings.leaveOut)) return [{ number, cells: [first] }];
      const hours = classes.map(([place, klass]): [string, Cell] => [klass, cells[place] ?? null]);
      const taught = hours.filter(([, cell]) => !/^[-–—]?$/.test(textOf(cell)));
      if (taught.every(([, cell]) => textOf(cell) === textOf(name))) return [{ number, cells: [name] }];
      return taught.map(([klass, cell]) => ({ number, cells: [klass, name, cell] }));
    }
  }
  return null;
}
