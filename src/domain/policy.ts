import type { Layout } from "./notice/sheet-order.ts";
import type { ClassRhythm, Rhythm } from "./notice-cycle/rhythm.ts";

/** How periods of days are read: articles 191, 193 and 194 of the Civil Code by default (rules.md § 2). */
export interface Reading {
  /** A period of days begins on the day after the event. */
  readonly beginsNextDay: boolean;
  /** A period that ends on a day off ends on the next working day of the school. */
  readonly movesToWorkingDay: boolean;
  /** «В день проведения» moves too. */
  readonly movesSameDay: boolean;
}

/** Both ends included; 0 is the preparatory class. */
export interface Grades {
  readonly from: number;
  readonly to: number;
}

/** When notices of paper families are composed by themselves, and how they lie on paper. */
export interface NoticeCyclePolicy extends Rhythm {
  /** False: only when a person asks. */
  readonly byItself: boolean;
  readonly byClass: readonly ClassRhythm[];
  /** Working days until a new family has its first one. */
  readonly firstDays: number;
  readonly layout: Layout;
  /** For how many days what was printed can be printed again, byte for byte. */
  readonly keepDays: number;
}

/** The school's reading of order № 204: every number of the rules (rules.md §§ 2, 3; design.md § 3.3). */
export interface Policy {
  readonly version: string;
  readonly reading: Reading;
  readonly markOral: { readonly grades: Grades; readonly days: number };
  readonly markWritten: {
    readonly grades: Grades;
    readonly days: number;
    readonly seniorGrades: Grades;
    readonly seniorDays: number;
  };
  /** `share` of the pupils present who need a mark, 0…1. */
  readonly markWrittenMissing: { readonly grades: Grades; readonly share: number };
  readonly noMarks: { readonly grades: Grades };
  /** Whether a mark beside an absence is a hint for written work too, which may have been written on another day. */
  readonly absenceConsistent: { readonly marksForWrittenWork: boolean };
  /** For how many school days with lessons of its own a page may lie still. */
  readonly journalCurrent: { readonly days: number };
  /** Final marks are due within `days` of their result; a pupil without one is shown from `leastMarks` marks of the term on. */
  readonly finalMark: { readonly grades: Grades; readonly days: number; readonly leastMarks: number };
  /**
   * The monthly control (Порядок, п. 8): on which working day after the month's end it is made, within how many days it must have reached everybody, and
   * whether who has nothing to mend is thanked.
   */
  readonly control: { readonly workingDay: number; readonly days: number; readonly thanks: boolean };
  /** Whether the curriculum counts the hours of all groups of a subject together. */
  readonly pageAssigned: { readonly groupsAddUp: boolean };
  /** Over `share` (0…1) of the hours due and over `hours` is too few: both. */
  readonly programmeFulfilled: { readonly share: number; readonly hours: number };
  /** `days` of school time between two notices; `handDays` to hand one out and tell so; `returnDays` for its slip to come back. */
  readonly noticeBiweekly: {
    readonly days: number;
    readonly handDays: number;
    readonly returnDays: number;
    readonly countHolidays: boolean;
  };
  readonly noticeCycle: NoticeCyclePolicy;
  /** Days to agree with a new family. */
  readonly deliveryAgreed: { readonly days: number };
  /** Looks a week, and days after a period's end for the acknowledgement. */
  readonly parentsLook: { readonly weekly: number; readonly acknowledgeDays: number };
  /** Days after the week's last working day, and after the last day of a term or year. */
  readonly archiveWeekly: { readonly days: number; readonly bookDays: number };
  /** Days for which a scan of slips is kept after it came; then it is destroyed. */
  readonly scans: { readonly keepDays: number };
  /** A page or class that loses more than `share` of its facts, and more than `facts` of them, is put into quarantine. */
  readonly quarantine: { readonly share: number; readonly facts: number };
  /** The forecast (rules.md § 6): the least means for 5, 4 and 3, and from how many marks on it is given. */
  readonly forecast: { readonly thresholds: readonly [number, number, number]; readonly leastMarks: number };
  /**
   * The end of a term (Порядок 3.2.1): how near to a threshold of the forecast a mean stands between two marks, how many marks a pupil needs to be assessed, and
   * which words of a final mark mean «not assessed», «not passed» and «exempt»; any other known word is a pass.
   */
  readonly termAnalysis: {
    readonly near: number;
    readonly leastMarks: number;
    readonly unassessed: readonly string[];
    readonly failed: readonly string[];
    readonly exempt: readonly string[];
  };
}

export const defaultPolicy: Policy = {
  version: "order-204/1",
  reading: { beginsNextDay: true, movesToWorkingDay: true, movesSameDay: false },
  markOral: { grades: { from: 2, to: 12 }, days: 1 },
  markWritten: { grades: { from: 2, to: 10 }, days: 3, seniorGrades: { from: 11, to: 12 }, seniorDays: 4 },
  markWrittenMissing: { grades: { from: 2, to: 12 }, share: 1 },
  noMarks: { grades: { from: 0, to: 1 } },
  absenceConsistent: { marksForWrittenWork: false },
  journalCurrent: { days: 5 },
  finalMark: { grades: { from: 2, to: 12 }, days: 1, leastMarks: 3 },
  control: { workingDay: 1, days: 10, thanks: false },
  pageAssigned: { groupsAddUp: false },
  programmeFulfilled: { share: 0.05, hours: 2 },
  noticeBiweekly: { days: 14, handDays: 7, returnDays: 14, countHolidays: false },
  noticeCycle: {
    byItself: true,
    day: 4,
    hour: "13:00",
    weeks: 2,
    firstWeek: 2,
    byClass: [],
    firstDays: 3,
    layout: "simplex",
    keepDays: 366,
  },
  deliveryAgreed: { days: 14 },
  parentsLook: { weekly: 2, acknowledgeDays: 14 },
  archiveWeekly: { days: 3, bookDays: 14 },
  scans: { keepDays: 60 },
  quarantine: { share: 0.2, facts: 10 },
  forecast: { thresholds: [4.5, 3.5, 2.5], leastMarks: 3 },
  termAnalysis: {
    near: 0.1,
    leastMarks: 3,
    unassessed: ["н/а"],
    failed: ["незач", "незачёт", "неусв"],
    exempt: ["осв"],
  },
};

/** A policy that an earlier program wrote down, with the defaults of today for what it did not know yet. */
export function completePolicy(known: Partial<Policy>): Policy {
  const sections = Object.entries(defaultPolicy).map(([name, usual]) => {
    const told = known[name as keyof Policy];
    const value = typeof usual === "object" ? { ...usual, ...(told as object | undefined) } : (told ?? usual);
    return [name, value];
  });
  return Object.fromEntries(sections) as unknown as Policy;
}

/** A class of unknown grade is in no range: nothing that depends on the grade is judged. */
export function includes(grades: Grades, grade: number | null): grade is number {
  return grade !== null && grades.from <= grade && grade <= grades.to;
}

/** Days for a written work in this grade; null where the order sets none. */
export function writtenDays(policy: Policy, grade: number | null): number | null {
  if (includes(policy.markWritten.grades, grade)) return policy.markWritten.days;
  return includes(policy.markWritten.seniorGrades, grade) ? policy.markWritten.seniorDays : null;
}
