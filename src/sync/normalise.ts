import { createHash } from "node:crypto";
import type { EntryRow, FinalMarkRow, LessonRow, MessageRow } from "../ports/journal.ts";
import type { KeyedMessage } from "../store/facts/pupil-tables.ts";

/** One cell a lesson: the journal may give a mark and an absence of one lesson as two rows. The order of rows says nothing, so it is made firm. */
export function mergeCells(rows: readonly EntryRow[], pupilExternalId: string): EntryRow[] {
  const cells = new Map<string, EntryRow>();
  for (const row of rows) {
    // A row of another pupil on this pupil's page is dirt, not a fact of either.
    if (row.pupilExternalId !== pupilExternalId) continue;
    const cell = cells.get(row.lessonExternalId);
    cells.set(row.lessonExternalId, cell === undefined ? row : joined(cell, row));
  }
  return [...cells.values()];
}

function joined(cell: EntryRow, row: EntryRow): EntryRow {
  const texts = [...new Set([...cell.text.split("/"), row.text])].sort();
  const comments = [...new Set([cell.comment, row.comment].filter((comment) => comment !== null))].sort();
  return { ...cell, text: texts.join("/"), comment: comments.length === 0 ? null : comments.join("; ") };
}

/** The last row wins where the journal repeats a key. */
export function uniqueLessons(rows: readonly LessonRow[]): LessonRow[] {
  return [...new Map(rows.map((row) => [row.externalId, row])).values()];
}

export function uniqueFinals(rows: readonly FinalMarkRow[]): FinalMarkRow[] {
  return [...new Map(rows.map((row) => [`${row.termExternalId}/${row.subjectExternalId}`, row])).values()];
}

/** Messages have no id in the journal: what is said, by whom, about what and when, stands for one. */
export function keyedMessages(rows: readonly MessageRow[]): KeyedMessage[] {
  const keyed = rows.map((row) => ({
    ...row,
    hash: hashOf([row.date, row.teacherExternalId, row.subjectExternalId, row.text]),
  }));
  return [...new Map(keyed.map((row) => [row.hash, row])).values()];
}

const hashOf = (parts: readonly (string | null)[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
