import { type ZipPart, zipped } from "./zip.ts";

/** A cell: text, a number, a day as a serial number in a date style, a formula with its kept value, or nothing. */
export type WorkbookCell = string | number | { serial: number } | { formula: string; value: number | string } | null;

export interface WorkbookSheet {
  readonly name: string;
  readonly rows: readonly (readonly WorkbookCell[])[];
  /** Ranges such as «A1:A3». */
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** An XLSX as Excel writes it: shared texts, styles, merged ranges. */
export function workbook(...sheets: readonly WorkbookSheet[]): Buffer {
  return zipped(workbookParts(...sheets));
}

export function workbookParts(...sheets: readonly WorkbookSheet[]): ZipPart[] {
  const strings: string[] = [];
  const parts = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: sheetXml(sheet, strings),
  }));
  const list = sheets.map(
    ({ name, hidden }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${hidden ? ' state="hidden"' : ""} r:id="rId${index + 1}"/>`,
  );
  const relations = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return [
    {
      name: "xl/workbook.xml",
      content: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr/><sheets>${list.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join("")}</Relationships>`,
    },
    {
      name: "xl/styles.xml",
      content: `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy;@"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    },
    ...parts,
    {
      name: "xl/sharedStrings.xml",
      content: `${XML}<sst xmlns="${MAIN}">${strings.map((text) => `<si><r><t xml:space="preserve">${escaped(text)}</t></r></si>`).join("")}</sst>`,
    },
  ];
}

function sheetXml({ rows, merges = [] }: WorkbookSheet, strings: string[]): string {
  const body = rows.map((cells, row) => {
    const inner = cells.map((cell, column) => cellXml(cell, `${String.fromCharCode(65 + column)}${row + 1}`, strings));
    return `<row r="${row + 1}">${inner.join("")}</row>`;
  });
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`);
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${body.join("")}</sheetData>${merged.length > 0 ? `<mergeCells>${merged.join("")}</mergeCells>` : ""}</worksheet>`;
}

function cellXml(cell: WorkbookCell, place: string, strings: string[]): string {
  if (cell === null) return `<c r="${place}"/>`;
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === "string") return `<c r="${place}" t="s"><v>${strings.push(cell) - 1}</v></c>`;
  if ("serial" in cell) return `<c r="${place}" s="1"><v>${cell.serial}</v></c>`;
  const type = typeof cell.value === "string" ? ' t="str"' : "";
  return `<c r="${place}"${type}><f>${escaped(cell.formula)}</f><v>${escaped(String(cell.value))}</v></c>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
