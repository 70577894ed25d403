import type { Person } from "./facts.ts";
import type { EpochMs, IsoDate } from "./time.ts";

export type FindingStatus = "open" | "settled" | "waived" | "withdrawn";

/** `violation` is for rules without a deadline; `unproved` counts for nothing. */
export type FindingVerdict = "late" | "missing" | "violation" | "unproved";

/** A warning and a hint are shown and explained, but are no violations (rules.md § 3: `mark-written-missing`, `absence-consistent`). */
export type Severity = "violation" | "warning" | "hint";

/** What a rule found: pure, without a life of its own. */
export interface Finding {
  /** Made from rule, school, class, lesson and pupil alone: the same case has the same id for ever. */
  readonly id: string;
  readonly rule: RuleId;
  readonly clause: string;
  readonly verdict: FindingVerdict;
  readonly severity: Severity;
  /** True when nothing is left to be done: the fact has appeared, or the forbidden one is gone. */
  readonly settled: boolean;
  readonly dueAt: EpochMs | null;
  readonly absentAt: EpochMs | null;
  readonly seenAt: EpochMs | null;
  readonly classExternalId: string;
  readonly className: string;
  readonly subjectExternalId: string | null;
  readonly subject: string | null;
  readonly lessonDate: IsoDate | null;
  readonly lessonExternalId: string | null;
  readonly pupilExternalId: string | null;
  /** What else the case is about: a term, a month, a week, a group. */
  readonly about: string | null;
  readonly accountable: Person | null;
  /** What explains it besides: work type, letters before and after. Never a name. */
  readonly details: Readonly<Record<string, string | number | readonly string[] | null>>;
}

export type RuleId =
  | "lesson-same-day"
  | "absence-same-day"
  | "mark-oral"
  | "mark-written"
  | "mark-written-missing"
  | "no-marks-grade-one"
  | "absence-consistent"
  | "page-assigned"
  | "journal-current"
  | "programme-fulfilled"
  | "final-mark-24h"
  | "notice-biweekly"
  | "delivery-agreed"
  | "parents-look"
  | "control-monthly"
  | "archive-weekly"
  | "roster-current"
  | "work-type-known"
  | "letter-known";

/** How many deadlines were judged and how they came out. */
export interface TallyCounts {
  inTime: number;
  late: number;
  missing: number;
  violation: number;
  unproved: number;
  /** Of the unproved: what stood there at the first look already, so that no pass could have proved it. */
  unlooked: number;
  pending: number;
}

/** The same per accountable person (name, or «» for nobody). */
export interface Tally extends TallyCounts {
  readonly rule: RuleId;
  readonly accountable: string;
  readonly classExternalId: string;
}

/** What of a tally no finding tells, by the lessons' days: deadlines that were kept. Whatever belongs to no day is not in it. */
export interface WeekTally extends Pick<Tally, "rule" | "accountable" | "classExternalId"> {
  /** The first day of a week, or of its part that lies in another month: Monday, or the first of the month. */
  readonly from: IsoDate;
  inTime: number;
}

/** A rule that judged nothing because the school has not told what it needs; the sentence says what to import. */
export interface Gap {
  readonly rule: RuleId;
  /** «»: the whole school. */
  readonly classExternalId: string;
  readonly sentence: string;
}

export interface RuleOutcome {
  readonly findings: readonly Finding[];
  readonly tallies: readonly Tally[];
  readonly weeks: readonly WeekTally[];
  readonly gaps: readonly Gap[];
}

/** A finding with its life (rules.md § 4), as the store keeps it. */
export interface StoredFinding extends Finding {
  readonly status: FindingStatus;
  /** When a check first found it. */
  readonly openedAt: EpochMs;
  readonly settledAt: EpochMs | null;
  readonly withdrawnAt: EpochMs | null;
  readonly waivedAt: EpochMs | null;
  /** The waiver that took it away, while it is waived. */
  readonly waiverId: number | null;
}

export type FindingEventKind = "opened" | "settled" | "waived" | "withdrawn" | "reopened" | "changed";

/** One step of a finding's life; never deleted. */
export interface FindingEvent {
  readonly findingId: string;
  readonly at: EpochMs;
  readonly kind: FindingEventKind;
  /** Who did it: `sverka` for the service itself. */
  readonly author: string;
  readonly cause: string;
}

/** What a check changes in the store: nothing at all when it is repeated. */
export interface FindingChanges {
  readonly upserts: readonly StoredFinding[];
  readonly events: readonly FindingEvent[];
}
