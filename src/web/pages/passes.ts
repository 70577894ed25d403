import { noteAudit } from "../../store/access/audit.ts";
import { loadOverview } from "../../store/overview.ts";
import type { Doors } from "../doors/pages.ts";
import { html } from "../html.ts";
import { alertsSection } from "../sections/alerts.ts";
import { when } from "../sections/format.ts";
import { lastPassSection } from "../sections/last-pass.ts";
import { outboxSection } from "../sections/outbox.ts";
import { passesSection } from "../sections/passes.ts";
import { ticksSection } from "../sections/ticks.ts";
import { actorOf } from "./control.ts";
import { viewOf } from "./view.ts";

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
      body: html`${seen.may("passes.work") && overview.passes[0]?.state !== "running" ? html`<form method="post" action="/passes/start">${seen.form}<button class="quiet">Начать проход сейчас</button></form>` : null}${alertsSection(view)}${lastPassSection(view)}${passesSection(view)}
<div class="columns">${ticksSection(view)}${outboxSection(view)}</div>
<footer>Страница составлена ${when(seen.now, seen)} и обновляется сама. Журнал: ${overview.build ?? "сборка ещё не известна"}. Программа ${needs.version}.</footer>`,
    };
  });

  doors.act("/passes/start", { kind: "right", action: "passes.work" }, async (seen) => {
    await needs.verbs.startPass();
    const { store, schoolId, clock } = needs.access;
    await noteAudit(store, { schoolId, at: clock.now(), action: "pass.start", object: "", ...actorOf(seen) });
    return "/passes?done=pass-started";
  });
}
