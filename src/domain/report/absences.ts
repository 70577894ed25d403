import type { Mapping } from "../mapping.ts";
import { REASON_ORDER, REASONS } from "../notice/attendance.ts";
import type { IsoDate } from "../time.ts";
import type { PupilWeek } from "./class-letter.ts";

/** One pupil's missed lessons by reason; coming late is no missed lesson. */
export function missedBy(cells: readonly { date: IsoDate; text: string }[], mapping: Mapping): PupilWeek["missed"] {
  const absences = cells.flatMap(({ date, text }) => {
    const kind = mapping.readCell(text).absences[0]?.kind;
    return kind === undefined || kind === "late" ? [] : [{ date, kind }];
  });
  return REASON_ORDER.flatMap((kind) => {
    const own = absences.filter((one) => one.kind === kind);
    if (own.length === 0) return [];
    return [{ reason: REASONS[kind], lessons: own.length, days: [...new Set(own.map(({ date }) => date))] }];
  });
}
