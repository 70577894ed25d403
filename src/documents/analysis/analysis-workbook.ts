import type { Cell, Row, Sheet } from "write-excel-file/node";
import writeExcelFile from "write-excel-file/node";
import type { Missed } from "../../domain/analysis/absences.ts";
import type { AnalysisDocument } from "../../domain/analysis/document.ts";
import type { ClassAnalysis, PupilFigures, SubjectFigures } from "../../domain/analysis/figures.ts";
import { cutMean, measuresOf, percentOf } from "../../domain/analysis/measures.ts";
import { standingText } from "../../domain/analysis/words.ts";
import { REASON_ORDER, REASONS } from "../../domain/notice/attendance.ts";
import { columnsOf, headRow, plainCell } from "../workbook/cells.ts";

const UNITS = { count: "", percent: ", %", mean: "" } as const;

/** The analysis as XLSX, for whoever counts on: numbers are numbers, results that are no numbers stay texts. */
export async function analysisWorkbook(analysis: ClassAnalysis, document: AnalysisDocument): Promise<Uint8Array> {
  const { now, before } = analysis;
  const { lead, gaps, simulation, nowHead, beforeHead } = document;
  const notes = [...(simulation ? ["УЧЕБНЫЕ ДАННЫЕ"] : []), document.title, ...lead, ...gaps];
  const summary: Row[] = [
    headRow(["показатель", nowHead, beforeHead ?? "периода раньше нет", "изменение"]),
    ...measuresOf(analysis).map((one) => [
      plainCell(one.name + UNITS[one.unit]),
      ...[one.now, one.before, one.change].map(figure),
    ]),
    [],
    ...notes.map((text) => [plainCell(text)]),
  ];
  const was = new Map(before?.subjects.map((subject) => [subject.externalId, subject]));
  const knew = new Map(before?.pupils.map((pupil) => [pupil.externalId, pupil]));
  const list = (rows: readonly (readonly string[])[]): Row[] => [
    headRow(["№", "ученик", "предмет", "что"]),
    ...rows.map((row) => row.map(textOrNumber)),
  ];
  const sheets: Sheet<Buffer>[] = [
    { sheet: "Итог", data: summary, ...columnsOf([44, 26, 26, 14]) },
    {
      sheet: "По предметам",
      data: [headRow(SUBJECTS), ...now.subjects.map((one) => subjectCells(one, was.get(one.externalId)))],
      ...columnsOf([34, 10, 8, 8, 8, 8, 10, 12, 14, 14, 16, 12, 12, 12, 12]),
    },
    {
      sheet: "По ученикам",
      data: [headRow(PUPILS), ...now.pupils.map((one) => pupilCells(one, knew.get(one.externalId), now.basis))],
      ...columnsOf([6, 40, 36, 10, 12, 12, 12, 12, 12, ...REASON_ORDER.flatMap(() => [14, 14]), 12]),
    },
  ];
  if (document.marked) {
    sheets.push(
      {
        sheet: "Ведомость",
        data: [
          headRow(["№", "ученик", ...document.sheet.subjects]),
          ...document.sheet.rows.map((row) => row.map(textOrNumber)),
        ],
        ...columnsOf([6, 40, ...document.sheet.subjects.map(() => 14)]),
      },
      { sheet: "Между отметками", data: list(document.between), ...columnsOf([6, 40, 34, 50]) },
      { sheet: "Мало отметок", data: list(document.few), ...columnsOf([6, 40, 34, 50]) },
    );
  }
  if (document.unassessed !== null)
    sheets.push({ sheet: "Не аттестованы", data: list(document.unassessed), ...columnsOf([6, 40, 34, 60]) });
  return writeExcelFile(sheets).toBuffer();
}

const SUBJECTS = [
  "предмет",
  "учеников",
  "«5»",
  "«4»",
  "«3»",
  "«2»",
  "не аттестованы",
  "качество, %",
  "качество раньше, %",
  "успеваемость, %",
  "успеваемость раньше, %",
  "средний балл",
  "средний балл раньше",
  "пропущено уроков",
  "пропущено дней",
];
const PUPILS = [
  "№",
  "ученик",
  "итог",
  "средний балл",
  "средний балл раньше",
  "пропущено уроков",
  "пропущено дней",
  "уроков раньше",
  "дней раньше",
  ...REASON_ORDER.flatMap((kind) => [`уроков: ${REASONS[kind]}`, `дней: ${REASONS[kind]}`]),
  "опозданий",
];

function subjectCells(one: SubjectFigures, before: SubjectFigures | undefined): Row {
  const { pupils, marks, unassessed, quality, success, mean, absences } = one;
  return [
    plainCell(one.name),
    ...[
      pupils,
      ...marks,
      unassessed,
      percentOf(quality, pupils),
      before === undefined ? null : percentOf(before.quality, before.pupils),
      percentOf(success, pupils),
      before === undefined ? null : percentOf(before.success, before.pupils),
      cutMean(mean),
      cutMean(before?.mean ?? null),
      absences.total.lessons,
      absences.total.days,
    ].map(figure),
  ];
}

function pupilCells(one: PupilFigures, before: PupilFigures | undefined, basis: ClassAnalysis["now"]["basis"]): Row {
  const { absences } = one;
  const both = ({ lessons, days }: Missed) => [lessons, days];
  return [
    figure(one.number),
    plainCell(one.name),
    plainCell(standingText(one, basis)),
    ...[
      cutMean(one.mean),
      cutMean(before?.mean ?? null),
      ...both(absences.total),
      ...(before === undefined ? [null, null] : both(before.absences.total)),
      ...REASON_ORDER.flatMap((kind) => both(absences.byReason[kind])),
      absences.late,
    ].map(figure),
  ];
}

function figure(value: number | null): Cell {
  return value === null ? null : { value, type: Number };
}

/** A mark or a number in the list is a number; «4-» and «н/а» are not. */
function textOrNumber(text: string): Cell {
  return /^\d{1,3}$/.test(text) ? figure(Number(text)) : plainCell(text);
}
