import type { ComplianceReport, CountRow } from "../../domain/report/report.ts";
import { footerOf, type Section, sectionsOf } from "./sections.ts";
import { wrap } from "./wrap.ts";

/** The letter as plain text, wrapped at 72 signs. */
export function complianceText(report: ComplianceReport): string {
  const { simulation, school, moment, since, lead, evidence, passes, withdrawnNote, waivedNote, sheetsNote } = report;
  const blocks = [
    simulation ? ["*** УЧЕБНЫЕ ДАННЫЕ ***"] : [],
    [...wrap(school), `Ведение журнала на ${moment}`, ...(since === null ? [] : [`(прошлое письмо: ${since})`])],
    wrap(lead),
    ...sectionsOf(report).map(sectionLines),
    withdrawnNote === null ? [] : wrap(withdrawnNote),
    waivedNote === null ? [] : wrap(waivedNote),
    sheetsNote === null ? [] : wrap(sheetsNote),
    countLines("ПО УЧИТЕЛЯМ", report.teachers),
    countLines("ПО КЛАССАМ", report.classes),
    countLines("ПО ТРЕБОВАНИЯМ ПРИКАЗА", report.rules),
    [
      "НАСКОЛЬКО ЭТО ДОКАЗАНО",
      ...wrap(`${evidence.percent === null ? "" : `${evidence.percent}. `}${evidence.sentence}`),
    ],
    ["ПРОХОДЫ ПО ЖУРНАЛУ", ...passes.sentences.flatMap((sentence) => wrap(sentence))],
    ["--", ...wrap(footerOf(report))],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function countLines(title: string, rows: readonly CountRow[]): string[] {
  if (rows.length === 0) return [];
  return [
    title,
    ...rows.flatMap(({ name, fresh, open, settled }) =>
      wrap(`${name}: новых ${fresh}, не устранено ${open}, устранено ${settled}`, "- ", "  "),
    ),
  ];
}

function sectionLines({ title, note, groups }: Section): string[] {
  return [
    title.toUpperCase(),
    ...(note === null ? [] : wrap(note)),
    ...groups.flatMap(({ teacher, lines, more }) => [
      teacher,
      ...lines.flatMap((line) => wrap(line, "  - ", "    ")),
      ...(more === null ? [] : wrap(more, "    ", "    ")),
    ]),
  ];
}
