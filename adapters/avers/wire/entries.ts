import type { EntryRow } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { dayAt, idAt, KINDS, textAt } from "./cells.ts";

const { any, day, id, text } = KINDS;

/**
 * `GET_STUDENT_JOURNAL_DATA`: 8 wide in 3.1, 9 in 4.1. A cell without text is no entry. Checked by hand like `lessons`.
 * Only 4.1 has a column that is a comment and nothing else: in 3.1, whatever stands there is a column too many.
 */
export const entriesOf = (version: string | null): Shape<EntryRow> => ({
  action: "GET_STUDENT_JOURNAL_DATA",
  widths: version === "3.1" ? [8] : version === "4.1" ? [9] : [8, 9],
  kinds: [id, id, text, day, id, any, any, text, text],
  read(row) {
    const lessonExternalId = idAt(row, 0);
    if (lessonExternalId === undefined) return 0;
    const pupilExternalId = idAt(row, 1);
    if (pupilExternalId === undefined) return 1;
    const cell = textAt(row, 2);
    if (cell === undefined) return 2;
    const date = dayAt(row, 3);
    if (date === undefined) return 3;
    const subjectExternalId = idAt(row, 4);
    if (subjectExternalId === undefined) return 4;
    if (cell === null) return null;
    const commented = version === "4.1" || (version !== "3.1" && row.length === 9);
    const comment = commented ? (textAt(row, 8) ?? null) : null;
    return { lessonExternalId, pupilExternalId, date, subjectExternalId, text: cell, comment };
  },
});
