import { textWorkbook } from "../documents/workbook/text-workbook.ts";

/** The lines of the audit as XLSX, for the director. */
export function auditWorkbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  return textWorkbook("Журнал действий", {
    head: ["№", "Когда", "Кто", "Что", "О чём", "Подробности", "Откуда"],
    widths: [8, 28, 30, 30, 30, 60, 18],
    rows,
  });
}
