import type { RuleId } from "../finding.ts";
import { absenceConsistent } from "./absence-consistent.ts";
import { absenceSameDay } from "./absence-same-day.ts";
import { archiveWeekly } from "./archive-weekly.ts";
import { controlMonthly } from "./control-monthly.ts";
import { deliveryAgreed } from "./delivery-agreed.ts";
import { finalMark24h } from "./final-mark-24h.ts";
import { journalCurrent } from "./journal-current.ts";
import { lessonSameDay } from "./lesson-same-day.ts";
import { letterKnown } from "./letter-known.ts";
import { markOral } from "./mark-oral.ts";
import { markWritten } from "./mark-written.ts";
import { markWrittenMissing } from "./mark-written-missing.ts";
import { noMarksGradeOne } from "./no-marks-grade-one.ts";
import { noticeBiweekly } from "./notice-biweekly.ts";
import { pageAssigned } from "./page-assigned.ts";
import { parentsLook } from "./parents-look.ts";
import { programmeFulfilled } from "./programme-fulfilled.ts";
import { rosterCurrent } from "./roster-current.ts";
import type { Rule, RuleInfo, SchoolRule } from "./rule.ts";
import { workTypeKnown } from "./work-type-known.ts";

/** The rules about a class (rules.md § 3), in the order in which people read of them. */
export const RULES: readonly Rule[] = [
  lessonSameDay,
  absenceSameDay,
  markOral,
  markWritten,
  markWrittenMissing,
  noMarksGradeOne,
  absenceConsistent,
  journalCurrent,
  finalMark24h,
  rosterCurrent,
  workTypeKnown,
  letterKnown,
  pageAssigned,
  programmeFulfilled,
  noticeBiweekly,
  deliveryAgreed,
  parentsLook,
];

/** The rules about the school as a whole. */
export const SCHOOL_RULES: readonly SchoolRule[] = [controlMonthly, archiveWeekly];

const byId: ReadonlyMap<RuleId, RuleInfo> = new Map([...RULES, ...SCHOOL_RULES].map((rule) => [rule.id, rule]));

/** The rule of that id. Throws a `RangeError` for one that the catalogue does not hold. */
export function ruleOf(id: RuleId): RuleInfo {
  const rule = byId.get(id);
  if (rule === undefined) throw new RangeError(`no rule «${id}»`);
  return rule;
}
