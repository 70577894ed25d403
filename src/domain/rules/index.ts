import type { Span } from "../calendar.ts";
import { addDays, laterDay, weekdayOf } from "../days.ts";
import type { Finding, Gap, RuleOutcome, Tally, WeekTally } from "../finding.ts";
import { remember } from "../remember.ts";
import { sumTallies } from "../tallies.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import { isUnlooked } from "../unlooked.ts";
import { RULES, SCHOOL_RULES } from "./catalogue.ts";
import { type ClassCase, prepareClass } from "./class-case.ts";
import type { CheckInput, Count, Outcome, RuleInfo } from "./rule.ts";
import type { SchoolCase } from "./school-case.ts";

type Counted = "inTime" | "late" | "missing" | "violation" | "unproved" | "pending";

const columns: Readonly<Record<Outcome, Counted>> = {
  "in-time": "inTime",
  late: "late",
  missing: "missing",
  violation: "violation",
  unproved: "unproved",
  pending: "pending",
};

/** All rules about one class, as of an instant. Pure; the same input gives the same findings in the same order. */
export function checkClass(input: CheckInput): RuleOutcome {
  return evaluate(RULES, prepareClass(input), input.snapshot.classExternalId, input.within);
}

/** The rules about the school as a whole. Pure likewise. */
export function checkWhole(of: SchoolCase): RuleOutcome {
  return evaluate(SCHOOL_RULES, of, "");
}

/**
 * Tells of findings of a class that its rules no longer find whether they were mended; what was mended once stays so. A changed policy mends nothing.
 * Pure.
 */
export function createMender(
  input: CheckInput,
  { samePolicy }: { readonly samePolicy: boolean },
): (gone: Finding & { readonly settledAt: EpochMs | null }) => boolean {
  let prepared: ClassCase | null = null;
  return (gone) => {
    const rule = RULES.find(({ id }) => id === gone.rule);
    if (rule?.mended === undefined) return false;
    if (gone.settledAt !== null) return true;
    prepared ??= prepareClass(input);
    return samePolicy && (rule.lacks?.(prepared) ?? null) === null && rule.mended(prepared, gone);
  };
}

interface Checked<Case> extends RuleInfo {
  lacks?(of: Case): string | null;
  lacksFor?(of: Case): readonly string[];
  check(of: Case, count: Count): Iterable<Finding>;
}

function evaluate<Case>(
  rules: readonly Checked<Case>[],
  of: Case,
  classExternalId: string,
  within?: Span,
): RuleOutcome {
  const belongs = (day: IsoDate | null | undefined) =>
    within === undefined || day == null || (within.from <= day && day <= within.to);
  const findings: Finding[] = [];
  const tallies: Tally[] = [];
  const weeks: WeekTally[] = [];
  const gaps: Gap[] = [];
  for (const rule of rules) {
    const lack = rule.lacks?.(of) ?? null;
    if (lack !== null) {
      gaps.push({ rule: rule.id, classExternalId, sentence: lack });
      continue;
    }
    for (const sentence of rule.lacksFor?.(of) ?? []) gaps.push({ rule: rule.id, classExternalId, sentence });
    const byPerson = new Map<string, Tally>();
    const byWeek = new Map<string, WeekTally>();
    const count: Count = (person, outcome, day) => {
      if (!belongs(day)) return;
      const accountable = person?.name ?? "";
      let tally = byPerson.get(accountable);
      if (tally === undefined) {
        tally = emptyTally(rule, accountable, classExternalId);
        byPerson.set(accountable, tally);
      }
      tally[columns[outcome]] += 1;
      if (outcome !== "in-time" || day == null) return;
      const from = partOfWeek(day);
      const key = from + accountable;
      const week = byWeek.get(key);
      if (week === undefined) byWeek.set(key, { rule: rule.id, accountable, classExternalId, from, inTime: 1 });
      else week.inTime += 1;
    };
    for (const finding of rule.check(of, count)) {
      if (!belongs(finding.lessonDate)) continue;
      findings.push(finding);
      const tally = isUnlooked(finding) ? byPerson.get(finding.accountable?.name ?? "") : undefined;
      if (tally !== undefined) tally.unlooked += 1;
    }
    tallies.push(...byPerson.values());
    weeks.push(...byWeek.values());
  }
  return { findings, tallies, weeks, gaps };
}

/** Weeks and months can both be made of them. */
const partOfWeek = remember(
  (day: IsoDate): IsoDate => laterDay(addDays(day, 1 - weekdayOf(day)), `${day.slice(0, 7)}-01`),
);

function emptyTally({ id: rule }: RuleInfo, accountable: string, classExternalId: string): Tally {
  return { rule, accountable, classExternalId, ...sumTallies([]) };
}
