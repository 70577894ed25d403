import { type Html, html } from "./html.ts";

// Outlook knows tables and inline styles only. Colours keep their contrast when a dark mode turns them round.
export const font = "font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif;";
export const cell = `${font}font-size:15px;line-height:22px;color:#1f2933;`;
export const faint = `${font}font-size:13px;line-height:19px;color:#5b6670;`;
export const heading = `${font}font-size:17px;line-height:24px;font-weight:bold;color:#1f2933;padding:22px 0 4px 0;`;

/** A row of the letter's only column. `look` is the class by which a dark mode finds it. */
export function row(content: Html | string, style: string, look = ""): Html {
  return html`<tr><td class="${look}" style="${style}">${content}</td></tr>`;
}

/** The frame of every letter: one column of at most 600 px, nothing from outside, its label for a simulation. */
export function letterPage(letter: {
  readonly title: string;
  /** What a mail program shows beside the subject. */
  readonly lead: string;
  readonly simulation: boolean;
  readonly rows: Html;
}): string {
  const { title, lead, simulation, rows } = letter;
  const page = html`<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${title}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .back { background-color: #14181c !important; }
  .sheet { background-color: #1f252b !important; }
  .ink { color: #e8ecef !important; }
  .faint { color: #aab4bd !important; }
  .tile { background-color: #2a323a !important; }
  .rule { border-color: #3c4650 !important; }
}
</style>
</head>
<body class="back" style="margin:0;padding:0;background-color:#eef1f4;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">${lead}</div>
<table role="presentation" class="back" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#eef1f4;">
<tr><td align="center" style="padding:12px 6px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;">
<tr><td style="padding:20px 18px 22px 18px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
${simulation ? row(html`<span class="ink rule" style="${cell}font-weight:bold;letter-spacing:2px;border:2px solid #1f2933;padding:3px 10px;">УЧЕБНЫЕ ДАННЫЕ</span>`, "padding:4px 0 16px 0;") : null}
${rows}
</table>
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;
  return page.markup;
}
