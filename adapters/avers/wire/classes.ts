import { z } from "zod";
import type { JournalClass } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, id, name, text } from "./schema.ts";

const { any: free, id: number, text: words } = KINDS;

/** `GET_CLASS_STORE_DATA`: the classes that a staff account may see. */
export const classes: Shape<Omit<JournalClass, "termIds">> = {
  action: "GET_CLASS_STORE_DATA",
  widths: [8],
  kinds: [number, free, free, free, free, words, free, words],
  read: byPosition(
    z
      .tuple([id, any, any, any, any, text, any, name], any)
      .transform(([externalId, , , , , classTeacher, , name]) => ({ externalId, name, classTeacher })),
  ),
};
