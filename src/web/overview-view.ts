import type { EpochMs } from "../domain/time.ts";
import type { Overview } from "../store/overview.ts";
import { html } from "./html.ts";
import { page } from "./page.ts";
import { alertsSection } from "./sections/alerts.ts";
import { findingsSection } from "./sections/findings.ts";
import { when } from "./sections/format.ts";
import { lastPassSection } from "./sections/last-pass.ts";
import { noticesSection } from "./sections/notices.ts";
import { outboxSection } from "./sections/outbox.ts";
import { passesSection } from "./sections/passes.ts";
import { ticksSection } from "./sections/ticks.ts";

export interface OverviewView {
  readonly overview: Overview;
  readonly now: EpochMs;
  readonly zone: string;
  readonly version: string;
  readonly nextTicks: readonly { readonly job: string; readonly at: EpochMs | null }[];
  readonly mailPlace: MailPlace;
}

/** Where letters go: a server's name, or a folder. */
export interface MailPlace {
  readonly kind: "server" | "folder";
  readonly name: string;
}

/** The first page: what an administrator and a deputy director ask first, in that order. No pupil is named on it. */
export function overviewPage(view: OverviewView): string {
  const { overview, now, version } = view;
  return page({
    title: "Обзор",
    here: "/",
    simulation: overview.simulation,
    school: overview.schoolName,
    refreshSeconds: overview.passes[0]?.state === "running" ? 3 : 60,
    body: html`${alertsSection(view)}${lastPassSection(view)}${findingsSection(view)}${noticesSection(view)}${passesSection(view)}
<div class="columns">${ticksSection(view)}${outboxSection(view)}</div>
<footer>Страница составлена ${when(now, view)} и обновляется сама. Журнал: ${overview.build ?? "сборка ещё не известна"}. Программа ${version}.</footer>`,
  });
}
