import { folded } from "../../../src/domain/fold.ts";
import type { Table } from "../../../src/domain/import/table.ts";
import { LIMITS } from "../limits.ts";
import { refusal } from "../refusal.ts";
import { openPackage, type Package } from "../zip.ts";
import { readDateStyles, readSharedStrings, readSheets, type SheetEntry } from "./parts.ts";
import { readSheet } from "./sheet.ts";

/** One sheet of an XLSX: the named one, else the first visible. Throws `table-…`. */
export async function readWorkbook(bytes: Buffer, fileName: string, sheet: string | null): Promise<Table> {
  const source = await openPackage(bytes, fileName);
  try {
    return await sheetOf(source, fileName, sheet);
  } catch (error) {
    if (error instanceof Error && error.name === "SverkaError") throw error;
    throw refusal("table-broken", fileName, "испорчен или не дописан: откройте его в Excel и сохраните заново.", error);
  }
}

async function sheetOf(source: Package, fileName: string, wanted: string | null): Promise<Table> {
  const [workbook, relations] = [source.part("xl/workbook.xml"), source.part("xl/_rels/workbook.xml.rels")];
  if (workbook === null || relations === null) throw refusal("table-kind", fileName, otherKind(source));
  const { sheets, from1904 } = await readSheets(workbook, relations);
  const sheet = chosen(sheets, wanted, fileName);
  const part = source.part(sheet.part);
  if (part === null) throw new Error(`no part ${sheet.part}`);
  const [strings, styles] = [source.part("xl/sharedStrings.xml"), source.part("xl/styles.xml")];
  const rows = await readSheet(part, {
    strings: strings === null ? [] : await readSharedStrings(strings),
    dateStyles: styles === null ? [] : await readDateStyles(styles),
    from1904,
  });
  if (rows === null)
    throw refusal("table-too-big", fileName, `длиннее ${LIMITS.rows.toLocaleString("ru-RU")} строк: разделите его.`);
  return { sheet: sheet.name, rows };
}

function chosen(sheets: readonly SheetEntry[], wanted: string | null, fileName: string): SheetEntry {
  const names = sheets.map(({ name }) => `«${name}»`).join(", ");
  const found =
    wanted === null
      ? (sheets.find(({ visible }) => visible) ?? sheets[0])
      : sheets.find(({ name }) => folded(name) === folded(wanted));
  if (found !== undefined) return found;
  throw wanted === null
    ? refusal("table-empty", fileName, "пуст: в нём нет ни одного листа.")
    : refusal("table-sheet", fileName, `не содержит листа «${wanted}»: в нём есть ${names}.`);
}

function otherKind({ names }: Package): string {
  const save = "откройте его и сохраните как «Книга Excel (.xlsx)»";
  if (names.includes("xl/workbook.bin")) return `– двоичная книга Excel (.xlsb): ${save}.`;
  if (names.includes("content.xml")) return `– документ OpenDocument (.ods): ${save}.`;
  if (names.some((name) => name.startsWith("word/"))) return "– документ Word: перенесите таблицу в Excel.";
  return "– архив ZIP, а не таблица: распакуйте его и назовите файл XLSX или CSV.";
}
