import type { Mapping } from "../mapping.ts";
import type { AbsenceKind } from "../marks.ts";
import type { NoticeEntry, NoticeFacts } from "./facts.ts";
import { isAddedEntry } from "./news.ts";
import type { NoticeAttendance } from "./notice.ts";
import { counted, line, shortDays } from "./words.ts";

export const REASONS: Readonly<Record<Exclude<AbsenceKind, "late">, string>> = {
  ill: "по болезни",
  excused: "по уважительной причине",
  unexcused: "без уважительной причины",
  absent: "причина в журнале не указана",
};
export const REASON_ORDER = ["ill", "excused", "unexcused", "absent"] as const;

interface Missed {
  readonly kind: AbsenceKind;
  readonly entry: NoticeEntry;
}

/** Of a day of the last notice, but written into the journal after it. */
const isLate = (entry: NoticeEntry, facts: NoticeFacts) => facts.told !== undefined && isAddedEntry(entry, facts);

/** Lessons missed in the span, by reason and by subject; coming late is told apart and is no missed lesson. */
export function composeAttendance(facts: NoticeFacts, mapping: Mapping): NoticeAttendance {
  const all = facts.entries
    .filter((entry) => (facts.span.from <= entry.date && entry.date <= facts.span.to) || isLate(entry, facts))
    .toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
    .flatMap((entry): Missed[] => {
      const absence = mapping.readCell(entry.text).absences[0];
      return absence === undefined ? [] : [{ kind: absence.kind, entry }];
    });
  const missed = all.filter(({ kind }) => kind !== "late");
  const late = all.filter(({ kind }) => kind === "late");

  return {
    summary: `${missed.length === 0 ? "Пропущенных уроков нет" : `Пропущено: ${counted(missed.length, "урок", "урока", "уроков")}`}${
      late.length === 0 ? "." : `; ${counted(late.length, "опоздание", "опоздания", "опозданий")} (${daysOf(late)}).`
    }`,
    reasons: REASON_ORDER.flatMap((kind) => {
      const these = missed.filter((one) => one.kind === kind);
      if (these.length === 0) return [];
      return [
        { reason: REASONS[kind], lessons: counted(these.length, "урок", "урока", "уроков"), days: daysOf(these) },
      ];
    }),
    bySubject: missed.length === 0 ? null : bySubject(missed),
  };
}

function daysOf(these: readonly Missed[]): string {
  return shortDays([...new Set(these.map(({ entry }) => entry.date))]);
}

function bySubject(missed: readonly Missed[]): string {
  const counts = new Map<string, number>();
  for (const { entry } of missed) counts.set(entry.subject, (counts.get(entry.subject) ?? 0) + 1);
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || one.localeCompare(other, "ru"))
    .map(([subject, count]) => `${line(subject, 60).toLowerCase()}\u00a0–\u00a0${count}`)
    .join(", ");
}
