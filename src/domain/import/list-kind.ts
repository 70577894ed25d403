import type { ImportDirectory } from "./lookup.ts";
import type { RowReader } from "./row-reader.ts";
import type { ImportKind } from "./settings.ts";

/** A row of an imported list as the store keeps it, without the school. */
export type ListRecord = Readonly<Record<string, string | number | boolean | null>>;

/** What a file speaks of; what the list holds beside it stays as it is. */
export interface Coverage {
  /** «классы 5 А, 5 Б» */
  readonly said: string;
  holds(record: ListRecord): boolean;
}

/** One kind of list: its columns, how a row is read, and what makes two rows the same. Pure. */
export interface ListKind {
  readonly id: ImportKind;
  /** «учебный план» */
  readonly title: string;
  readonly columns: Readonly<Record<string, { readonly title: string; readonly required: boolean }>>;
  /** The fields that make a record the same one. */
  readonly key: readonly string[];
  /** One row may be several records, «все классы» for one. */
  read(row: RowReader, directory: ImportDirectory): readonly ListRecord[];
  covers(records: readonly ListRecord[], directory: ImportDirectory): Coverage;
  /** A record as a line of the preview. Pupils are named by number. */
  say(record: ListRecord, names: Names): string;
}

/** Names of what a record holds ids of. */
export interface Names {
  class(externalId: unknown): string;
  subject(externalId: unknown): string;
  /** The class of a pupil. */
  classOf(pupilExternalId: unknown): string;
}

export const required = (title: string) => ({ title, required: true });
export const optional = (title: string) => ({ title, required: false });
