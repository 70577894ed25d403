import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { evidenceIn } from "../domain/tallies.ts";
import type { Overview } from "../store/overview.ts";

export interface QueueCounts {
  readonly [queue: string]: Readonly<Record<string, number>>;
}

/** What a monitoring system reads at `/metrics`; made anew from the store at each asking. */
export function createMetrics(): {
  text(overview: Overview, queues: QueueCounts): Promise<string>;
  readonly type: string;
} {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "sverka_" });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const pages = gauge("sverka_pass_pages", "Pages of the last pass by outcome", ["outcome"]);
  const facts = gauge("sverka_pass_facts", "Facts of the last pass by what happened to them", ["change"]);
  const finished = gauge("sverka_pass_finished_timestamp_seconds", "When the last pass ended");
  const duration = gauge("sverka_pass_duration_seconds", "How long the last ended pass took");
  const good = gauge("sverka_pass_complete", "1 when the last ended pass was complete");
  const open = gauge("sverka_findings_open", "Open findings that are proved, by rule and severity", [
    "rule",
    "severity",
  ]);
  const judged = gauge(
    "sverka_deadlines",
    "Deadlines of the last check by rule and outcome; unlooked: nobody had looked before",
    ["rule", "outcome"],
  );
  const alerts = gauge("sverka_alerts_open", "Troubles that are not over, by kind", ["kind"]);
  const outbox = gauge("sverka_outbox_letters", "Letters in the outbox by state", ["state"]);
  const queue = gauge("sverka_queue_jobs", "Jobs by queue and state", ["queue", "state"]);

  return {
    type: registry.contentType,
    async text(overview, queues) {
      for (const one of [pages, facts, open, judged, alerts, outbox, queue]) one.reset();
      const last = overview.passes.find((pass) => pass.state !== "running");
      if (last) {
        for (const [outcome, value] of Object.entries({
          done: last.pagesDone,
          same: last.pagesSame,
          failed: last.pagesFailed,
          quarantined: last.quarantined,
        })) {
          pages.set({ outcome }, value);
        }
        for (const [change, value] of Object.entries({
          added: last.added,
          changed: last.changed,
          vanished: last.vanished,
        }))
          facts.set({ change }, value);
        good.set(last.state === "done" ? 1 : 0);
        if (last.finishedAt !== null) {
          finished.set(last.finishedAt / 1000);
          duration.set((last.finishedAt - last.startedAt) / 1000);
        }
      }
      for (const row of overview.findings) open.inc({ rule: row.rule, severity: row.severity }, row.open);
      for (const { rule, ...outcomes } of overview.check?.tallies ?? [])
        for (const [outcome, value] of Object.entries({ ...outcomes, unproved: evidenceIn(outcomes).undecided }))
          judged.inc({ rule, outcome }, value);
      for (const { kind } of overview.alerts) alerts.inc({ kind });
      for (const [state, value] of Object.entries(overview.outbox)) outbox.set({ state }, value);
      for (const [name, states] of Object.entries(queues))
        for (const [state, value] of Object.entries(states)) queue.set({ queue: name, state }, value);
      return registry.metrics();
    },
  };
}
