import { workbook, workbookParts } from "../support/workbook.ts";
import { zipped } from "../support/zip.ts";

// What comes when people send «the table»: small files, made here byte by byte.

/** An OLE container, as old .xls and password-protected books are, with the name of one stream in its directory. */
function container(stream: string): Buffer {
  return Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(504), Buffer.from(stream, "utf16le")]);
}

const sheet = {
  name: "Лист1",
  rows: [
    ["Класс", "Предмет", "Часы"],
    ["5 А", "Математика", 5],
  ],
};
const good = workbook(sheet);
const parts = workbookParts(sheet);
const zeros = Buffer.alloc(4 * 1024 * 1024);

/** Windows-1251, letter by letter. */
export function windows1251(text: string): Buffer {
  const signs = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder("windows-1251").decode(Buffer.of(byte)), byte]),
  );
  return Buffer.from([...text].map((sign) => signs.get(sign) ?? 0x3f));
}

export const files = {
  empty: Buffer.alloc(0),
  onlyMark: Buffer.from("\ufeff"),
  onlyBlankLines: Buffer.from(";;\n;;\n"),
  pdf: Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n"),
  html: Buffer.from(
    '\ufeff<html xmlns:o="urn:schemas-microsoft-com:office:office"><table><tr><td>Класс</td></tr></table></html>',
  ),
  oldExcel: container("Workbook"),
  locked: container("EncryptedPackage"),
  zip: zipped([{ name: "список.csv", content: "Класс;Предмет;Часы\n" }]),
  lockedZip: zipped([{ name: "xl/workbook.xml", content: "x", encrypted: true }]),
  word: zipped([{ name: "word/document.xml", content: "<w:document/>" }]),
  openDocument: zipped([{ name: "content.xml", content: "<office:document-content/>" }]),
  binaryBook: zipped([{ name: "xl/workbook.bin", content: "x" }]),
  cutOff: good.subarray(0, good.length - 40),
  noSheetPart: zipped(parts.filter(({ name }) => !name.startsWith("xl/worksheets"))),
  noXml: zipped(
    parts.map((part) => (part.name === "xl/worksheets/sheet1.xml" ? { ...part, content: "<worksheet><row>" } : part)),
  ),
  documentType: zipped(
    parts.map((part) =>
      part.name === "xl/sharedStrings.xml"
        ? { ...part, content: `<!DOCTYPE sst [<!ENTITY a "b">]>${part.content}` }
        : part,
    ),
  ),
  noSheets: workbook(),
  bomb: zipped([
    ...parts,
    ...[1, 2, 3, 4].map((n) => ({ name: `xl/media/${n}.bin`, content: zeros, claims: 64 * 1024 * 1024 })),
  ]),
  lyingBomb: zipped(
    parts.map((part) => (part.name === "xl/worksheets/sheet1.xml" ? { ...part, content: zeros, claims: 1000 } : part)),
  ),
  manyParts: zipped(Array.from({ length: 2_001 }, (_, n) => ({ name: `xl/${n}.xml`, content: "" }))),
  tooBig: Buffer.alloc(20 * 1024 * 1024 + 1, "5 А;Математика;5\n"),
  tooLong: Buffer.from(`Класс;Предмет;Часы\n${"5 А;Математика;5\n".repeat(100_000)}`),
  binary: Buffer.from([1, 2, 3, 0, 5, 6, 7, 8]),
  dos: Buffer.from("8aab a0e1 e13b 8fe0 a5a4 aca5 e23b 97a0 e1eb 0a".replaceAll(" ", ""), "hex"),
  good,
} as const;
