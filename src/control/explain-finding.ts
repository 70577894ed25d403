import type { SchoolCalendar } from "../domain/calendar.ts";
import { explain } from "../domain/explain.ts";
import type { StoredFinding } from "../domain/finding.ts";
import type { Policy } from "../domain/policy.ts";
import type { Store } from "../store/connect.ts";
import { eventsOf } from "../store/findings.ts";
import { passesAround } from "../store/passes.ts";
import { listClasses } from "../store/snapshot.ts";

export interface ExplainNeeds {
  readonly store: Store;
  readonly schoolId: number;
  readonly zone: string;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
}

const DAY = 24 * 60 * 60 * 1000;

/** A finding in plain Russian: what was expected, what which passes saw, why it counts or not. `pupil`: how to call them. */
export async function explainFinding(needs: ExplainNeeds, finding: StoredFinding, pupil?: string): Promise<string> {
  const { store, schoolId, zone, policy, calendar } = needs;
  const instants = [finding.dueAt, finding.absentAt, finding.seenAt].filter((at) => at !== null);
  const passes =
    instants.length === 0
      ? []
      : await passesAround(store, schoolId, Math.min(...instants) - DAY, Math.max(...instants));
  const classes = await listClasses(store, schoolId);
  const grade = classes.find((one) => one.externalId === finding.classExternalId)?.grade ?? null;
  const events = await eventsOf(store, finding.id);
  return explain({ finding, events, passes, zone, policy, calendar, grade, ...(pupil === undefined ? {} : { pupil }) });
}
