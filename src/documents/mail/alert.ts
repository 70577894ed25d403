import type { AlertText } from "../../domain/alerts/words.ts";
import { line } from "../../domain/notice/words.ts";
import { type Html, html } from "./html.ts";
import { cell, faint, font, heading, letterPage, row } from "./letter-page.ts";
import { wrap } from "./wrap.ts";

const LONGEST_SUBJECT = 120;

export interface AlertLetter extends AlertText {
  readonly simulation: boolean;
  readonly school: string;
  /** «5 октября 2026 г., 18:15» */
  readonly moment: string;
}

const footer =
  "Это сообщение составила служба «Сверка» для ответственного за журнал. О том же она напишет снова, только если это пройдёт и случится опять.";

/** The administrator's letter: what has happened, and what to do. HTML and a text that says the same; links to nothing. */
export function renderAlert(letter: AlertLetter): {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
} {
  return {
    subject: line(
      `${letter.simulation ? "[УЧЕБНЫЕ ДАННЫЕ] " : ""}Сверка: ${lowerFirst(letter.title)}`,
      LONGEST_SUBJECT,
    ),
    text: alertTextBody(letter),
    html: alertHtml(letter),
  };
}

function alertTextBody({ simulation, school, moment, title, what, todo }: AlertLetter): string {
  const blocks = [
    simulation ? ["*** УЧЕБНЫЕ ДАННЫЕ ***"] : [],
    [...wrap(school), moment],
    wrap(`${title}.`),
    what.flatMap((sentence) => wrap(sentence)),
    ["ЧТО ДЕЛАТЬ", ...todo.flatMap((step, i) => wrap(step, `${i + 1}. `, "   "))],
    ["--", ...wrap(footer)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function alertHtml({ simulation, school, moment, title, what, todo }: AlertLetter): string {
  const step = (text: string, i: number): Html =>
    html`<tr><td class="faint" valign="top" width="22" style="${cell}color:#5b6670;">${i + 1}.</td><td class="ink" valign="top" style="${cell}padding:0 0 6px 0;">${text}</td></tr>`;
  const rows = html`${row(school, faint, "faint")}
${row(moment, faint, "faint")}
${row(title, `${font}font-size:20px;line-height:27px;font-weight:bold;color:#1f2933;padding:8px 0 4px 0;`, "ink")}
${what.map((sentence) => row(sentence, `${cell}padding:6px 0;`, "ink"))}
${row("Что делать", heading, "ink")}
<tr><td><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${todo.map(step)}</table></td></tr>
${row(footer, `${faint}padding:24px 0 0 0;`, "faint")}`;
  return letterPage({ title, lead: what[0] ?? title, simulation, rows });
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);
