import { z } from "zod";
import type { MessageRow } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, day, idOrNull, name } from "./schema.ts";

/** `GET_STUDENT_MESSAGES`: remarks, praise, addresses to parents. The subject must be there, be it null: it is a part of what tells messages apart. */
export const messages: Shape<MessageRow> = {
  action: "GET_STUDENT_MESSAGES",
  widths: [7],
  kinds: [KINDS.any, KINDS.text, KINDS.any, KINDS.text, KINDS.day, KINDS.any, KINDS.text],
  read: byPosition(
    z.tuple([any, idOrNull, any, name, day, any, idOrNull], any).transform(
      ([, teacherExternalId, , text, date, , subjectExternalId]): MessageRow => ({
        teacherExternalId,
        subjectExternalId,
        date,
        text,
      }),
    ),
  ),
};
