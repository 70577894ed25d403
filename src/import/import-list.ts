import { createHash } from "node:crypto";
import { SverkaError } from "../domain/error.ts";
import { type ListDiff, listDiff } from "../domain/import/diff.ts";
import { LIST_KINDS } from "../domain/import/kinds/index.ts";
import type { ListKind, ListRecord, Names } from "../domain/import/list-kind.ts";
import type { ImportDirectory } from "../domain/import/lookup.ts";
import { keyOf, type RowNote, readList } from "../domain/import/read-list.ts";
import type { ImportKind, ImportSettings } from "../domain/import/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { TableFile, Tables } from "../ports/tables.ts";
import type { Store } from "../store/connect.ts";
import { importDirectory } from "../store/import-directory.ts";
import { lastImport, loadList, lockList, noteImport, rewriteList } from "../store/imports.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";

export interface ImportNeeds {
  readonly store: Store;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly settings: ImportSettings;
  /** What stands or falls with the import, as its line in the audit. */
  readonly also?: (client: Transaction, result: ImportResult) => Promise<void>;
}

export interface ImportOrder {
  readonly kind: ImportKind;
  readonly source: string | TableFile;
  readonly sheet: string | null;
  /** Only look: nothing is written. */
  readonly dryRun: boolean;
  /** The file is the whole list: what it does not mention is removed, whatever it speaks of. */
  readonly whole: boolean;
  /** For every row, where the table has no such column: class, subject, group. */
  readonly given: Readonly<Record<string, string>>;
  /** Of the preview that a person has seen (`sealOf`): what would do anything else is not written. */
  readonly seal?: string;
}

/** The preview, and what was done. Rows are numbered as in the file. */
export interface ImportResult {
  readonly kind: ImportKind;
  readonly title: string;
  readonly fileName: string;
  readonly sheet: string | null;
  readonly header: number;
  readonly unusedColumns: readonly string[];
  /** What the file speaks of: the rest of the list was left as it is. */
  readonly covers: string;
  readonly added: readonly RowText[];
  readonly changed: readonly (RowText & { readonly before: string })[];
  readonly removed: readonly { readonly text: string }[];
  readonly same: number;
  readonly leftOut: readonly RowNote[];
  /** Not empty: nothing was written. */
  readonly refused: readonly RowNote[];
  readonly notes: readonly RowNote[];
  readonly written: boolean;
}

interface RowText {
  readonly row: number;
  readonly text: string;
}

/**
 * Imports one list, all or nothing, and writes only differences; reading, comparing and writing see the same state. Refused rows are in the answer.
 * Throws `table-…`, `import-header`, `import-empty`, `import-no-journal`, `import-moved` (input).
 */
export async function importList(needs: ImportNeeds, schoolId: number, order: ImportOrder): Promise<ImportResult> {
  const kind = LIST_KINDS[order.kind];
  const table = await needs.tables.read(order.source, { sheet: order.sheet });
  return inTransaction(needs.store, async (client) => {
    await lockList(client, schoolId, order.kind);
    const directory = await importDirectory(client, schoolId);
    if (directory.classes.length === 0) {
      throw new SverkaError(
        "input",
        "import-no-journal",
        "Классы и ученики ещё неизвестны, и строки не с чем сопоставить: сначала выполните «sverka sync».",
      );
    }
    const reading = readList(table, { kind, directory, settings: needs.settings, given: order.given });
    const told = reading.records.map(({ record }) => record);
    const covered = kind.covers(told, directory);
    const standing = (await loadList(client, schoolId, order.kind)).filter(
      (record) => order.whole || covered.holds(record),
    );
    const diff = listDiff(kind, standing, told);
    const last = await lastImport(client, schoolId, order.kind);
    const changes = diff.added.length + diff.changed.length + diff.removed.length;
    const written = !order.dryRun && reading.refused.length === 0 && (changes > 0 || last === null);
    const result: ImportResult = {
      kind: order.kind,
      title: kind.title,
      fileName: table.fileName,
      sheet: table.sheet,
      header: reading.header,
      unusedColumns: reading.unused,
      covers: order.whole ? "весь список" : covered.said,
      ...preview(kind, diff, reading.records, namesOf(directory)),
      leftOut: reading.leftOut,
      refused: reading.refused,
      notes: reading.notes,
      written,
      // What a refused row would have kept is not known.
      ...(reading.refused.length > 0 ? { removed: [] } : {}),
    };
    if (order.seal !== undefined && order.seal !== sealOf(result)) {
      throw new SverkaError(
        "input",
        "import-moved",
        "Пока вы смотрели, список или журнал изменились, и загрузка сделала бы не то, что показано. Ничего не записано: посмотрите файл ещё раз.",
      );
    }
    if (!written) return result;
    const { before, after } = {
      before: diff.changed.map((one) => one.before),
      after: diff.changed.map((one) => one.after),
    };
    await rewriteList(client, schoolId, order.kind, {
      drop: [...diff.removed, ...before],
      put: [...diff.added, ...after],
    });
    await noteImport(client, schoolId, order.kind, {
      fileName: table.fileName,
      digest: table.digest,
      at: needs.clock.now(),
      added: diff.added.length,
      changed: diff.changed.length,
      removed: diff.removed.length,
      before: { drop: [...diff.added, ...after], put: [...diff.removed, ...before] },
    });
    await needs.also?.(client, result);
    return result;
  });
}

/** Two previews with the same seal would do the same. */
export function sealOf({ kind, covers, added, changed, removed, refused }: ImportResult): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, covers, added, changed, removed, refused]))
    .digest("hex");
}

function preview(
  kind: ListKind,
  diff: ListDiff,
  records: readonly { readonly row: number; readonly record: ListRecord }[],
  names: Names,
): Pick<ImportResult, "added" | "changed" | "removed" | "same"> {
  const rows = new Map(records.map(({ row, record }) => [keyOf(kind, record), row]));
  const said = (record: ListRecord) => ({ row: rows.get(keyOf(kind, record)) ?? 0, text: kind.say(record, names) });
  return {
    added: diff.added.map(said),
    changed: diff.changed.map(({ before, after }) => ({ ...said(after), before: kind.say(before, names) })),
    removed: diff.removed.map((record) => ({ text: kind.say(record, names) })),
    same: diff.same,
  };
}

/** What is no longer in the journal is called by its id. */
function namesOf({ classes, subjects, pupils }: ImportDirectory): Names {
  const [klass, subject] = [classes, subjects].map(
    (list) => new Map(list.map(({ externalId, name }) => [externalId, name])),
  );
  const places = new Map(pupils.map((pupil) => [pupil.externalId, pupil.classExternalId]));
  const className = (id: unknown) => klass?.get(String(id)) ?? String(id);
  return {
    class: className,
    subject: (id) => subject?.get(String(id)) ?? String(id),
    classOf: (id) => className(places.get(String(id)) ?? "–"),
  };
}
