import { type SchoolCalendar, schoolYearOf } from "../domain/calendar.ts";
import { dayOf } from "../domain/days.ts";
import type { ClassSnapshot } from "../domain/facts.ts";
import type { Finding, FindingChanges, Gap, RuleOutcome, StoredFinding, Tally } from "../domain/finding.ts";
import { reconcile } from "../domain/life.ts";
import { createMapping, type MappingSettings } from "../domain/mapping.ts";
import type { Policy } from "../domain/policy.ts";
import { checkClass, checkWhole, createMender } from "../domain/rules/index.ts";
import type { EpochMs } from "../domain/time.ts";
import { createWaiverFinder } from "../domain/waiver.ts";
import { type WithdrawalInput, withdrawalCause } from "../domain/withdrawal.ts";
import { lastCheck, saveCheck } from "../store/checks.ts";
import type { Store } from "../store/connect.ts";
import { listFindings, saveFindings } from "../store/findings.ts";
import { inTurn } from "../store/lock.ts";
import { endOfPassUnderWay } from "../store/passes.ts";
import { schoolSnapshot } from "../store/school-snapshot.ts";
import type { SchoolRecord } from "../store/schools.ts";
import { classSnapshots } from "../store/snapshot.ts";
import { listWaivers } from "../store/waivers.ts";

export interface CheckNeeds {
  readonly store: Store;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
  readonly mapping: MappingSettings;
}

export interface CheckResult {
  readonly asOf: EpochMs;
  /** Every finding with its life; withdrawn ones included. */
  readonly findings: readonly StoredFinding[];
  readonly tallies: readonly Tally[];
  /** Rules that judged nothing for want of facts. */
  readonly gaps: readonly Gap[];
  /** False for a look into the past, or where it was only to be shown: it changes nothing. */
  readonly saved: boolean;
}

/**
 * The present, asked for when the check's turn has come. Nothing is newer: what was checked «later» was checked by a clock that was
 * wrong, and stands in nobody's way.
 */
export type Present = () => EpochMs | Promise<EpochMs>;

export interface CheckOptions {
  readonly onlyShow?: boolean;
  /** Sees each class as the rules saw it, for whoever asks more of the same facts. */
  readonly onClass?: (seen: ClassCheck) => void;
}

export interface ClassCheck {
  readonly snapshot: ClassSnapshot;
  readonly asOf: EpochMs;
}

/**
 * Evaluates all rules over a school, class by class, as of an instant, and keeps what changed. An instant before the last check is only shown:
 * an old answer never overwrites a newer one.
 */
export function checkSchool(
  needs: CheckNeeds,
  school: SchoolRecord,
  moment: EpochMs | Present,
  options: CheckOptions = {},
): Promise<CheckResult> {
  return inTurn(needs.store, school.id, async () => {
    if (typeof moment !== "function") return check(needs, school, moment, options);
    return check(needs, school, await moment(), { ...options, present: true });
  });
}

async function check(
  needs: CheckNeeds,
  school: SchoolRecord,
  moment: EpochMs,
  { onlyShow = false, present = false, onClass }: CheckOptions & { present?: boolean },
): Promise<CheckResult> {
  const { store, policy, calendar, mapping: mappingSettings } = needs;
  // A pass that was under way at that moment is taken whole: half a pass would know of one class and not of the next.
  const asOf = Math.max(moment, (await endOfPassUnderWay(store, school.id, moment)) ?? moment);
  const last = await lastCheck(store, school.id);
  const saved = !onlyShow && (present || last === null || last.asOf <= asOf);
  const mapping = createMapping(mappingSettings, school.maxMark);
  const before = Map.groupBy(await listFindings(store, school.id), (finding) => finding.classExternalId);
  const findings: StoredFinding[] = [];
  const tallies: Tally[] = [];
  const gaps: Gap[] = [];
  const place = { ...school, zone: calendar.zone };
  const yearOf = (at: EpochMs) => schoolYearOf(dayOf(at, calendar.zone));
  // Facts of one school year are judged; the findings of the years before stay as they were.
  const ofThisYear = ({ lessonDate, dueAt, openedAt }: StoredFinding) =>
    (lessonDate === null ? yearOf(dueAt ?? openedAt) : schoolYearOf(lessonDate)) === yearOf(asOf);

  const waiverOf = createWaiverFinder(await listWaivers(store.pool, school.id), asOf, calendar.zone);
  const versions = { before: last?.policy ?? null, now: policy.version };

  const samePolicy = versions.before === null || versions.before === versions.now;

  const take = async (
    externalId: string,
    outcome: RuleOutcome,
    snapshot: WithdrawalInput["snapshot"],
    mended: (gone: StoredFinding) => boolean,
  ) => {
    const stored = saved ? (before.get(externalId) ?? []) : [];
    const changes = reconcile({
      stored,
      found: outcome.findings,
      at: asOf,
      scope: ofThisYear,
      waiverOf,
      mended,
      withdrawalCause: (gone) => withdrawalCause({ snapshot, calendar, gaps: outcome.gaps, policy: versions }, gone),
    });
    if (saved) await saveFindings(store, school.id, changes);
    findings.push(...standing(stored, changes));
    tallies.push(...outcome.tallies);
    gaps.push(...outcome.gaps);
  };
  for await (const snapshot of classSnapshots(store, place, asOf)) {
    const input = { snapshot, policy, calendar, mapping, asOf };
    await take(snapshot.classExternalId, checkClass(input), snapshot, createMender(input, { samePolicy }));
    onClass?.({ snapshot, asOf });
  }
  const whole = await schoolSnapshot(store, place, asOf);
  const today = dayOf(asOf, calendar.zone);
  const outcome = checkWhole({ snapshot: whole, policy, calendar, asOf, today });
  await take("", outcome, { lessons: [], grade: null, className: "" }, () => false);
  if (saved) await saveCheck(store, school.id, { asOf, policy: policy.version, tallies, gaps });
  return { asOf, findings, tallies, gaps, saved };
}

/** What stands after the changes: the stored findings with the changed ones in their place. */
function standing(stored: readonly StoredFinding[], { upserts }: FindingChanges): StoredFinding[] {
  const byId = new Map<Finding["id"], StoredFinding>(stored.map((finding) => [finding.id, finding]));
  for (const finding of upserts) byId.set(finding.id, finding);
  return [...byId.values()].sort(byDateRuleAndId);
}

/** The same order whether a finding is new or was stored before. */
function byDateRuleAndId(a: StoredFinding, b: StoredFinding): number {
  const key = ({ lessonDate, rule, id }: StoredFinding) => `${lessonDate} ${rule} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}
