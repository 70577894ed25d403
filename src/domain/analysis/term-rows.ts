import { standsAt, versionsAt } from "../as-of.ts";
import { holds } from "../calendar.ts";
import type { WeighedMark } from "../forecast.ts";
import type { AbsenceKind } from "../marks.ts";
import type { ClassCase } from "../rules/class-case.ts";
import type { IsoDate } from "../time.ts";
import type { ClassTerm } from "./terms.ts";

/** One pupil in one subject over a term, as the journal has it. */
export interface TermRow {
  readonly pupilExternalId: string;
  readonly subjectExternalId: string;
  readonly subject: string;
  /** The groups in which the pupil was taught: those who share them share a page. */
  readonly group: string;
  readonly lessons: number;
  readonly marks: readonly WeighedMark[];
  readonly absences: readonly { readonly date: IsoDate; readonly kind: AbsenceKind }[];
  /** As it stands in the cell; null without one. */
  readonly final: string | null;
}

/** What stands at `asOf` for the pupils of today's class list: lessons that took place, marks and absences by their dates, final marks of the term. */
export function termRows(of: ClassCase, term: ClassTerm): readonly TermRow[] {
  const rows = new Map<string, DraftRow>();
  const names = new Map(of.snapshot.finals.map(({ subjectExternalId, subject }) => [subjectExternalId, subject]));
  for (const { lesson } of of.lessons) names.set(lesson.subjectExternalId, lesson.subject);

  const rowOf = (pupilExternalId: string, subjectExternalId: string): DraftRow | null => {
    if (!of.pupils.has(pupilExternalId)) return null;
    const key = `${pupilExternalId}/${subjectExternalId}`;
    const known = rows.get(key);
    if (known !== undefined) return known;
    const row: DraftRow = {
      pupilExternalId,
      subjectExternalId,
      subject: names.get(subjectExternalId) ?? subjectExternalId,
      groups: new Set(),
      lessons: 0,
      marks: [],
      absences: [],
      final: null,
    };
    rows.set(key, row);
    return row;
  };

  for (const { lesson, tookPlace } of of.lessons) {
    if (!tookPlace || !holds(term, lesson.date)) continue;
    for (const pupil of lesson.pupils) {
      const row = rowOf(pupil, lesson.subjectExternalId);
      if (row === null) continue;
      row.lessons += 1;
      row.groups.add(lesson.group ?? "");
    }
  }
  for (const { entry, lesson, now } of of.cells) {
    const row = now !== null && holds(term, entry.date) ? rowOf(entry.pupilExternalId, entry.subjectExternalId) : null;
    if (row === null || now === null) continue;
    const weight = lesson?.versions.at(-1)?.content.weight ?? null;
    row.marks.push(...now.numbers.map((value) => ({ value, weight })));
    const [absence] = now.absences;
    if (absence !== undefined) row.absences.push({ date: entry.date, kind: absence.kind });
  }
  for (const final of of.snapshot.finals) {
    if (final.termExternalId !== term.externalId || !standsAt(final, of.asOf)) continue;
    const text = versionsAt(final, of.asOf).at(-1)?.content ?? "";
    const row = text.trim() === "" ? null : rowOf(final.pupilExternalId, final.subjectExternalId);
    if (row !== null) row.final = text;
  }
  return [...rows.values()].map(({ groups, ...row }) => ({ ...row, group: [...groups].sort().join("+") }));
}

interface DraftRow extends Omit<TermRow, "group"> {
  readonly groups: Set<string>;
  lessons: number;
  readonly marks: WeighedMark[];
  readonly absences: { date: IsoDate; kind: AbsenceKind }[];
  final: string | null;
}
