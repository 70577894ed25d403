import type { Table } from "../domain/import/table.ts";

/** Reads the tables that people keep: XLSX and delimited text. What cannot be read throws a `SverkaError` `table-…` of kind `input`. */
export interface Tables {
  read(path: string, options: { readonly sheet: string | null }): Promise<ReadTable>;
}

export interface ReadTable extends Table {
  /** The file's name without its folder. */
  readonly fileName: string;
  /** SHA-256 of the file. */
  readonly digest: string;
}
