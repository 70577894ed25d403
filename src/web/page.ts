import { type Html, html } from "./html.ts";

export interface Link {
  readonly address: string;
  readonly name: string;
}

export interface Frame {
  readonly title: string;
  readonly simulation: boolean;
  readonly school: string;
  /** The page's own address, where it is one of the menu's. */
  readonly here?: string;
  readonly menu?: readonly Link[];
  /** Who is signed in, and the button that signs out. */
  readonly user?: { readonly name: string; readonly form: Html } | null;
  /** What the last form did. */
  readonly done?: string | undefined;
  readonly refreshSeconds?: number | undefined;
  readonly body: Html;
}

/** The frame of every page: its label for a simulation, its style, nothing from outside. Scripts only keep fresh what changes by itself. */
export function page({
  title,
  simulation,
  school,
  here,
  menu = [],
  user = null,
  done,
  refreshSeconds,
  body,
}: Frame): Html {
  const link = ({ address, name }: Link) =>
    html`<li><a href="${address}"${here === address ? html` aria-current="page"` : null}>${name}</a></li>`;
  return html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Сверка</title>
<link rel="stylesheet" href="/assets/style.css">
${refreshSeconds === undefined ? null : html`<script type="module" src="/assets/live.js"></script>`}
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">К содержанию</a>
<header>${simulation ? html`<p class="simulation" role="note">УЧЕБНЫЕ ДАННЫЕ – это не журнал настоящей школы</p>` : null}<div class="bar"><a class="brand" href="/">Сверка</a><span class="school">${school}</span>${
    user === null
      ? null
      : html`<span class="user"><a href="/own">${user.name}</a><form method="post" action="/own/sign-out">${user.form}<button class="quiet">Выйти</button></form></span>`
  }</div></header>
<div class="frame">${menu.length === 0 ? null : html`<nav aria-label="Разделы"><ul>${menu.map(link)}</ul></nav>`}
<main id="content"${refreshSeconds === undefined ? null : html` data-refresh="${refreshSeconds}"`}>${done === undefined ? null : html`<p class="done" role="status">${done}</p>`}${body}</main></div>
</body>
</html>`;
}
