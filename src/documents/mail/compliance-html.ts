import type { ComplianceReport, CountRow, ReportGroup } from "../../domain/report/report.ts";
import { type Html, html } from "./html.ts";
import { cell, faint, font, heading, letterPage, row } from "./letter-page.ts";
import { footerOf, type Section, sectionsOf } from "./sections.ts";

const small = `${font}font-size:12px;line-height:15px;font-weight:normal;color:#5b6670;`;

/** The letter as HTML: one column of at most 600 px, nothing from outside. */
export function complianceHtml(report: ComplianceReport): string {
  const {
    title,
    simulation,
    school,
    moment,
    since,
    lead,
    counts,
    evidence,
    passes,
    withdrawnNote,
    waivedNote,
    sheetsNote,
  } = report;
  const rows = html`${row(school, faint, "faint")}
${row(html`Ведение журнала на&nbsp;${moment}`, `${font}font-size:20px;line-height:27px;font-weight:bold;color:#1f2933;padding:4px 0;`, "ink")}
${since === null ? null : row(html`Прошлое письмо: ${since}`, faint, "faint")}
${row(lead, `${cell}padding:12px 0 14px 0;`, "ink")}
<tr><td>${tiles([
    ["новых", counts.fresh],
    ["не устранено", counts.open],
    ["устранено", counts.settled],
    ["не доказано", counts.unproved],
  ])}</td></tr>
${sectionsOf(report).map(section)}
${withdrawnNote === null ? null : row(withdrawnNote, `${faint}padding:14px 0 0 0;`, "faint")}
${waivedNote === null ? null : row(waivedNote, `${faint}padding:14px 0 0 0;`, "faint")}
${sheetsNote === null ? null : row(sheetsNote, `${faint}padding:14px 0 0 0;`, "faint")}
${countTable("По учителям", "учитель", report.teachers)}
${countTable("По классам", "класс", report.classes)}
${countTable("По требованиям приказа", "требование и пункт", report.rules)}
${row("Насколько это доказано", heading, "ink")}
${row(html`${evidence.percent === null ? null : html`<b>${evidence.percent}.</b> `}${evidence.sentence}`, cell, "ink")}
${row("Проходы по журналу", heading, "ink")}
${row(html`${passes.good ? null : html`<b>Внимание.</b> `}${passes.sentences.join(" ")}`, cell, "ink")}
${row(footerOf(report), `${faint}padding:24px 0 0 0;`, "faint")}`;
  return letterPage({ title, lead, simulation, rows });
}

function tiles(items: readonly (readonly [string, number])[]): Html {
  const tile = ([label, count]: readonly [string, number]) =>
    html`<td class="tile" width="25%" align="center" valign="top" style="background-color:#eef1f4;padding:10px 2px;">
<div class="ink" style="${font}font-size:24px;line-height:28px;font-weight:bold;color:#1f2933;">${count}</div>
<div class="faint" style="${font}font-size:12px;line-height:16px;color:#5b6670;">${label}</div></td>`;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${items.map(tile)}</tr></table>`;
}

function section({ title, note, groups }: Section): Html {
  return html`${row(title, heading, "ink")}
${note === null ? null : row(note, `${faint}padding:0 0 4px 0;`, "faint")}
${groups.map(group)}`;
}

function group({ teacher, lines, more }: ReportGroup): Html {
  const item = (line: string) =>
    html`<tr><td class="faint" valign="top" width="16" style="${cell}">–</td><td class="ink" valign="top" style="${cell}padding:0 0 3px 0;">${line}</td></tr>`;
  return html`<tr><td class="rule" style="border-top:1px solid #d5dbe1;padding:7px 0 6px 0;">
<div class="ink" style="${cell}font-weight:bold;">${teacher}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${lines.map(item)}</table>
${more === null ? null : html`<div class="faint" style="${faint}">${more}</div>`}</td></tr>`;
}

function countTable(title: string, what: string, rows: readonly CountRow[]): Html | null {
  if (rows.length === 0) return null;
  const number = (count: number) =>
    html`<td class="ink rule" align="center" valign="top" style="${cell}border-top:1px solid #d5dbe1;padding:5px 2px;">${count === 0 ? "–" : count}</td>`;
  const head = (label: string) =>
    html`<th class="faint" scope="col" align="center" valign="bottom" width="52" style="${small}padding:3px 2px;">${label}</th>`;
  const line = ({ name, fresh, open, settled }: CountRow) =>
    html`<tr><td class="ink rule" valign="top" style="${cell}border-top:1px solid #d5dbe1;padding:5px 6px 5px 0;">${name}</td>${[fresh, open, settled].map(number)}</tr>`;
  return html`${row(title, heading, "ink")}
<tr><td><table width="100%" cellpadding="0" cellspacing="0" border="0"><tr><th class="faint" scope="col" align="left" valign="bottom" style="${small}padding:3px 0;">${what}</th>${head("новых")}${head("прежних")}${head("устра\u00adнено")}</tr>${rows.map(line)}</table></td></tr>`;
}
