import { z } from "zod";
import type { WireValue } from "../tokens.ts";
import { dayAt, idAt, idOrNullAt, textAt } from "./cells.ts";

// zod's view of one cell, for the actions whose rows are few: the same readings as in `cells.ts`.

const cell = <Value>(read: (row: readonly WireValue[], position: number) => Value | undefined) =>
  z.unknown().transform((value, context): Value => {
    const read_ = value === undefined ? undefined : read([value as WireValue], 0);
    if (read_ !== undefined) return read_;
    context.addIssue({ code: "custom", message: "not understood" });
    return z.NEVER;
  });

export const id = cell(idAt);
export const idOrNull = cell(idOrNullAt);
export const text = cell(textAt);
export const day = cell(dayAt);
/** A text that must be there. */
export const name = cell((row, position) => textAt(row, position) ?? undefined);
/** What stands at a position that nobody needs. */
export const any = z.unknown();

/** A reader for `Shape.read` out of a tuple: the row, or the position that was not understood. */
export function byPosition<Row extends object>(schema: z.ZodType<Row>): (row: readonly WireValue[]) => Row | number {
  return (row) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const position = parsed.error.issues[0]?.path[0];
    return typeof position === "number" ? position : row.length;
  };
}
