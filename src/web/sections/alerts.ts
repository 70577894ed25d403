import { alertText } from "../../domain/alerts/words.ts";
import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { when } from "./format.ts";
import { NEEDS_PERSON } from "./grave.ts";

/** What is wrong now and what to do about it; nothing where all is well. */
export function alertsSection(view: OverviewView): Html | null {
  const { alerts } = view.overview;
  if (alerts.length === 0) return null;
  const kinds = [...Map.groupBy(alerts, ({ kind }) => kind)].toSorted(
    ([one], [other]) => Number(NEEDS_PERSON.has(other)) - Number(NEEDS_PERSON.has(one)),
  );
  return html`<section class="alerts" aria-label="Требует внимания"><h2>Требует внимания</h2>${kinds.map(
    ([kind, of]) => {
      const { title, what, todo } = alertText(kind, of);
      const since = Math.min(...of.map(({ beganAt }) => beganAt));
      return html`<details class="${NEEDS_PERSON.has(kind) ? "grave" : "mild"}"${NEEDS_PERSON.has(kind) ? html` open` : null}>
<summary><b>${title}</b> <small>${when(since, view)}</small></summary>
${what.map((sentence) => html`<p>${sentence}</p>`)}<h3>Что делать</h3><ol>${todo.map((step) => html`<li>${step}</li>`)}</ol></details>`;
    },
  )}</section>`;
}
