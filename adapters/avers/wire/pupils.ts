import { z } from "zod";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { gradeOf } from "./grade.ts";
import { any, byPosition, id, text } from "./schema.ts";

/** `get_students_list_data`: a pupil whose name is not filled in is a pupil all the same. */
export const pupils: Shape<{ readonly externalId: string; readonly fullName: string }> = {
  action: "get_students_list_data",
  widths: [2],
  kinds: [KINDS.id, KINDS.text],
  read: byPosition(
    z
      .tuple([id, text], any)
      .transform(([externalId, name]) => ({ externalId, fullName: name ?? `Ученик ${externalId}` })),
  ),
};

/** `GET_STUDENT_CLASS`. */
export const pupilClass: Shape<{
  readonly classExternalId: string;
  readonly grade: number | null;
  readonly letter: string | null;
}> = {
  action: "GET_STUDENT_CLASS",
  widths: [3],
  kinds: [KINDS.id, KINDS.text, KINDS.text],
  read: byPosition(
    z.tuple([id, any.optional(), text.catch(null).optional()], any).transform(([classExternalId, grade, letter]) => ({
      classExternalId,
      grade: gradeOf(grade),
      letter: letter ?? null,
    })),
  ),
};
