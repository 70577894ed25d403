import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { count, table, when } from "./format.ts";
import { PASS_STATES } from "./last-pass.ts";

/** The last few passes; nothing while there is but one, which stands above. */
export function passesSection(view: OverviewView): Html | null {
  const { passes } = view.overview;
  if (passes.length < 2) return null;
  const columns = ["Страниц", "Без изменений", "Не получено", "Новых", "Изменено", "Исчезло"].map((name) => ({ name }));
  return html`<section><h2>Проходы</h2>${table(
    [{ name: "Начало" }, { name: "Итог", words: true }, ...columns],
    passes.map((pass) => {
      const { name, mood } = PASS_STATES[pass.state];
      const numbers = [pass.pagesDone, pass.pagesSame, pass.pagesFailed, pass.added, pass.changed, pass.vanished];
      return {
        head: when(pass.startedAt, view),
        cells: [
          { value: name, mood },
          ...numbers.map((n, i) => ({
            value: count(n),
            mood: i === 2 && n > 0 ? ("bad" as const) : ("plain" as const),
          })),
        ],
      };
    }),
  )}</section>`;
}
