import { z } from "zod";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, id, idOrNull, name, text } from "./schema.ts";

const optionalId = idOrNull.catch(null);

/** The answer to `POST /login` (avers-protocol.md § 2). Which of the three ids is the account's own depends on its kind and the build. */
export const login: Shape<{
  readonly userId: string;
  readonly kind: string;
  readonly at6: string | null;
  readonly at7: string | null;
  readonly at8: string | null;
}> = {
  action: "login",
  widths: [9],
  kinds: [KINDS.id, KINDS.id],
  read: byPosition(
    z.tuple([id, id, any.optional(), any.optional(), any.optional(), any.optional()], any).transform((row) => ({
      userId: row[0],
      kind: row[1],
      at6: optionalId.parse(row[6] ?? null),
      at7: optionalId.parse(row[7] ?? null),
      at8: optionalId.parse(row[8] ?? null),
    })),
  ),
};

/** `get_user_data`: never empty for a valid user. */
export const userData: Shape<{
  readonly name: string | null;
  readonly schoolName: string | null;
  readonly uchId: string;
  readonly maxMark: number;
}> = {
  action: "get_user_data",
  widths: [6],
  kinds: [],
  read: byPosition(
    z
      .tuple([text, text, text, text, id.catch("1")], any)
      .transform(([last, first, patronymic, schoolName, uchId, max]) => ({
        name: [last, first, patronymic].filter((part) => part !== null).join(" ") || null,
        schoolName,
        uchId,
        maxMark: z.coerce.number().int().min(2).max(100).catch(5).parse(max),
      })),
  ),
};

/** `get_uch_year`: the year in which the school year began. */
export const schoolYear: Shape<{ readonly year: number }> = {
  action: "get_uch_year",
  widths: [1],
  kinds: [],
  read: byPosition(
    z.tuple([name.transform(Number).pipe(z.number().int().min(2000).max(2200))], any).transform(([year]) => ({ year })),
  ),
};
