import { CsvError, parse } from "csv-parse/sync";
import type { Table } from "../../src/domain/import/table.ts";
import { decode } from "./decode.ts";
import { LIMITS } from "./limits.ts";
import { refusal } from "./refusal.ts";

const DELIMITERS = [";", "\t", ","] as const;

/** A delimited text: `;`, tab or comma, whichever makes the widest table. Throws `table-…`. */
export function readText(bytes: Buffer, fileName: string): Table {
  const text = decode(bytes, fileName);
  // Excel writes the delimiter into the first line when it is asked to.
  const told = /^sep=(.)\r?\n/.exec(text)?.[1];
  const body = told === undefined ? text : text.slice(text.indexOf("\n"));
  const delimiter = told ?? delimiterOf(body);
  const records = parsed(body, delimiter, fileName);
  if (records.length > LIMITS.rows) {
    throw refusal("table-too-big", fileName, `длиннее ${LIMITS.rows.toLocaleString("ru-RU")} строк: разделите его.`);
  }
  const rows = records.flatMap(({ record, line }) =>
    record.some((cell) => cell.trim() !== "") ? [{ number: line, cells: record.slice(0, LIMITS.columns) }] : [],
  );
  return { sheet: null, rows };
}

/** By the lines at the beginning: the one that splits most of them most often, `;` before tab before comma. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r?\n/).slice(0, 50);
  const score = (delimiter: string) => lines.filter((line) => line.includes(delimiter)).length;
  return DELIMITERS.reduce((best, one) => (score(one) > score(best) ? one : best));
}

/** Rows with the number of the line on which each begins: a quoted cell may have several lines. */
function parsed(text: string, delimiter: string, fileName: string): { record: string[]; line: number }[] {
  let next = 1;
  try {
    const rows = parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => {
      const line = next;
      next = info.lines + 1;
      return { record, line };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as unknown as { lines?: number }).lines ?? 1;
    throw refusal(
      "table-broken",
      fileName,
      `испорчен около строки ${line}: кавычка не закрыта или стоит посреди текста. Кавычки внутри ячейки пишутся дважды.`,
      error,
    );
  }
}
