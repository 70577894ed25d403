import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { loadFonts } from "../../src/documents/fonts.ts";
import { caseRows } from "../../src/domain/control/document.ts";
import type { ControlFacts } from "../../src/domain/control/facts.ts";
import { monthName } from "../../src/domain/control/month.ts";
import { PARTS } from "../../src/domain/control/parts.ts";

const [sans, , , , serifBold] = loadFonts();

/** One teacher's part of a control as a tagged PDF/A-2a of its own: the figures, and the list of cases. */
export function teacherDocument(facts: ControlFacts, teacher: string): Promise<Buffer> {
  const title = `Контроль ведения электронных журналов № ${facts.number} за ${monthName(facts.month)}`;
  const document = new PDFDocument({
    ...{ size: "A4", layout: "landscape", margin: 40, pdfVersion: "1.7", subset: "PDF/A-2a", tagged: true, lang: "ru" },
    displayTitle: true,
    info: { Title: title },
  });
  document.registerFont("sans", sans);
  document.registerFont("serif", serifBold);
  const whole = buffer(document);
  const page = document.struct("Document");
  document.addStructure(page);
  const add = (kind: string, text: string, font: string, size: number) =>
    page.add(document.struct(kind, {}, () => void document.font(font).fontSize(size).text(text)));
  add("H1", title, "serif", 16);
  add("P", teacher, "sans", 11);
  const counts = facts.parts.flatMap(({ id, byTeacher }) => {
    const row = byTeacher.find(({ name }) => name === teacher);
    const part = PARTS.find((one) => one.id === id)?.title ?? id;
    return row === undefined
      ? []
      : [[part, ...[row.checked, row.inTime, row.late, row.missing, row.unproved].map(String)]];
  });
  const cases = caseRows(facts.cases.filter((one) => one.teacher === teacher));
  document.font("sans").fontSize(9);
  const tables = [
    {
      columnStyles: ["*", 60, 60, 60, 60, 60],
      data: [["часть", "проверено", "вовремя", "позже", "нет", "не доказано"], ...counts],
    },
    {
      columnStyles: [50, 110, 50, "*", 80, 110],
      data: [
        ["класс", "предмет", "урок", "что", "опоздание", "пункт"],
        ...cases.map(({ className, subject, date, what, lateness, clause }) => [
          className,
          subject,
          date,
          what,
          lateness,
          clause,
        ]),
      ],
    },
  ];
  for (const { columnStyles, data } of tables) {
    const table = { structParent: page, columnStyles, data };
    document.table(table as Parameters<typeof document.table>[0]); // its types do not know `structParent` yet
    document.x = 40;
    document.moveDown();
  }
  page.end();
  document.end();
  return whole;
}
