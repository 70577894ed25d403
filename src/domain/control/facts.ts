import type { RuleId } from "../finding.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { Month } from "./month.ts";

/** The four parts of the control as clause 8 names them. */
export type PartId = "lessons" | "marks" | "attendance" | "programmes";

/** How the deadlines of one class or person came out. What is waived stands apart and in no other number but `checked`. */
export interface Counts {
  readonly checked: number;
  readonly inTime: number;
  readonly late: number;
  /** Not done, or done where it must not be. */
  readonly missing: number;
  readonly unproved: number;
  readonly waived: number;
  /** The deadline had not passed, or nobody has looked since: in no other number. */
  readonly pending: number;
  /** Provable lateness in milliseconds, from what the least late was at least to what the latest was at most; null without one. */
  readonly lateness: { readonly atLeast: number; readonly atMost: number } | null;
}

export interface CountedRow extends Counts {
  /** A class or a person; «» is nobody. */
  readonly name: string;
}

export interface ControlPart {
  readonly id: PartId;
  readonly total: Counts;
  readonly byClass: readonly CountedRow[];
  readonly byTeacher: readonly CountedRow[];
  /** Why a rule of this part judged nothing. */
  readonly gaps: readonly string[];
}

/** One case of the list. Ids and numbers only: the print adds nothing to them. */
export interface ControlCase {
  readonly findingId: string;
  readonly part: PartId;
  readonly rule: RuleId;
  readonly clause: string;
  readonly verdict: "late" | "missing" | "violation";
  readonly teacher: string;
  readonly className: string;
  readonly subject: string | null;
  readonly date: IsoDate | null;
  readonly dueAt: EpochMs | null;
  readonly lateness: { readonly atLeast: number; readonly atMost: number } | null;
  /** Number in the class list; null when the case is about no pupil. */
  readonly pupilNumber: number | null;
  /** From an earlier month, found only after its control. */
  readonly earlier: boolean;
  /** Who took it away and why; null while it counts. */
  readonly waived: { readonly author: string; readonly reason: string } | null;
}

/** What a control froze (Порядок, п. 8): the same for ever, whatever is found later. */
export interface ControlFacts {
  readonly month: Month;
  readonly number: number;
  readonly school: string;
  readonly simulation: boolean;
  readonly zone: string;
  readonly policy: string;
  readonly madeAt: EpochMs;
  readonly asOf: EpochMs;
  readonly parts: readonly ControlPart[];
  readonly cases: readonly ControlCase[];
  /** The last months, oldest first, this one last. */
  readonly trend: readonly TrendPoint[];
}

export interface TrendPoint {
  readonly month: Month;
  readonly decided: number;
  readonly inTime: number;
}
