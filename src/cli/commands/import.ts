import { resolve } from "node:path";
import type { Command } from "commander";
import { fileTables } from "../../../adapters/tables/read-table.ts";
import { SverkaError } from "../../domain/error.ts";
import { LIST_KINDS } from "../../domain/import/kinds/index.ts";
import { IMPORT_KINDS, type ImportKind } from "../../domain/import/settings.ts";
import { nearest } from "../../domain/nearest.ts";
import { isoWithOffset } from "../../domain/time.ts";
import { importList } from "../../import/import-list.ts";
import { undoImport } from "../../import/undo-import.ts";
import { EXIT } from "../exit-code.ts";
import { importText } from "../import-text.ts";
import { printJson, type Tools } from "../tools.ts";

interface ImportOptions {
  dryRun?: boolean;
  json?: boolean;
  sheet?: string;
  whole?: boolean;
  class?: string;
  subject?: string;
  group?: string;
}

const KINDS_HELP = IMPORT_KINDS.map((kind) => `  ${kind.padEnd(14)} ${LIST_KINDS[kind].title}`).join("\n");

export function addImport(program: Command, tools: Tools): void {
  program
    .command("import")
    .description("загрузить список школы из XLSX или CSV; «sverka import undo <вид>» отменяет последнюю загрузку")
    .argument("<вид>", "какой список (см. ниже) или undo")
    .argument("<файл>", "таблица XLSX или CSV")
    .option("--dry-run", "только показать, что изменится")
    .option("--sheet <лист>", "название листа; без него – первый видимый")
    .option("--whole", "файл – весь список: убрать и то, о чём он не говорит")
    .option("--class <класс>", "класс всех строк, если такого столбца нет")
    .option("--subject <предмет>", "предмет всех строк, если такого столбца нет")
    .option("--group <группа>", "группа всех строк, если такого столбца нет")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      `\nВиды списков:\n${KINDS_HELP}\n\nНазвания столбцов и сокращения предметов – в config/import.yaml. Файл принимается целиком или не принимается совсем: одна непонятая строка отвергает его. Безобидны и только перечисляются: итоги, подписи, заголовки разделов, повторы и выбывшие ученики.`,
    )
    .action(async (kind: string, file: string, options: ImportOptions) => {
      if (kind === "undo") return undone(tools, knownKind(file), options);
      return imported(tools, knownKind(kind), file, options);
    });
}

async function imported(tools: Tools, kind: ImportKind, file: string, options: ImportOptions): Promise<void> {
  const given = Object.fromEntries(
    (["class", "subject", "group"] as const).flatMap((column) =>
      options[column] === undefined ? [] : [[column, options[column]]],
    ),
  );
  const open = options.dryRun ? tools.lookAround : tools.withHouse;
  await open(async ({ store, clock, settings, school }) => {
    const result = await importList({ store, tables: fileTables, clock, settings: settings.imports }, school.id, {
      kind,
      source: resolve(file),
      sheet: options.sheet ?? null,
      dryRun: options.dryRun ?? false,
      whole: options.whole ?? false,
      given,
    });
    if (options.json) printJson(tools.stdout, { ...result, dryRun: options.dryRun ?? false });
    else tools.stdout.write(importText(result, options.dryRun ?? false));
    if (result.refused.length > 0) tools.end(EXIT.misuse);
  });
}

async function undone(tools: Tools, kind: ImportKind, { json }: ImportOptions): Promise<void> {
  await tools.withHouse(async ({ store, clock, school }) => {
    const { at, ...record } = await undoImport({ store, clock }, school.id, kind);
    const when = isoWithOffset(at, school.zone);
    if (json) printJson(tools.stdout, { kind, undone: { ...record, at: when } });
    else
      tools.stdout.write(
        `Отменена загрузка «${record.fileName}» от ${when}: ${LIST_KINDS[kind].title} – как до неё (добавлялось ${record.added}, менялось ${record.changed}, убиралось ${record.removed}).\n`,
      );
  });
}

function knownKind(text: string): ImportKind {
  const kind = IMPORT_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  const meant = nearest(text, IMPORT_KINDS);
  const hint = meant === null ? `есть: ${IMPORT_KINDS.join(", ")}` : `возможно, вы имели в виду «${meant}»`;
  throw new SverkaError("input", "import-kind", `Вид списка «${text}» неизвестен: ${hint}.`);
}
