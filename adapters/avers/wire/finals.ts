import { z } from "zod";
import type { FinalMarkRow } from "../../../src/ports/journal.ts";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, id, text } from "./schema.ts";

const row = byPosition(
  z
    .tuple([any, id, any, text, id], any)
    .transform(([, termExternalId, , mark, subjectExternalId]) => ({ termExternalId, subjectExternalId, text: mark })),
);

/** `GET_STUDENT_DIRECTOR_DATA`, final marks by period. A cell without a mark is none. */
export const finals: Shape<FinalMarkRow> = {
  action: "GET_STUDENT_DIRECTOR_DATA",
  widths: [6],
  kinds: [KINDS.any, KINDS.id, KINDS.any, KINDS.text, KINDS.id],
  read(values) {
    const final = row(values);
    if (typeof final === "number") return final;
    return final.text === null ? null : { ...final, text: final.text };
  },
};
