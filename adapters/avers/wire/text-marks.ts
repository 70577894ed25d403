import { z } from "zod";
import type { Directory } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, id, name, text } from "./schema.ts";

/** `get_text_marks`: the school's own dictionary of letters. A letter without a meaning is a letter all the same. */
export const textMarks: Shape<Directory["letters"][number]> = {
  action: "get_text_marks",
  widths: [3],
  kinds: [KINDS.id, KINDS.text, KINDS.text],
  read: byPosition(
    z
      .tuple([id, name, text.catch(null).optional()], any)
      .transform(([externalId, letter, meaning]) => ({ externalId, letter, meaning: meaning ?? "" })),
  ),
};
