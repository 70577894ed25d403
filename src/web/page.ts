import { type Html, html } from "./html.ts";

/** The frame of every page: its label for a simulation, its style, nothing from outside. */
export function page(options: {
  title: string;
  simulation: boolean;
  school: string;
  /** The page's own address, where it is one of the menu's. */
  here?: string;
  refreshSeconds?: number;
  body: Html;
}): string {
  const { title, simulation, school, here, refreshSeconds, body } = options;
  const link = (address: string, name: string) =>
    html`<a href="${address}"${here === address ? html` aria-current="page"` : null}>${name}</a>`;
  return html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${title} – Сверка</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
</head>
<body>
${simulation ? html`<p class="simulation" role="note">УЧЕБНЫЕ ДАННЫЕ – это не журнал настоящей школы</p>` : null}
<header><a class="brand" href="/">Сверка</a><span class="school">${school}</span><nav>${link("/", "Обзор")} ${link("/queues", "Очереди")}</nav></header>
<main>${body}</main>
</body>
</html>`.text;
}
