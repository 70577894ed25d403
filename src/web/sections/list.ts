import { plural } from "../../domain/notice/words.ts";
import { type Html, html } from "../html.ts";
import { count } from "./format.ts";

/** One choice of a list. */
export interface Choice {
  readonly value: string;
  readonly name: string;
}

export function select(
  name: string,
  label: string,
  choices: readonly Choice[],
  chosen: string | undefined,
  any = "все",
): Html {
  const option = ({ value, name: text }: Choice) =>
    html`<option value="${value}"${value === chosen ? html` selected` : null}>${text}</option>`;
  return html`<label>${label} <select name="${name}"><option value="">${any}</option>${choices.map(option)}</select></label>`;
}

export function input(
  name: string,
  label: string,
  { value = "", type = "text", more = null as Html | null } = {},
): Html {
  return html`<label>${label} <input name="${name}" type="${type}" value="${value}"${more}></label>`;
}

/** The same address with another value; «» takes it out. */
export function addressWith(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const filled = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled)}`;
}

/** «1–50 из 312», with the way to the neighbours. */
export function pager(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  { page, size, total }: { page: number; size: number; total: number },
): Html | null {
  if (total <= size) return null;
  const last = Math.ceil(total / size);
  const to = (n: number, name: string) =>
    html`<a href="${addressWith(path, { ...query, page: n === 1 ? undefined : n })}">${name}</a>`;
  return html`<nav class="row" aria-label="Страницы списка"><span>${count((page - 1) * size + 1)}–${count(Math.min(page * size, total))} из ${count(total)}</span>${page > 1 ? to(page - 1, "← Предыдущие") : null}${page < last ? to(page + 1, "Следующие →") : null}</nav>`;
}

export const howMany = (n: number, one: string, few: string, many: string): string =>
  `${count(n)}\u00a0${plural(n, one, few, many)}`;

export const empty = (text: string): Html => html`<p class="empty">${text}</p>`;
