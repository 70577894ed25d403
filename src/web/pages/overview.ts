import { z } from "zod";
import { dayOf } from "../../domain/days.ts";
import { compareClasses } from "../../domain/notice/class-order.ts";
import { lastPeriods } from "../../domain/report/periods.ts";
import { accountableNames, countsByPerson } from "../../store/findings.ts";
import { loadOverview } from "../../store/overview.ts";
import { listClasses } from "../../store/snapshot.ts";
import { loadTrend, watchedSince } from "../../store/trend.ts";
import { queryOf } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { findingsSection } from "../sections/findings.ts";
import { when } from "../sections/format.ts";
import { noticesSection } from "../sections/notices.ts";
import { trendSection } from "../sections/trend.ts";
import { viewOf } from "./view.ts";

const filtersOf = z.object({
  unit: z.enum(["week", "month"]),
  class: z.string().max(100),
  person: z.string().max(200),
  rule: z.string().max(40),
});
const PERIODS = { week: 8, month: 6 } as const;

/** Обзор: open findings, evidence, how both came about, and how the notices go. No pupil is named on it. */
export function addOverview(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId } = needs;

  doors.page("/overview", { kind: "right", action: "overview.see" }, async (seen) => {
    const view = viewOf(needs, await loadOverview(store, schoolId), seen);
    return {
      title: "Обзор",
      here: "/overview",
      refreshSeconds: 300,
      body: html`<h1 class="title">Обзор</h1>${findingsSection(view, await countsByPerson(store, schoolId))}${await trend(seen)}${noticesSection(view)}
<footer>Страница составлена ${when(seen.now, seen)}.</footer>`,
    };
  });

  async function trend(seen: Seen): Promise<Html> {
    const filters = queryOf(seen.request, filtersOf);
    const unit = filters.unit ?? "week";
    const since = dayOf((await watchedSince(store, schoolId)) ?? seen.now, seen.zone);
    const periods = lastPeriods(unit, dayOf(seen.now, seen.zone), PERIODS[unit]).filter(({ to }) => to >= since);
    const [from, to] = [periods[0]?.from ?? "", periods.at(-1)?.to ?? ""];
    const { class: classExternalId, person: accountable, rule } = filters;
    const classes = await listClasses(store, schoolId);
    return trendSection({
      trend: await loadTrend(store, schoolId, { unit, from, to, since, classExternalId, accountable, rule }),
      filters,
      periods,
      since,
      classes: classes.toSorted((a, b) => compareClasses(a.name, b.name)),
      people: await accountableNames(store, schoolId, seen.reach("findings.see")),
    });
  }
}
