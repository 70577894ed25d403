import type { Table } from "../domain/import/table.ts";

/** Reads the tables that people keep: XLSX and delimited text. What cannot be read throws a `SverkaError` `table-…` of kind `input`. */
export interface Tables {
  /** A file of this machine by its path, or one that came over the net. */
  read(source: string | TableFile, options: { readonly sheet: string | null }): Promise<ReadTable>;
}

export interface TableFile {
  /** Without a folder. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface ReadTable extends Table {
  /** The file's name without its folder. */
  readonly fileName: string;
  /** SHA-256 of the file. */
  readonly digest: string;
}
