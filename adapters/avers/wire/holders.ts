import { z } from "zod";
import type { HolderRow } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, id, text } from "./schema.ts";

/** `GET_CLASS_TEACHERS_INFO`: who holds which page. */
export const holders: Shape<HolderRow> = {
  action: "GET_CLASS_TEACHERS_INFO",
  widths: [5],
  kinds: [KINDS.id, KINDS.text],
  read: byPosition(
    z
      .tuple([id, text], any)
      .transform(([subjectExternalId, teacherName]): HolderRow => ({ subjectExternalId, teacherName })),
  ),
};
