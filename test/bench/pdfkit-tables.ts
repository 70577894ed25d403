import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { encodeQR } from "qr";
import { loadFonts } from "../../src/documents/fonts.ts";
import type { Notice, NoticeProgress } from "../../src/domain/notice/notice.ts";
import type { SheetClass, SheetNotice } from "../../src/domain/notice/sheet-order.ts";
import { printedCode, qrText } from "../../src/domain/slip/code.ts";

const [sans, , bold, , serifBold] = loadFonts();

/**
 * A whole batch with the same contents as tagged PDF/A-2a, with pdfkit's own tables and text flow: nobody places anything by hand, and no type is made smaller
 * where a page runs over. The lists to hand out by, the notices, and on their slips the same codes as vectors.
 */
export function renderBatchWithTables(classes: readonly SheetClass[]): Promise<Buffer> {
  return tagged((document, structured) => {
    for (const { className, notices } of classes) {
      structured((page) => addList(document, page, className, notices));
      for (const { notice, slipCode, number } of notices)
        structured((page) => {
          addPage(document, page, notice, `№ ${number} в списке · ${className}`);
          addCode(document, page, slipCode);
        });
    }
  });
}

type Structured = (fill: (page: PDFKit.PDFStructureElement) => void) => void;

function tagged(fill: (document: PDFKit.PDFDocument, structured: Structured) => void): Promise<Buffer> {
  const info = { Title: "Уведомления" };
  const document = new PDFDocument({
    size: "A4",
    margin: 36,
    autoFirstPage: false,
    pdfVersion: "1.7",
    subset: "PDF/A-2a",
    tagged: true,
    lang: "ru",
    displayTitle: true,
    info,
  });
  document.registerFont("sans", sans);
  document.registerFont("bold", bold);
  document.registerFont("serif", serifBold);
  const whole = buffer(document);
  fill(document, (fillPage) => {
    document.addPage();
    const page = document.struct("Document");
    document.addStructure(page);
    fillPage(page);
    page.end();
  });
  document.end();
  return whole;
}

function addList(
  document: PDFKit.PDFDocument,
  page: PDFKit.PDFStructureElement,
  className: string,
  notices: readonly SheetNotice[],
): void {
  const add = () => void document.font("serif").fontSize(17).text(`Список для раздачи: ${className}`);
  page.add(document.struct("H1", {}, add));
  document.font("sans").fontSize(10);
  const table = {
    structParent: page,
    columnStyles: [30, "*", 95, 125],
    data: [
      ["№", "Ученик", "Получено: дата", "Подпись"],
      ...notices.map(({ number, notice }) => [String(number), notice.pupil, "", ""]),
    ],
  };
  document.table(table); // its types do not know `structParent` yet
  document.x = 36;
}

function addCode(document: PDFKit.PDFDocument, page: PDFKit.PDFStructureElement, code: string): void {
  const draw = () => {
    const modules = encodeQR(qrText(code), "raw", { ecc: "high", version: 2, border: 4 });
    const unit = 74 / modules.length;
    for (const [y, row] of modules.entries())
      for (const [x, dark] of row.entries()) if (dark) document.rect(485 + x * unit, 715 + y * unit, unit, unit);
    document.fill("black");
    document.font("bold").fontSize(8.6).text(printedCode(code), 485, 790, { lineBreak: false });
  };
  page.add(document.struct("Figure", { alt: printedCode(code) }, draw));
}

function addPage(document: PDFKit.PDFDocument, page: PDFKit.PDFStructureElement, notice: Notice, place: string): void {
  const add = (kind: string, text: string, face: string, size: number) =>
    page.add(document.struct(kind, {}, () => void document.font(face).fontSize(size).text(text)));
  add("P", `${notice.school}, ${place}`, "sans", 9);
  add("H1", notice.pupil, "serif", 17);
  add("P", `${notice.className} · уведомление об учёбе за ${notice.span}`, "bold", 10.5);
  if (notice.progress !== null) addMarks(document, page, notice.progress, add);
  if (notice.topics.length > 0) {
    add("H2", "Что проходили", "bold", 10.7);
    document.font("sans").fontSize(10);
    const rows = notice.topics.map(({ subject, lessons }) => [
      subject,
      lessons.map(({ date, topic }) => `${date} ${topic}`).join("\n"),
    ]);
    document.table(inside(page, { columnStyles: [130, "*"], data: [["Предмет", "Темы уроков"], ...rows] }));
    document.x = 36;
  }
  add("H2", "Посещение уроков", "bold", 10.7);
  add(
    "P",
    [
      notice.attendance.summary,
      ...notice.attendance.reasons.map(({ lessons, reason, days }) => `${lessons} ${reason}: ${days}`),
      ...(notice.attendance.bySubject === null ? [] : [`По предметам: ${notice.attendance.bySubject}`]),
    ].join("\n"),
    "sans",
    10.5,
  );
  add("H2", "Что пишут учителя", "bold", 10.7);
  for (const { date, from, text } of notice.remarks) add("P", `${date}, ${from}: ${text}`, "sans", 10.5);
  add("H2", "Домашнее задание", "bold", 10.7);
  for (const { subject, due, text } of notice.homework ?? []) add("P", `${subject} ${due}: ${text}`, "sans", 10.5);
  add("P", `${notice.contact}. Напечатано ${notice.printedOn}`, "sans", 9.5);
  add(
    "P",
    `Верните эту часть классному руководителю. С уведомлением за ${notice.span} ознакомлен(а): ${notice.pupil}, ${notice.className}`,
    "sans",
    9,
  );
}

type Add = (kind: string, text: string, face: string, size: number) => unknown;

function addMarks(
  document: PDFKit.PDFDocument,
  page: PDFKit.PDFStructureElement,
  progress: NoticeProgress,
  add: Add,
): void {
  const { subjects, meanHead, forecastHead, finalTerms, legend, forecastNote, addedNote } = progress;
  const [withMeans, withForecasts] = [
    subjects.some(({ mean }) => mean !== null),
    subjects.some(({ forecast }) => forecast !== null),
  ];
  add("H2", "Отметки", "bold", 10.7);
  document.font("sans").fontSize(10);
  const data = [
    [
      "Предмет",
      "Отметки: день и вид работы",
      ...(withMeans ? [meanHead] : []),
      ...(withForecasts ? [forecastHead ?? ""] : []),
      ...finalTerms.map((term) => `Итог ${term}`),
    ],
    ...subjects.map(({ name, marks, mean, forecast, finals }) => [
      name,
      marks.length === 0
        ? "новых отметок нет"
        : marks.map(({ text, date, work }) => `${text} ${date} ${work ?? ""}`).join("  "),
      ...(withMeans ? [mean ?? "–"] : []),
      ...(withForecasts
        ? [forecast === null ? "–" : `сейчас ${forecast.mark}, ${forecast.basis} ${forecast.band}`]
        : []),
      ...finals.map((mark) => mark ?? ""),
    ]),
  ];
  const columnStyles = [
    110,
    "*",
    ...(withMeans ? [44] : []),
    ...(withForecasts ? [90] : []),
    ...finalTerms.map(() => 34),
  ];
  document.table(inside(page, { columnStyles, data }));
  document.x = 36;
  const said = [addedNote ?? "", legend.map(({ short, full }) => `${short} – ${full}`).join("; "), forecastNote ?? ""];
  add("P", said.join(" "), "sans", 8.2);
}

/** Its types do not know `structParent` yet. */
const inside = (structParent: PDFKit.PDFStructureElement, table: object): PDFKit.Mixins.TableOptionsWithData =>
  ({ ...table, structParent }) as never;
