import type { PlainLetter } from "../../domain/report/plain-letter.ts";
import { type Html, html } from "./html.ts";
import { cell, faint, font, heading, letterPage, row } from "./letter-page.ts";
import { wrap } from "./wrap.ts";

export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A letter of sections with lines, as HTML and as a text that says the same; links to nothing. */
export function renderPlainLetter(letter: PlainLetter): RenderedLetter {
  const subject = `${letter.simulation ? "[УЧЕБНЫЕ ДАННЫЕ] " : ""}${letter.subject}`.replaceAll("\u00a0", " ");
  return { subject, text: textOf(letter), html: htmlOf(letter, subject) };
}

function textOf({ simulation, school, moment, title, lead, figures, sections, footer }: PlainLetter): string {
  const blocks = [
    simulation ? ["*** УЧЕБНЫЕ ДАННЫЕ ***"] : [],
    [...wrap(school), moment],
    wrap(title),
    lead.flatMap((sentence) => wrap(sentence)),
    figures.map(([name, value]) => `${name}: ${value}`),
    ...sections.map(({ title: head, note, lines }) => [
      head.toUpperCase(),
      ...(note === null ? [] : wrap(note)),
      ...lines.flatMap((line) => wrap(line, "- ", "  ")),
    ]),
    ["--", ...wrap(footer)],
  ];
  const filled = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${filled.join("\n\n")}\n`;
}

function htmlOf(letter: PlainLetter, subject: string): string {
  const { simulation, school, moment, title, lead, figures, sections, footer } = letter;
  const rows = html`${row(school, faint, "faint")}
${row(moment, faint, "faint")}
${row(title, `${font}font-size:20px;line-height:27px;font-weight:bold;color:#1f2933;padding:8px 0 4px 0;`, "ink")}
${lead.map((sentence) => row(sentence, `${cell}padding:6px 0;`, "ink"))}
${figures.length === 0 ? null : html`<tr><td style="padding:8px 0;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${figures.map(figure)}</table></td></tr>`}
${sections.map(section)}
${row(footer, `${faint}padding:24px 0 0 0;`, "faint")}`;
  return letterPage({ title: subject, lead: lead[0] ?? title, simulation, rows });
}

function figure([name, value]: readonly [string, string]): Html {
  const line = `${cell}border-top:1px solid #d5dbe1;padding:5px 0;`;
  return html`<tr><td class="ink rule" style="${line}">${name}</td><td class="ink rule" align="right" style="${line}font-weight:bold;">${value}</td></tr>`;
}

function section({ title, note, lines }: PlainLetter["sections"][number]): Html {
  const item = (text: string) =>
    html`<tr><td class="faint" valign="top" width="16" style="${cell}color:#5b6670;">–</td><td class="ink" valign="top" style="${cell}padding:0 0 4px 0;">${text}</td></tr>`;
  return html`${row(title, heading, "ink")}
${note === null ? null : row(note, `${faint}padding:0 0 4px 0;`, "faint")}
<tr><td><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${lines.map(item)}</table></td></tr>`;
}
