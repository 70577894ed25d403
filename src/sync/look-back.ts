import { entriesBefore, lessonsBefore, placesLeft } from "../store/facts/before.ts";
import { finalMarkTable, messageTable } from "../store/facts/pupil-tables.ts";
import { missingKeys } from "../store/facts/table.ts";
import { inTransaction } from "../store/transaction.ts";
import type { ApplyContext } from "./apply-class.ts";
import { isOfKind, lessonIds, type Reading } from "./harvest.ts";
import { keyedMessages, mergeCells, uniqueFinals } from "./normalise.ts";

/** A new answer beside what its page held before. */
export interface LookBack {
  /** The keys of the facts that stand on the page and that it lacks. A page with refused rows proves no loss. */
  readonly lost: readonly string[];
  /** How many that had been taken for gone it shows again. */
  readonly returned: number;
  /** Where facts stood that are gone now (`placesOf`): a new one there may be the same one under another number. */
  readonly left: ReadonlySet<string>;
}

const NOTHING: LookBack = { lost: [], returned: 0, left: new Set() };

export async function lookBack({ store, schoolId, year }: ApplyContext, reading: Reading): Promise<LookBack> {
  if (reading.same || reading.stored === undefined || reading.stored.askedAt === null) return NOTHING;
  const trusted = reading.content.refused === 0 && reading.stored.facts > 0;
  const { kind, classExternalId, pupilExternalId } = reading.page;
  const page = { schoolId, year, kind, classExternalId, pupilExternalId };
  return inTransaction(store, async (client) => {
    if (isOfKind(reading, "lessons")) {
      const ids = lessonIds(reading);
      const still = new Set(ids);
      const gone = (reading.stored?.lessonExternalIds ?? []).filter((id) => !still.has(id));
      const before = await lessonsBefore(client, page, ids, gone);
      return summed(before, trusted ? gone : []);
    }
    if (isOfKind(reading, "entries")) {
      const before = await entriesBefore(client, page, mergeCells(reading.content.rows, pupilExternalId));
      const lost = before.filter(({ state }) => state === "lost").map(({ lessonExternalId }) => lessonExternalId);
      return summed(before, trusted ? lost : []);
    }
    if (!trusted) return NOTHING;
    if (isOfKind(reading, "finals"))
      return { ...NOTHING, lost: await missingKeys(client, finalMarkTable, page, uniqueFinals(reading.content.rows)) };
    if (isOfKind(reading, "messages"))
      return { ...NOTHING, lost: await missingKeys(client, messageTable, page, keyedMessages(reading.content.rows)) };
    return NOTHING;
  });
}

function summed(before: Awaited<ReturnType<typeof entriesBefore>>, lost: readonly string[]): LookBack {
  return { lost, returned: before.filter(({ state }) => state === "back").length, left: placesLeft(before) };
}
