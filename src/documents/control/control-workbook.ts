import type { Row, Sheet } from "write-excel-file/node";
import writeExcelFile from "write-excel-file/node";
import { caseRows } from "../../domain/control/document.ts";
import type { ControlFacts, CountedRow } from "../../domain/control/facts.ts";
import { latenessText, personName } from "../../domain/control/figures.ts";
import { PARTS } from "../../domain/control/parts.ts";
import { columnsOf, headRow, plainCell } from "../workbook/cells.ts";

const COUNTS = [
  "проверено",
  "вовремя",
  "позже срока",
  "опоздание",
  "не выполнено",
  "не доказано",
  "снято",
  "срок не прошёл",
];
const CASES = [
  "часть",
  "учитель",
  "класс",
  "предмет",
  "урок",
  "что",
  "опоздание",
  "ученик",
  "пункт",
  "за прошлый месяц",
  "снято",
];

/** The control's figures and cases as XLSX, for whoever counts on: numbers are numbers. */
export async function controlWorkbook(facts: ControlFacts): Promise<Uint8Array> {
  const titles = new Map(PARTS.map(({ id, title }) => [id, title]));
  const by = (pick: "byClass" | "byTeacher", name: string): Row[] => [
    headRow(["часть", name, ...COUNTS]),
    ...facts.parts.flatMap((part) =>
      part[pick].map((row) => [plainCell(titles.get(part.id) ?? ""), ...countCells(row)]),
    ),
  ];
  const cases = facts.cases.flatMap((one): Row[] =>
    caseRows([one]).map((row) => {
      const { part, teacher, className, subject, date, what, lateness, pupil, clause, earlier, waived } = row;
      return [part, teacher, className, subject, date, what, lateness, pupil, clause, earlier ? "да" : "", waived].map(
        plainCell,
      );
    }),
  );
  const sheets: Sheet<Buffer>[] = [
    { sheet: "По классам", data: by("byClass", "класс"), ...columnsOf([44, 14]) },
    { sheet: "По учителям", data: by("byTeacher", "учитель"), ...columnsOf([44, 36]) },
    { sheet: "Замечания", data: [headRow(CASES), ...cases], ...columnsOf([44, 36, 10, 26, 9, 60, 14, 9, 22, 12, 40]) },
  ];
  return writeExcelFile(sheets).toBuffer();
}

function countCells(row: CountedRow): Row {
  const { checked, inTime, late, missing, unproved, waived, pending } = row;
  const numbers = [checked, inTime, late].map((value) => ({ value }));
  const rest = [missing, unproved, waived, pending].map((value) => ({ value }));
  return [plainCell(personName(row.name)), ...numbers, plainCell(latenessText(row.lateness)), ...rest];
}
