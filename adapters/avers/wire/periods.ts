import { z } from "zod";
import type { IsoDate } from "../../../src/domain/time.ts";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, day, id } from "./schema.ts";

/** `GET_JOURNAL_PERIODS_INFO`: may be empty, then the school's own calendar rules. */
export const periodSpans: Shape<{ readonly externalId: string; readonly from: IsoDate; readonly to: IsoDate }> = {
  action: "GET_JOURNAL_PERIODS_INFO",
  widths: [3],
  kinds: [KINDS.id, KINDS.day, KINDS.day],
  read: byPosition(z.tuple([id, day, day], any).transform(([externalId, from, to]) => ({ externalId, from, to }))),
};

/** `GET_CLASS_PER_SP`: the periods that a class is marked by; none: the year only. */
export const classPeriods: Shape<{ readonly externalId: string }> = {
  action: "GET_CLASS_PER_SP",
  widths: [1],
  kinds: [KINDS.id],
  read: byPosition(z.tuple([id], any).transform(([externalId]) => ({ externalId }))),
};
