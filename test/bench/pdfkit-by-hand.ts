import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { loadFonts } from "../../src/documents/fonts.ts";
import type { Notice } from "../../src/domain/notice/notice.ts";

const [sans, , bold, , serifBold] = loadFonts();
const left = 40;
const right = 555;
const columns = { marks: 174, mean: 392, forecast: 440 };

/** The same pages, placed by hand and without tags (PDF/A-2b): every text of the notice in its face and size, every rule of the table. */
export async function renderByHand(notices: readonly Notice[]): Promise<Buffer> {
  const document = new PDFDocument({
    size: "A4",
    margin: 36,
    autoFirstPage: false,
    pdfVersion: "1.7",
    subset: "PDF/A-2b",
    lang: "ru",
  });
  document.registerFont("sans", sans);
  document.registerFont("bold", bold);
  document.registerFont("serif", serifBold);
  const whole = buffer(document);
  for (const notice of notices) drawPage(document, notice);
  document.end();
  return whole;
}

type Face = "sans" | "bold" | "serif";

function drawPage(document: PDFKit.PDFDocument, notice: Notice): void {
  document.addPage();
  const write = (
    text: string,
    x: number,
    y: number,
    face: Face,
    size: number,
    width: number,
    align: "left" | "center" = "left",
  ) => document.font(face).fontSize(size).text(text, x, y, { width, align }).y;
  const rule = (y: number, width: number) => document.lineWidth(width).moveTo(left, y).lineTo(right, y).stroke();
  const wide = right - left;

  let y = write(notice.school, left, 36, "sans", 9, wide) + 3;
  rule(y, 0.9);
  y = write(notice.pupil, left, y + 8, "serif", 17, wide);
  y = write(`${notice.className} · уведомление об учёбе за ${notice.span}`, left, y + 2, "bold", 10.5, wide) + 8;
  y = drawMarks(notice, y, { write, rule });
  const paragraph = (text: string, face: Face = "sans", size = 10.5) => {
    y = write(text, left, y + 2, face, size, wide);
  };
  paragraph("Посещение уроков", "bold");
  paragraph(notice.attendance.summary);
  for (const { lessons, reason, days } of notice.attendance.reasons) paragraph(`${lessons} ${reason}: ${days}`);
  if (notice.attendance.bySubject !== null) paragraph(`По предметам: ${notice.attendance.bySubject}`, "sans", 9);
  paragraph("Что пишут учителя", "bold");
  for (const { date, from, text } of notice.remarks) paragraph(`${date}, ${from}: ${text}`);
  paragraph("Домашнее задание", "bold");
  for (const { subject, due, text } of notice.homework ?? []) paragraph(`${subject} ${due}: ${text}`);
  paragraph(`${notice.contact}. Напечатано ${notice.printedOn}`, "sans", 9.5);
  drawSlip(document, notice, write);
}

interface Pen {
  write(text: string, x: number, y: number, face: Face, size: number, width: number, align?: "left" | "center"): number;
  rule(y: number, width: number): void;
}

function drawMarks({ progress }: Notice, top: number, { write, rule }: Pen): number {
  if (progress === null) return top;
  let y = write("Отметки", left, top, "bold", 10.7, 200) + 3;
  rule(y, 0.9);
  write("Предмет", left + 4, y + 4, "bold", 8.6, 120);
  write("Отметки: день и вид работы", columns.marks, y + 4, "bold", 8.6, 200);
  write(progress.meanHead, columns.mean, y + 4, "bold", 8.6, 44, "center");
  y = Math.max(write(progress.forecastHead ?? "", columns.forecast, y + 4, "bold", 8.6, 110), y + 26) + 3;
  for (const { name, marks, mean, forecast } of progress.subjects) {
    rule(y, 0.5);
    let end = write(name, left + 4, y + 6, "bold", 10.5, 126);
    for (const [index, mark] of marks.entries()) {
      const x = columns.marks + index * 30;
      write(mark.text, x, y + 3, "bold", 12, 28, "center");
      write(mark.date, x, y + 18, "sans", 7.5, 28, "center");
      end = Math.max(end, write(mark.work ?? " ", x, y + 27, "sans", 7.5, 28, "center"));
    }
    write(mean ?? "–", columns.mean, y + 10, "sans", 10.5, 44, "center");
    if (forecast !== null) {
      const said = write(`сейчас ${forecast.mark}, ${forecast.basis}`, columns.forecast, y + 4, "sans", 8.2, 112);
      end = Math.max(end, write(forecast.band, columns.forecast, said, "sans", 8.2, 112));
    }
    y = end + 4;
  }
  rule(y, 0.9);
  const notes = [
    `Виды работ: ${progress.legend.map(({ short, full }) => `${short} – ${full}`).join("; ")}.`,
    progress.forecastNote ?? "",
  ];
  return write(notes.join(" "), left, y + 5, "sans", 8.2, right - left) + 8;
}

function drawSlip(document: PDFKit.PDFDocument, notice: Notice, write: Pen["write"]): void {
  document.lineWidth(0.7).dash(3, { space: 3 }).moveTo(left, 745).lineTo(right, 745).stroke().undash();
  write(
    `Верните эту часть классному руководителю. С уведомлением за ${notice.span} ознакомлен(а): ${notice.pupil}, ${notice.className}`,
    left,
    750,
    "sans",
    9,
    right - left,
  );
  for (const [index, label] of ["дата", "подпись", "фамилия и инициалы"].entries()) {
    const x = left + index * 175;
    document
      .lineWidth(0.6)
      .moveTo(x, 788)
      .lineTo(x + 160, 788)
      .stroke();
    write(label, x, 791, "sans", 7.4, 160);
  }
}
