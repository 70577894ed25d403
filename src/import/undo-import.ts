import { SverkaError } from "../domain/error.ts";
import { LIST_KINDS } from "../domain/import/kinds/index.ts";
import type { ImportKind } from "../domain/import/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import { type ImportRecord, lastImport, lockList, markUndone, rewriteList } from "../store/imports.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";

/** Takes the last import of this kind back, so that the list is as it was before it; asked again, the one before. Throws `import-none`, `import-moved` (input). */
export async function undoImport(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  schoolId: number,
  kind: ImportKind,
  {
    only,
    also,
  }: {
    /** The import that a person saw as the last one: another one stays. */
    readonly only?: number;
    readonly also?: (client: Transaction, record: ImportRecord) => Promise<void>;
  } = {},
): Promise<ImportRecord> {
  return inTransaction(store, async (client) => {
    await lockList(client, schoolId, kind);
    const last = await lastImport(client, schoolId, kind);
    if (last === null) {
      throw new SverkaError(
        "input",
        "import-none",
        `Отменять нечего: «${LIST_KINDS[kind].title}» не загружали, или все загрузки уже отменены.`,
      );
    }
    if (only !== undefined && last.id !== only) {
      throw new SverkaError(
        "input",
        "import-moved",
        "Последней теперь другая загрузка этого списка, или эту уже отменили. Ничего не отменено: откройте страницу заново.",
      );
    }
    const { before, ...record } = last;
    await rewriteList(client, schoolId, kind, before);
    await markUndone(client, record.id, clock.now());
    await also?.(client, record);
    return record;
  });
}
