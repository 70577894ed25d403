import type { PassRecord, PassState } from "../../store/passes.ts";
import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { count, figure, lasting, type Mood, when } from "./format.ts";

export const PASS_STATES: Readonly<Record<PassState, { readonly name: string; readonly mood: Mood }>> = {
  running: { name: "идёт", mood: "plain" },
  done: { name: "полный", mood: "good" },
  trouble: { name: "с оговорками", mood: "doubtful" },
  failed: { name: "не удался", mood: "bad" },
  interrupted: { name: "прерван", mood: "doubtful" },
};

/** The last pass: how it ended, when, its pages, what it changed, and its reservations. */
export function lastPassSection(view: OverviewView): Html {
  const { overview, nextTicks } = view;
  const pass = overview.passes[0];
  if (pass === undefined) {
    const next = nextTicks.find(({ job }) => job === "sync-school")?.at ?? null;
    return html`<section class="hero running"><h1>Ещё ни одного прохода</h1>
<p>${next === null ? "Первый начнётся по расписанию." : `Первый начнётся ${when(next, view)}.`} Не хотите ждать – выполните в терминале <code>npx sverka sync</code>.</p></section>`;
  }
  const { name } = PASS_STATES[pass.state];
  const notes = pass.state === "running" ? [] : overview.troubles;
  return html`<section class="hero ${pass.state}"><h1>${pass.state === "running" ? "Идёт проход по журналу" : `Последний проход: ${name}`}</h1>
<p class="when">${times(pass, view)}</p>
${pass.trouble === null ? null : html`<p class="sentence">${pass.trouble}</p>`}
${pass.state === "running" ? progress(pass) : null}
${pass.state === "running" || (pass.state === "failed" && pass.pagesDone === 0) ? null : figures(pass)}
${
  notes.length === 0
    ? null
    : html`<details><summary>Оговорки прохода</summary><ul>${notes.map(
        ({ sentence, times }) =>
          html`<li>${sentence}${times > 1 ? html` <small>× ${count(times)}</small>` : null}</li>`,
      )}</ul></details>`
}</section>`;
}

function times({ startedAt, finishedAt }: PassRecord, view: OverviewView): string {
  if (finishedAt === null) return `Начался ${when(startedAt, view)}`;
  return `${when(startedAt, view).replace(/^./, (letter) => letter.toUpperCase())}, длился ${lasting(finishedAt - startedAt)}`;
}

function figures({
  pages,
  pagesDone,
  pagesSame,
  pagesFailed,
  quarantined,
  added,
  changed,
  vanished,
}: PassRecord): Html {
  return html`<dl class="figures">
${figure("страниц прочитано", pagesDone === pages ? count(pages) : `${count(pagesDone)} из ${count(pages)}`)}
${figure("без изменений", count(pagesSame))}
${figure("не получено", count(pagesFailed), pagesFailed > 0 ? "bad" : "plain")}
${figure("задержано", count(quarantined), quarantined > 0 ? "bad" : "plain")}
${figure("записей: новых", count(added))}
${figure("изменённых", count(changed))}
${figure("исчезнувших", count(vanished))}
</dl>`;
}

/** A pass that has just begun does not know yet how many pages there will be. */
function progress({ pagesDone, pages }: PassRecord): Html {
  if (pages === 0)
    return html`<progress aria-label="Проход идёт"></progress><p class="when">Вход в журнал, списки классов и первые страницы</p>`;
  return html`<progress aria-label="Проход идёт" value="${pagesDone}" max="${Math.max(pages, pagesDone)}"></progress>
<p class="when">Прочитано страниц: ${count(pagesDone)} из ${count(pages)}</p>`;
}
