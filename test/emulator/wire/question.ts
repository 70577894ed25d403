import type { EpochMs } from "../../../src/domain/time.ts";
import type { View } from "./view.ts";

export type Version = "3.1" | "4.1";

/** Who asks, and what the account may see. */
export interface Viewer {
  readonly kind: number;
  readonly staff: boolean;
  readonly fullName?: string;
  seesClass(classId: string): boolean;
  seesPupil(pupilId: string): boolean;
  seesSubject(classId: string, subjectId: string): boolean;
  seesPage(classId: string, subjectId: string, group: number): boolean;
}

export interface Question {
  readonly view: View;
  readonly version: Version;
  readonly at: EpochMs;
  readonly viewer: Viewer;
  /** The last value of each parameter, and all of `ids`. */
  readonly params: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
}

export interface Action {
  /** Staff only; others get `[]`. */
  readonly staffOnly?: true;
  answer(question: Question): string;
  /** Answers with the same state have the same body; missing means not kept. */
  state?(question: Question): string;
}

const DATES = ["currentDate", "period_begin", "period_end", "begin_dt", "end_dt"];

/**
 * Whether the account may have an answer at all: about a class and a pupil that it sees, the pupil in that class, about this school year, days written
 * `DD.MM.YYYY`. Otherwise the journal answers `[]`, with no error.
 */
export function isAnswerable({ view, viewer, params }: Question, { staffOnly }: Action): boolean {
  const { cls, student, uchYear } = params;
  if (staffOnly && !viewer.staff) return false;
  if (cls !== undefined && !viewer.seesClass(cls)) return false;
  if (student !== undefined && !viewer.seesPupil(student)) return false;
  if (cls !== undefined && student !== undefined && view.classOf(student)?.id !== cls) return false;
  if (uchYear !== undefined && uchYear !== `${view.school.year}`) return false;
  return DATES.every((name) => params[name] === undefined || /^\d\d\.\d\d\.\d{4}$/.test(params[name]));
}
