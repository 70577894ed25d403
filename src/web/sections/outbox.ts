import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { count, figure } from "./format.ts";

/** How the letters stand, where they go, and what the mail server said of those that do not. */
export function outboxSection({ overview, mailPlace }: OverviewView): Html {
  const { waiting, sent, refused } = overview.outbox;
  return html`<section><h2>Почта</h2><dl class="figures">${figure("ждёт отправки", count(waiting))}${figure("отправлено", count(sent))}${figure("отвергнуто", count(refused), refused > 0 ? "bad" : "plain")}</dl>
<p class="note">${mailPlace.kind === "folder" ? "Почтовый сервер не задан, письма ложатся файлами в папку" : "Почтовый сервер:"} <span class="place">${mailPlace.name}</span></p>
${
  overview.outboxTroubles.length === 0
    ? null
    : html`<ul>${overview.outboxTroubles.map(
        ({ subject, state, attempts, answer }) =>
          html`<li>${subject}: ${state === "refused" ? "отвергнуто" : `попыток ${count(attempts)}, будут ещё`} – ${answer}</li>`,
      )}</ul>`
}</section>`;
}
