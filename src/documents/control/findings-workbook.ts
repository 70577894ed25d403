import type { Row, Sheet } from "write-excel-file/node";
import writeExcelFile from "write-excel-file/node";
import { columnsOf, headRow, plainCell } from "../workbook/cells.ts";

/** A list of findings as XLSX: every cell a text, so that nothing in it is a formula. */
export async function findingsWorkbook(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<Uint8Array> {
  const data: Row[] = [headRow(head), ...rows.map((row) => row.map(plainCell))];
  const sheets: Sheet<Buffer>[] = [{ sheet: "Замечания", data, ...columnsOf([12, 10, 26, 50, 34, 18, 16, 22, 9, 18]) }];
  return writeExcelFile(sheets).toBuffer();
}
