import type { EpochMs } from "../time.ts";
import type { AbsenceFigures } from "./absences.ts";
import type { Between } from "./between.ts";
import type { Result } from "./result.ts";
import type { PupilStanding } from "./standing.ts";
import type { ClassTerm } from "./terms.ts";

/** What the results are: final marks, forecasts, or nothing at all where a class has no marks. Never two of them together. */
export type Basis = "finals" | "forecast" | "attendance";

/** A share as its two numbers. */
export interface Shares {
  /** Pupils with a result that counts: what the shares are of. */
  readonly pupils: number;
  readonly quality: number;
  readonly success: number;
  /** Of the marks that are results; null without any. */
  readonly mean: number | null;
  readonly unassessed: number;
}

export interface SubjectFigures extends Shares {
  readonly externalId: string;
  readonly name: string;
  /** How many of 5, 4, 3 and of 2 with all that is as bad. */
  readonly marks: readonly [number, number, number, number];
  readonly absences: AbsenceFigures;
}

export interface PupilSubject {
  readonly subjectExternalId: string;
  readonly subject: string;
  /** Null where the subject has no results for the pupil's group. */
  readonly result: Result | null;
  /** The marks of the term's lessons. */
  readonly marks: number;
  readonly lessons: number;
  readonly missed: number;
  readonly between: Between | null;
  /** Fewer marks than an assessment needs. */
  readonly few: boolean;
}

export interface PupilFigures {
  readonly externalId: string;
  readonly number: number;
  readonly name: string;
  readonly mean: number | null;
  readonly standing: PupilStanding | null;
  readonly subjects: readonly PupilSubject[];
  readonly absences: AbsenceFigures;
}

export interface ClassFigures extends Shares {
  readonly excellent: number;
  readonly good: number;
  readonly failing: number;
  readonly absences: AbsenceFigures;
}

/** One class in one term. */
export interface TermFigures {
  readonly term: ClassTerm;
  readonly basis: Basis;
  /** Whether the term's last day is over. */
  readonly ended: boolean;
  /** The oldest look at a page on which this rests; null: none was read. */
  readonly knownAt: EpochMs | null;
  readonly total: ClassFigures;
  readonly subjects: readonly SubjectFigures[];
  readonly pupils: readonly PupilFigures[];
  /** What is left out and why, in words. */
  readonly gaps: readonly string[];
}

export interface ClassAnalysis {
  readonly school: string;
  readonly classExternalId: string;
  readonly className: string;
  readonly classTeacher: string | null;
  readonly now: TermFigures;
  /** The term before; null: there is none in this school year. */
  readonly before: TermFigures | null;
}
