/** The contents of one page, in words: what stands where is the template's business (rules.md § 5). */
export interface Notice {
  readonly simulation: boolean;
  readonly largePrint: boolean;
  readonly plain: boolean;
  readonly school: string;
  readonly pupil: string;
  readonly className: string;
  /** «5–18 октября 2026 г.» */
  readonly span: string;
  readonly printedOn: string;
  /** Said at the top when the span brought nothing. */
  readonly nothingNew: string | null;
  /** Null for grades 0 and 1: attendance, topics and remarks only (Порядок, п. 2.7). */
  readonly progress: NoticeProgress | null;
  /** Grades 0 and 1 only. */
  readonly topics: readonly {
    readonly subject: string;
    readonly lessons: readonly { readonly date: string; readonly topic: string }[];
  }[];
  readonly attendance: NoticeAttendance;
  readonly remarks: readonly { readonly date: string; readonly from: string; readonly text: string }[];
  /** How many more remarks there are than stand here. */
  readonly moreRemarks: string | null;
  /** Null for grades 0 and 1. */
  readonly homework: readonly { readonly subject: string; readonly due: string; readonly text: string }[] | null;
  readonly contact: string;
}

export interface NoticeProgress {
  readonly subjects: readonly NoticeSubject[];
  /** The head over the forecasts: «Прогноз за 1 четверть»; null when no term is known. */
  readonly forecastHead: string | null;
  readonly meanHead: string;
  readonly forecastNote: string | null;
  /** Terms with final marks, in their order: the columns of `NoticeSubject.finals`. */
  readonly finalTerms: readonly string[];
  /** What the abbreviations of work types stand for. */
  readonly legend: readonly { readonly short: string; readonly full: string }[];
  /** Explains the sign of marks for lessons before the span; null when there are none. */
  readonly addedNote: string | null;
}

export interface NoticeSubject {
  readonly name: string;
  readonly marks: readonly {
    readonly text: string;
    readonly date: string;
    readonly work: string | null;
    readonly added: boolean;
  }[];
  /** «4,25»: cut, not rounded up, so that it never seems to reach a threshold. */
  readonly mean: string | null;
  readonly forecast: { readonly mark: string; readonly band: string; readonly basis: string } | null;
  readonly finals: readonly (string | null)[];
}

export interface NoticeAttendance {
  readonly summary: string;
  readonly reasons: readonly { readonly reason: string; readonly lessons: string; readonly days: string }[];
  readonly bySubject: string | null;
}
