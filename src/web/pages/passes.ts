import { loadOverview } from "../../store/overview.ts";
import type { Doors } from "../doors/pages.ts";
import { html } from "../html.ts";
import { alertsSection } from "../sections/alerts.ts";
import { when } from "../sections/format.ts";
import { lastPassSection } from "../sections/last-pass.ts";
import { outboxSection } from "../sections/outbox.ts";
import { passesSection } from "../sections/passes.ts";
import { ticksSection } from "../sections/ticks.ts";
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
      body: html`${alertsSection(view)}${lastPassSection(view)}${passesSection(view)}
<div class="columns">${ticksSection(view)}${outboxSection(view)}</div>
<footer>Страница составлена ${when(seen.now, seen)} и обновляется сама. Журнал: ${overview.build ?? "сборка ещё не известна"}. Программа ${needs.version}.</footer>`,
    };
  });
}
