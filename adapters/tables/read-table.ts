import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Table } from "../../src/domain/import/table.ts";
import type { TableFile, Tables } from "../../src/ports/tables.ts";
import { LIMITS } from "./limits.ts";
import { refusal } from "./refusal.ts";
import { readText } from "./text.ts";
import { readWorkbook } from "./xlsx/workbook.ts";

/** Tables in files of this machine. What a file is, its first bytes tell, whatever its name says. */
export const fileTables: Tables = {
  async read(source, { sheet }) {
    const { fileName, bytes } = typeof source === "string" ? await fileOf(source) : given(source);
    const table = await tableIn(bytes, fileName, sheet);
    if (table.rows.length === 0) throw refusal("table-empty", fileName, "пуст: в нём нет ни одной заполненной строки.");
    return { ...table, fileName, digest: createHash("sha256").update(bytes).digest("hex") };
  },
};

function given({ fileName, bytes }: TableFile): { fileName: string; bytes: Buffer } {
  refuseSize(bytes.byteLength, fileName);
  return { fileName, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

function refuseSize(size: number, fileName: string): void {
  if (size <= LIMITS.file) return;
  const megabytes = Math.ceil(size / 1024 / 1024);
  throw refusal(
    "table-too-big",
    fileName,
    `слишком велик (${megabytes} МБ, можно до 20 МБ) и не открыт: оставьте в нём один лист с нужными столбцами, без картинок.`,
  );
}

/** The size is asked before the file is opened. */
async function fileOf(path: string): Promise<{ fileName: string; bytes: Buffer }> {
  const fileName = basename(path);
  try {
    const about = await stat(path);
    if (about.isDirectory())
      throw refusal("table-unreadable", fileName, "– это папка: назовите файл XLSX или CSV в ней.");
    refuseSize(about.size, fileName);
    return { fileName, bytes: await readFile(path) };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code === "string" && code.startsWith("table-")) throw error;
    const sentence =
      code === "ENOENT"
        ? "не найден: проверьте путь и имя."
        : "не читается: проверьте права и закройте его в других программах.";
    throw refusal("table-unreadable", fileName, sentence, error);
  }
}

const SAVE_AS = "откройте его в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)»";

async function tableIn(bytes: Buffer, fileName: string, sheet: string | null): Promise<Table> {
  if (bytes.length === 0) throw refusal("table-empty", fileName, "пуст: в нём 0 байт.");
  if (startsWith(bytes, [0x50, 0x4b])) return readWorkbook(bytes, fileName, sheet);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    if (bytes.includes(Buffer.from("EncryptedPackage", "utf16le")))
      throw refusal("table-locked", fileName, "защищён паролем: откройте его, снимите пароль и сохраните.");
    throw refusal("table-kind", fileName, `– старая книга Excel (.xls): ${SAVE_AS}.`);
  }
  if (bytes.subarray(0, 1024).includes("%PDF-"))
    throw refusal("table-kind", fileName, "– это PDF, а нужна таблица XLSX или CSV.");
  const head = bytes.subarray(0, 512).toString("latin1").replace(/^ï»¿/, "").trimStart().toLowerCase();
  if (/^<(!doctype|html|table|\?xml|meta|head)/.test(head)) {
    throw refusal("table-kind", fileName, `– это страница HTML или XML, а не таблица: ${SAVE_AS}.`);
  }
  if (sheet !== null) throw refusal("table-sheet", fileName, "– текст, в нём нет листов: уберите --sheet.");
  return readText(bytes, fileName);
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
