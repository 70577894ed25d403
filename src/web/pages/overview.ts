import { z } from "zod";
import type { Reach } from "../../domain/access/may.ts";
import { dayOf } from "../../domain/days.ts";
import { compareClasses } from "../../domain/notice/class-order.ts";
import { lastPeriods } from "../../domain/report/periods.ts";
import type { Store } from "../../store/connect.ts";
import { accountableNames, countsByPerson } from "../../store/findings.ts";
import { loadOverview } from "../../store/overview.ts";
import { sharedRead } from "../../store/shared-read.ts";
import { listClasses } from "../../store/snapshot.ts";
import { loadTrend, watchedSince } from "../../store/trend.ts";
import { queryOf } from "../doors/form.ts";
import type { Doors } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { findingsSection } from "../sections/findings.ts";
import { type Day, dayOnly, when } from "../sections/format.ts";
import { noticesSection } from "../sections/notices.ts";
import { type TrendFilters, trendSection } from "../sections/trend.ts";

const filtersOf = z.object({
  unit: z.enum(["week", "month"]),
  class: z.string().max(100),
  person: z.string().max(200),
  rule: z.string().max(40),
});
const PERIODS = { week: 8, month: 6 } as const;

/** Обзор: open findings, evidence, how both came about, and how the notices go. No pupil is named on it. */
export function addOverview(doors: Doors): void {
  const { store, schoolId } = doors.needs;

  doors.page("/overview", { kind: "right", action: "overview.see" }, async (seen) => ({
    title: "Обзор",
    here: "/overview",
    refreshSeconds: 300,
    body: html`<h1 class="title">Обзор</h1>${await sectionsOf(store, schoolId, dayOnly(seen), queryOf(seen.request, filtersOf), seen.reach("findings.see"))}
<footer>Страница составлена ${when(seen.now, seen)}.</footer>`,
  }));
}

/** They are long, and the same all day for all who ask, until something is written. */
const sectionsOf = sharedRead(
  async (store: Store, schoolId: number, day: Day, filters: TrendFilters, reach: Reach): Promise<Html> => {
    const [overview, people, trends] = await Promise.all([
      loadOverview(store, schoolId),
      countsByPerson(store, schoolId),
      trend(store, schoolId, day, filters, reach),
    ]);
    const view = { overview, ...day };
    return html`${findingsSection(view, people)}${trends}${noticesSection(view)}`;
  },
);

async function trend(store: Store, schoolId: number, day: Day, filters: TrendFilters, reach: Reach): Promise<Html> {
  const { unit = "week", class: classExternalId, person: accountable, rule } = filters;
  const today = dayOf(day.now, day.zone);
  const since = dayOf((await watchedSince(store, schoolId)) ?? day.now, day.zone);
  const periods = lastPeriods(unit, today, PERIODS[unit]).filter(({ to }) => to >= since);
  const [from, to] = [periods[0]?.from ?? "", periods.at(-1)?.to ?? ""];
  const [counts, classes, people] = await Promise.all([
    loadTrend(store, schoolId, { unit, from, to, since, classExternalId, accountable, rule }),
    listClasses(store, schoolId),
    accountableNames(store, schoolId, reach),
  ]);
  return trendSection({
    trend: counts,
    filters,
    periods,
    since,
    classes: classes.toSorted((a, b) => compareClasses(a.name, b.name)),
    people,
  });
}
