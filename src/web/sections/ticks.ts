import { type Html, html } from "../html.ts";
import { JOB_NAMES } from "../job-names.ts";
import type { OverviewView } from "../overview-view.ts";
import { when } from "./format.ts";

/** What the clock will do next; a pass that a refused sign-in holds back is not promised. */
export function ticksSection(view: OverviewView): Html {
  const held = view.overview.alerts.some(({ kind }) => kind === "journal-refused");
  return html`<section><h2>Что дальше</h2><dl class="ticks">${view.nextTicks.map(
    ({ job, at }) =>
      html`<div><dt>${JOB_NAMES[job] ?? job}</dt><dd${held && job === "sync-school" ? html` class="bad"` : null}>${
        held && job === "sync-school"
          ? "остановлен, пока не исправят вход"
          : at === null
            ? "не запланировано"
            : when(at, view)
      }</dd></div>`,
  )}</dl></section>`;
}
