import type { SchoolCalendar, Span } from "../calendar.ts";
import type { Judgement } from "../evidence.ts";
import type { ClassSnapshot, Person } from "../facts.ts";
import type { Finding, FindingVerdict, RuleId } from "../finding.ts";
import type { Mapping } from "../mapping.ts";
import type { Policy } from "../policy.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { ClassCase } from "./class-case.ts";
import type { SchoolCase } from "./school-case.ts";

/** What a rule is, whatever it is asked about. */
export interface RuleInfo {
  readonly id: RuleId;
  readonly clause: string;
  readonly words: RuleWords;
}

/** One rule of the catalogue (rules.md § 3) about a class. Pure: it gets a prepared class, yields findings, and counts each deadline that it judges. */
export interface Rule extends RuleInfo {
  /** What the school has not told, so that nothing is judged: one Russian sentence with what to import. Null: all is there. */
  lacks?(of: ClassCase): string | null;
  /** The same about a part of the rule: what does not need those facts is judged all the same. */
  lacksFor?(of: ClassCase): readonly string[];
  check(of: ClassCase, count: Count): Iterable<Finding>;
  /**
   * For a rule that finds a state and not a deadline: whether what was asked for is there now. Only then is a finding that is found no longer settled
   * and not withdrawn (rules.md § 4).
   */
  mended?(of: ClassCase, finding: Finding): boolean;
}

/** The same about the school as a whole. */
export interface SchoolRule extends RuleInfo {
  lacks?(of: SchoolCase): string | null;
  lacksFor?(of: SchoolCase): readonly string[];
  check(of: SchoolCase, count: Count): Iterable<Finding>;
}

/** A rule in the school's words: pages, mails, prints and `sverka explain` take them from here. */
export interface RuleWords {
  /** What it looks after: «Урок записан в день проведения». */
  readonly name: string;
  /** What the order demands, in its own words as far as they fit. */
  demand(finding: Finding, policy: Policy): string;
  /** How the deadline is reckoned: to the end of the lesson's day, in `details.days` days from it, or as these words say; null without one. */
  readonly reckoning: "same-day" | "days" | string | null;
  /** What sets a term of days going, in the genitive: «урока» unless told otherwise. */
  readonly event?: string;
  /** What should have been there, in the nominative: «тема урока в журнале». */
  readonly expected: string;
  /** The same for this finding, where cases of one rule expect different things. */
  expectation?(finding: Finding): string | null;
  /** Its genitive, as after «нет»: «записи урока». */
  readonly ofExpected: string;
  /** The finding in a few words, by its verdict. */
  readonly titles: Readonly<Partial<Record<FindingVerdict, string>>>;
  /** What is left to be done, as after «Что сделать:». */
  readonly todo: string;
  /** The thing counted, as after 1, 2 and 5: «отметка», «отметки», «отметок». */
  readonly things: readonly [string, string, string];
  /** The finding in a few words where the verdict alone does not say it. */
  title?(finding: Finding): string;
  /** What the case is about besides class, subject, lesson and pupil: «за 1 четверть». Null: nothing. */
  place?(finding: Finding): string | null;
  /** What stood in the journal (null: nothing special), where the plain first sight and last look without it do not say it. Times are said by the zone's clock. */
  sight?(finding: Finding, zone: string): string | null;
  /** Why it counts or does not (null: as verdict and severity say), where verdict and severity alone do not say it. */
  conclusion?(finding: Finding, zone: string): readonly string[] | null;
  /** Said when a state that was found is over: «Отметки больше нет.» */
  over?: string;
  /** Who looks after it where the finding names nobody: «ответственный за журнал». */
  caretaker?: string;
  /** Several findings of one lesson or page as a mail tells them, without pupils; by default things and verdict. */
  tell?(findings: readonly Finding[], late: string): string;
  /** For a rule that does not judge by the journal's pages: what is known, in whole sentences, instead of what the passes saw. */
  known?(finding: Finding): string;
  /** For a violation without a deadline, as after «Считается нарушением, пока»: «отметка стоит». */
  readonly standing?: string;
}

export type Outcome = Judgement | "violation";

/**
 * Counts one judged deadline for the person who is accountable for it. `day` is the lesson's day or the day of what else was to be done, the
 * same as in the finding; without it the judgement is one of the whole time so far.
 */
export type Count = (accountable: Person | null, outcome: Outcome, day?: IsoDate) => void;

export interface CheckInput {
  readonly snapshot: ClassSnapshot;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
  readonly mapping: Mapping;
  /** What was seen after this instant counts as not seen. */
  readonly asOf: EpochMs;
  /** Only what belongs to these days is found and counted; what belongs to no day is kept. All by default. */
  readonly within?: Span;
}
