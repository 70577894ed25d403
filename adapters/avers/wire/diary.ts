import type { DiaryRow } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { dayAt, idAt, idOrNullAt, KINDS } from "./cells.ts";

const { any, day, id, text } = KINDS;

/** `GET_STUDENT_DAIRY`: 11 wide in 3.1, 12 in 4.1. Checked by hand like `lessons`. */
export const diaryOf = (version: string | null): Shape<DiaryRow> => ({
  action: "GET_STUDENT_DAIRY",
  widths: version === "3.1" ? [11] : version === "4.1" ? [12] : [11, 12],
  kinds: [day, id, any, text, text, text, any, any, any, text, any, text],
  read(row) {
    const date = dayAt(row, 0);
    if (date === undefined) return 0;
    const lessonExternalId = idAt(row, 1);
    if (lessonExternalId === undefined) return 1;
    const teacherExternalId = idOrNullAt(row, 9);
    if (teacherExternalId === undefined) return 9;
    return { lessonExternalId, date, teacherExternalId };
  },
});
