import type { Row, Sheet } from "write-excel-file/node";
import writeExcelFile from "write-excel-file/node";
import { columnsOf, headRow, plainCell } from "./cells.ts";

/** One sheet as XLSX: every cell a text, so that nothing in it is a formula. */
export async function textWorkbook(
  sheet: string,
  { head, widths, rows }: { head: readonly string[]; widths: readonly number[]; rows: readonly (readonly string[])[] },
): Promise<Uint8Array> {
  const data: Row[] = [headRow(head), ...rows.map((row) => row.map(plainCell))];
  const sheets: Sheet<Buffer>[] = [{ sheet, data, ...columnsOf(widths) }];
  return writeExcelFile(sheets).toBuffer();
}
