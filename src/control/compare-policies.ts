import type { SchoolCalendar } from "../domain/calendar.ts";
import { dayOf } from "../domain/days.ts";
import type { Finding } from "../domain/finding.ts";
import { createMapping, type MappingSettings } from "../domain/mapping.ts";
import type { Policy } from "../domain/policy.ts";
import { comparePolicies, type PolicyDifference } from "../domain/policy-difference.ts";
import { checkClass, checkWhole } from "../domain/rules/index.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "../store/connect.ts";
import { schoolSnapshot } from "../store/school-snapshot.ts";
import type { SchoolRecord } from "../store/schools.ts";
import { classSnapshots } from "../store/snapshot.ts";

export interface CompareNeeds {
  readonly store: Store;
  readonly calendar: SchoolCalendar;
  readonly mapping: MappingSettings;
  readonly school: SchoolRecord;
}

/** Evaluates the stored past under two policies and tells what would appear, disappear and change (rules.md § 4). Writes nothing. */
export async function policyDifference(
  { store, calendar, mapping: settings, school }: CompareNeeds,
  policies: { before: Policy; after: Policy },
  asOf: EpochMs,
): Promise<PolicyDifference> {
  const mapping = createMapping(settings, school.maxMark);
  const place = { ...school, zone: calendar.zone };
  const before: Finding[] = [];
  const after: Finding[] = [];
  for await (const snapshot of classSnapshots(store, place, asOf)) {
    before.push(...checkClass({ snapshot, policy: policies.before, calendar, mapping, asOf }).findings);
    after.push(...checkClass({ snapshot, policy: policies.after, calendar, mapping, asOf }).findings);
  }
  const whole = {
    snapshot: await schoolSnapshot(store, place, asOf),
    calendar,
    asOf,
    today: dayOf(asOf, calendar.zone),
  };
  before.push(...checkWhole({ ...whole, policy: policies.before }).findings);
  after.push(...checkWhole({ ...whole, policy: policies.after }).findings);
  return comparePolicies(before, after);
}
