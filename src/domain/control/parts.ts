import type { RuleId } from "../finding.ts";
import type { PartId } from "./facts.ts";

export interface PartOfClause {
  readonly id: PartId;
  readonly title: string;
  /** Their deadlines are the part's figures: all of one kind. */
  readonly rules: readonly RuleId[];
  /** Their cases stand in the part's list, but a page or a term is no lesson and no mark: the figures do not add them up. */
  readonly listed: readonly RuleId[];
}

/** Clause 8, «Порядок»: what each part of the control is called there, and which rules answer it. */
export const PARTS: readonly PartOfClause[] = [
  {
    id: "lessons",
    title: "Своевременность отражения в журнале занятий",
    rules: ["lesson-same-day"],
    listed: ["journal-current"],
  },
  {
    id: "marks",
    title: "Своевременность выставления отметок",
    rules: ["mark-oral", "mark-written", "mark-written-missing", "no-marks-grade-one"],
    listed: ["final-mark-24h"],
  },
  { id: "attendance", title: "Отражение посещаемости занятий", rules: ["absence-same-day"], listed: [] },
  {
    id: "programmes",
    title: "Выполнение программ по предметам в соответствии с учебным планом",
    rules: ["programme-fulfilled"],
    listed: [],
  },
];
