import type { ImportResult } from "../import/import-list.ts";

const MOST = 30;

/** The preview of an import, or what it did, for a person. */
export function importText(result: ImportResult, dryRun: boolean): string {
  const { leftOut, refused, notes, unusedColumns } = result;
  const place = result.sheet === null ? "" : `, лист «${result.sheet}»`;
  const lines = [
    `${result.title}: ${result.fileName}${place}, заголовок – строка ${result.header}. Речь о: ${result.covers}; остальное не тронуто.`,
  ];
  if (unusedColumns.length > 0) lines.push(`Столбцы, которые не читаются: ${unusedColumns.join(", ")}.`);
  lines.push(
    ...block("Не приняты", refused, ({ row, reason }) => `строка ${row}: ${reason}`),
    ...(refused.length > 0 ? [] : changes(result)),
    ...block("Оставлены в стороне", leftOut, ({ row, reason }) => `строка ${row}: ${reason}`),
    ...block("Приняты с замечанием", notes, ({ row, reason }) => `строка ${row}: ${reason}`),
    ending(result, dryRun),
  );
  return `${lines.join("\n")}\n`;
}

function changes({ added, changed, removed, same }: ImportResult): string[] {
  return [
    ...block("Добавляются", added, ({ row, text }) => `строка ${row}: ${text}`),
    ...block("Меняются", changed, ({ row, text, before }) => `строка ${row}: ${text} (было: ${before})`),
    ...block("Убираются", removed, ({ text }) => text),
    `Без изменений: ${same}.`,
  ];
}

function ending({ kind, refused, written, added, changed, removed }: ImportResult, dryRun: boolean): string {
  if (refused.length > 0) {
    return `Файл не принят: непонятых строк ${refused.length}. Ничего не записано; исправьте их и загрузите файл снова.`;
  }
  if (dryRun) return "Это только показ: ничего не записано. Без --dry-run список будет загружен.";
  if (!written) return "Список уже такой: записывать нечего.";
  return `Записано: добавлено ${added.length}, изменено ${changed.length}, убрано ${removed.length}. Отменить: «sverka import undo ${kind}».`;
}

function block<Item>(title: string, items: readonly Item[], say: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  const rest = items.length - MOST;
  return [
    `${title} (${items.length}):`,
    ...items.slice(0, MOST).map((item) => `  ${say(item)}`),
    ...(rest > 0 ? [`  … и ещё ${rest}: --json покажет все.`] : []),
  ];
}
