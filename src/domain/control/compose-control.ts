import type { Finding, RuleOutcome, StoredFinding, Tally } from "../finding.ts";
import { compareClasses } from "../notice/class-order.ts";
import type { EpochMs } from "../time.ts";
import { caseLateness, countsOf } from "./counts.ts";
import type { ControlCase, ControlFacts, ControlPart, CountedRow, TrendPoint } from "./facts.ts";
import { type Month, monthOf, spanOf } from "./month.ts";
import { PARTS, type PartOfClause } from "./parts.ts";

export interface ControlInput {
  readonly month: Month;
  readonly number: number;
  readonly school: { readonly name: string; readonly zone: string };
  readonly simulation: boolean;
  readonly policy: string;
  readonly madeAt: EpochMs;
  readonly asOf: EpochMs;
  /** What the rules say of the month, class by class. */
  readonly classes: readonly { readonly name: string; readonly outcome: RuleOutcome }[];
  /** Every finding with its life, for waivers and for what came to light after earlier controls. */
  readonly stored: readonly StoredFinding[];
  /** Who took a waived finding away and why, by its id. */
  readonly waivers: ReadonlyMap<string, { readonly author: string; readonly reason: string }>;
  readonly pupilNumbers: ReadonlyMap<string, number>;
  /** Controls that were made before, oldest first. */
  readonly earlier: readonly Pick<ControlFacts, "month" | "asOf" | "parts">[];
}

const TREND = 6;

/** The monthly control of «Порядок», п. 8, from what was known at `asOf`. Pure: frozen as it comes out. */
export function composeControl(input: ControlInput): ControlFacts {
  const { month, number, school, simulation, policy, madeAt, asOf, classes, earlier } = input;
  const parts = PARTS.map((part) => partOf(part, input));
  const ofMonth = classes.flatMap(({ outcome }) => outcome.findings);
  const cases = [...casesOf(ofMonth, false, input), ...casesOf(lateFound(input), true, input)].sort(compareCases);
  const trend = [...earlier, { month, parts }].slice(-TREND).map(pointOf);
  const frozen = { month, number, school: school.name, simulation, zone: school.zone, policy, madeAt, asOf };
  return { ...frozen, parts, cases, trend };
}

function partOf({ id, rules: counted, listed }: PartOfClause, { classes, waivers }: ControlInput): ControlPart {
  const rules = new Set(counted);
  const told = new Set([...counted, ...listed]);
  const own = classes.map(({ name, outcome }) => ({
    name,
    findings: outcome.findings.filter(({ rule }) => rules.has(rule)),
    tallies: outcome.tallies.filter(({ rule }) => rules.has(rule)),
    gaps: outcome.gaps.filter(({ rule }) => told.has(rule)),
  }));
  const isWaived = ({ id: finding }: Finding) => waivers.has(finding);
  const count = (tallies: readonly Tally[], findings: readonly Finding[]) => countsOf(tallies, findings, isWaived);
  const findings = own.flatMap((one) => one.findings);
  const tallies = own.flatMap((one) => one.tallies);
  const persons = new Set(tallies.map(({ accountable }) => accountable));
  const byClass = own
    .map((one): CountedRow => ({ name: one.name, ...count(one.tallies, one.findings) }))
    .filter(hasCounts)
    .sort((one, other) => compareClasses(one.name, other.name));
  const byTeacher = [...persons]
    .map((name): CountedRow => {
      const theirs = findings.filter(({ accountable }) => (accountable?.name ?? "") === name);
      return {
        name,
        ...count(
          tallies.filter(({ accountable }) => accountable === name),
          theirs,
        ),
      };
    })
    .filter(hasCounts)
    .sort((one, other) => one.name.localeCompare(other.name, "ru"));
  const gaps = [...new Set(own.flatMap((one) => one.gaps.map(({ sentence }) => sentence)))];
  return { id, total: count(tallies, findings), byClass, byTeacher, gaps };
}

const hasCounts = ({ checked, pending }: CountedRow) => checked + pending > 0;

/** Violations of earlier months that no earlier control could know of: «later findings go to the next». */
function lateFound({ month, stored, earlier }: ControlInput): StoredFinding[] {
  const last = earlier[earlier.length - 1];
  if (last === undefined) return [];
  const { from } = spanOf(month);
  const controlled = new Set(earlier.map((control) => control.month));
  return stored.filter(
    ({ lessonDate, openedAt, status }) =>
      status !== "withdrawn" &&
      lessonDate !== null &&
      lessonDate < from &&
      controlled.has(monthOf(lessonDate)) &&
      openedAt > last.asOf,
  );
}

function casesOf(findings: readonly Finding[], earlier: boolean, input: ControlInput): ControlCase[] {
  return findings.flatMap((finding): ControlCase[] => {
    const { verdict, severity, rule, clause, accountable, className, subject, lessonDate, dueAt, pupilExternalId } =
      finding;
    const part = PARTS.find(({ rules, listed }) => rules.includes(rule) || listed.includes(rule));
    if (verdict === "unproved" || severity !== "violation" || part === undefined) return [];
    return [
      {
        findingId: finding.id,
        part: part.id,
        rule,
        clause,
        verdict,
        teacher: accountable?.name ?? "",
        className,
        subject,
        date: lessonDate,
        dueAt,
        lateness: caseLateness(finding),
        pupilNumber: pupilExternalId === null ? null : (input.pupilNumbers.get(pupilExternalId) ?? null),
        earlier,
        waived: input.waivers.get(finding.id) ?? null,
      },
    ];
  });
}

function compareCases(one: ControlCase, other: ControlCase): number {
  const order = ({ part }: ControlCase) => PARTS.findIndex(({ id }) => id === part);
  return (
    order(one) - order(other) ||
    one.teacher.localeCompare(other.teacher, "ru") ||
    compareClasses(one.className, other.className) ||
    (one.date ?? "").localeCompare(other.date ?? "") ||
    one.findingId.localeCompare(other.findingId)
  );
}

function pointOf({ month, parts }: Pick<ControlFacts, "month" | "parts">): TrendPoint {
  const sum = (of: (part: ControlPart) => number) => parts.reduce((total, part) => total + of(part), 0);
  const inTime = sum(({ total }) => total.inTime);
  return { month, inTime, decided: inTime + sum(({ total }) => total.late + total.missing) };
}
