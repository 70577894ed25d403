import { REASON_ORDER } from "../notice/attendance.ts";
import type { TermRow } from "./term-rows.ts";

type AbsenceReason = (typeof REASON_ORDER)[number];

export interface Missed {
  readonly lessons: number;
  /** Days with at least one lesson missed. */
  readonly days: number;
}

export interface AbsenceFigures {
  readonly total: Missed;
  readonly byReason: Readonly<Record<AbsenceReason, Missed>>;
  /** How often somebody came late: no missed lesson. */
  readonly late: number;
  /** Lessons that were there to be missed. */
  readonly lessons: number;
}

/** The lessons that one or several pupils missed; a day counts once for each pupil, whatever the number of its lessons. */
export function absencesOf(rows: readonly TermRow[]): AbsenceFigures {
  const all = rows.flatMap(({ pupilExternalId, absences }) =>
    absences.map(({ date, kind }) => ({ kind, day: `${pupilExternalId}/${date}` })),
  );
  const missed = (these: typeof all): Missed => ({
    lessons: these.length,
    days: new Set(these.map(({ day }) => day)).size,
  });
  const reasons = REASON_ORDER.map((kind) => [kind, missed(all.filter((one) => one.kind === kind))] as const);
  return {
    total: missed(all.filter(({ kind }) => kind !== "late")),
    byReason: Object.fromEntries(reasons) as Record<AbsenceReason, Missed>,
    late: all.filter(({ kind }) => kind === "late").length,
    lessons: rows.reduce((sum, row) => sum + row.lessons, 0),
  };
}
