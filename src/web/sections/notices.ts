import { KIND_NAMES, openStep } from "../../domain/notice-cycle/states.ts";
import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { count, table, when } from "./format.ts";

/** How far the last notices of families on paper have come, class by class; nothing while there are none. */
export function noticesSection(view: OverviewView): Html | null {
  const { batches } = view.overview;
  if (batches.length === 0) return null;
  const columns = ["Распечаток", "Напечатано", "Роздано", "Вернулось", "Отозвано"].map((name) => ({ name }));
  return html`<section><h2>Распечатки семьям</h2>${batches.map(
    ({ number, kind, composedAt, classes }) =>
      html`<h3>Партия № ${count(number)}, ${KIND_NAMES[kind]}, ${when(composedAt, view)}</h3>${table(
        [{ name: "Класс" }, { name: "Что осталось", words: true }, ...columns],
        classes.map((one) => ({
          head: one.className,
          cells: [
            { value: openStep(one) },
            ...[one.notices, one.printed, one.handed, one.returned, one.withdrawn].map((n) => ({ value: count(n) })),
          ],
        })),
      )}`,
  )}</section>`;
}
