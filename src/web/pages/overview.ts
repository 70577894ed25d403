import { countsByPerson } from "../../store/findings.ts";
import { loadOverview } from "../../store/overview.ts";
import type { Doors } from "../doors/pages.ts";
import { html } from "../html.ts";
import { findingsSection, peopleSection } from "../sections/findings.ts";
import { when } from "../sections/format.ts";
import { noticesSection } from "../sections/notices.ts";
import { viewOf } from "./view.ts";

/** Обзор: open findings, evidence, and how the notices go. No pupil is named on it. */
export function addOverview(doors: Doors): void {
  const { needs } = doors;
  doors.page("/overview", { kind: "right", action: "overview.see" }, async (seen) => {
    const view = viewOf(needs, await loadOverview(needs.store, needs.schoolId), seen);
    return {
      title: "Обзор",
      here: "/overview",
      refreshSeconds: 300,
      body: html`<h1 class="title">Обзор</h1>${findingsSection(view)}${peopleSection(await countsByPerson(needs.store, needs.schoolId))}${noticesSection(view)}
<footer>Страница составлена ${when(seen.now, seen)}.</footer>`,
    };
  });
}
