import { startOfDay } from "../days.ts";
import type { Sighting } from "../facts.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { NoticeFacts } from "./facts.ts";

type Dated = Sighting & { readonly date: IsoDate };

/**
 * Whether something of an earlier day came into the journal after the last notice: the first of the span, where no notice tells. Only what a trusted look
 * before did not hold is known to be new, for a first import shows everything for the first time.
 */
export function isAddedEntry(entry: Dated, facts: NoticeFacts): boolean {
  return isAdded(entry, facts, facts.told?.entriesAt);
}

export function isAddedMessage(message: Dated, facts: NoticeFacts): boolean {
  return isAdded(message, facts, facts.told?.messagesAt);
}

function isAdded({ date, absentAt, seenAt }: Dated, { span, school }: NoticeFacts, told: EpochMs | undefined): boolean {
  if (date >= span.from || absentAt === null) return false;
  return told === undefined ? seenAt >= startOfDay(span.from, school.zone) : seenAt > told;
}
