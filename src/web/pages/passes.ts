import type { Store } from "../../store/connect.ts";
import { heldLeavers } from "../../store/held-leavers.ts";
import { heldPages } from "../../store/held-pages.ts";
import { loadOverview } from "../../store/overview.ts";
import { sharedRead } from "../../store/shared-read.ts";
import type { Doors } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { alertsSection } from "../sections/alerts.ts";
import { when } from "../sections/format.ts";
import { lastPassSection } from "../sections/last-pass.ts";
import { howMany } from "../sections/list.ts";
import { outboxSection } from "../sections/outbox.ts";
import { passesSection } from "../sections/passes.ts";
import { ticksSection } from "../sections/ticks.ts";
import { viewOf } from "./view.ts";

const heldNow = sharedRead(async ({ pool }: Pick<Store, "pool">, schoolId: number) => ({
  held: await heldPages(pool, schoolId),
  leavers: await heldLeavers(pool, schoolId),
}));

/** Проходы: troubles, the last pass or the one under way, what comes next, and how the letters stand. */
export function addPasses(doors: Doors): void {
  const { needs } = doors;
  doors.page("/passes", { kind: "right", action: "passes.see" }, async (seen) => {
    const overview = await loadOverview(needs.store, needs.schoolId);
    const view = viewOf(needs, overview, seen);
    return {
      title: "Проходы",
      here: "/passes",
      refreshSeconds: overview.passes[0]?.state === "running" ? 3 : 60,
      body: html`${seen.may("passes.work") && overview.passes[0]?.state !== "running" ? html`<form method="post" action="/passes/start">${seen.form}<button class="quiet">Начать проход сейчас</button></form>` : null}${await heldLine()}${alertsSection(view)}${lastPassSection(view)}${passesSection(view)}
<div class="columns">${ticksSection(view)}${outboxSection(view)}</div>
<footer>Страница составлена ${when(seen.now, seen)} и обновляется сама. Журнал: ${overview.build ?? "сборка ещё не известна"}. Программа ${needs.version}.</footer>`,
    };
  });

  async function heldLine(): Promise<Html | null> {
    const { held, leavers } = await heldNow(needs.store, needs.schoolId);
    const open = held.filter(({ decision }) => decision === null).length + (leavers?.accepted === false ? 1 : 0);
    if (held.length === 0 && leavers === null) return null;
    return html`<section class="hero trouble"><h2>${open === 0 ? "Задержанные страницы: решение принято" : "Записи исчезли из журнала: нужно ваше решение"}</h2><p>${held.length === 0 ? "Из списков классов исчезло сразу много учеников" : howMany(held.length, "страница задержана", "страницы задержаны", "страниц задержано")}, ничего не удалено. <a href="/passes/held">Посмотреть и решить</a></p></section>`;
  }

  doors.act("/passes/start", { kind: "right", action: "passes.work" }, async (seen) => {
    await seen.note("pass.start", "");
    await needs.verbs.startPass();
    return "/passes?done=pass-started";
  });
}
