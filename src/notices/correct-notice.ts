import { dayOf } from "../domain/days.ts";
import { SverkaError } from "../domain/error.ts";
import { dayMonth } from "../domain/notice/words.ts";
import type { EpochMs } from "../domain/time.ts";
import {
  type BatchRecord,
  insertNotices,
  liveNotices,
  lockNotices,
  type NoticeToCorrect,
  noticeToCorrect,
  withdrawNotice,
} from "../store/notice-batches.ts";
import { inTransaction } from "../store/transaction.ts";
import { type ComposeNeeds, draftNotices, freshCodes } from "./compose-batches.ts";

export interface Correction {
  readonly noticeId: number;
  readonly edition: number;
  readonly classExternalId: string;
  readonly className: string;
  /** Whether the edition before had been printed: then the new one goes by itself, else with its batch. */
  readonly replacesPrinted: boolean;
}

/**
 * A new edition of one family's notice in a batch, with what the journal says now of the same days; it says at its top what it takes the place of, and the old
 * one is withdrawn. Throws `notice-unknown` (input): nothing of this pupil stands in the batch, or what it said has been destroyed.
 */
export async function correctNotice(
  needs: ComposeNeeds,
  batch: BatchRecord,
  pupilExternalId: string,
): Promise<Correction> {
  const { store, school, clock } = needs;
  const at = clock.now();
  const zone = school.zone;
  return inTransaction(store, async (client) => {
    await lockNotices(client, school.id);
    const old = await noticeToCorrect(client, batch.id, pupilExternalId);
    if (old === null) throw unknown(batch, pupilExternalId);
    const { from, to, finals, looks, contents } = old;
    const wish = { largePrint: contents.notice.largePrint, plain: contents.notice.plain, post: contents.post };
    const pupil = { pupilExternalId, classExternalId: old.classExternalId, from, to, told: undefined, finals, wish };
    const [draft] = await draftNotices(needs, [pupil], at);
    if (draft === undefined) throw unknown(batch, pupilExternalId);
    await withdrawNotice(client, old.id, { cause: "corrected", at });
    const [slipCode = ""] = await freshCodes(client, 1);
    const edition = old.edition + 1;
    const correction = correctionOf(old, batch, zone);
    // What came after the first edition is told by the next notice too: it only says that this one was wrong.
    const corrected = { ...draft, looks, contents: { ...draft.contents, number: contents.number, correction } };
    await insertNotices(client, school.id, batch.id, [{ ...corrected, place: old.place, edition, slipCode, at }]);
    const made = (await liveNotices({ pool: client }, batch.id)).find((one) => one.slipCode === slipCode);
    return {
      noticeId: made?.id ?? 0,
      edition,
      classExternalId: draft.classExternalId,
      className: draft.className,
      replacesPrinted: old.printedAt !== null,
    };
  });
}

/** «Исправленное уведомление, вместо розданного 16 октября» */
function correctionOf({ printedAt, handedAt }: NoticeToCorrect, batch: BatchRecord, zone: string): string {
  const day = (at: EpochMs) => dayMonth(dayOf(at, zone));
  if (handedAt !== null) return `Исправленное уведомление, вместо розданного ${day(handedAt)}`;
  if (printedAt !== null) return `Исправленное уведомление, вместо напечатанного ${day(printedAt)}`;
  return `Исправленное уведомление, вместо составленного ${day(batch.composedAt)}`;
}

function unknown(batch: BatchRecord, pupilExternalId: string): SverkaError {
  return new SverkaError(
    "input",
    "notice-unknown",
    `В партии № ${batch.number} нет распечатки ученика с номером ${pupilExternalId}, которую можно исправить: номера учеников покажет «sverka notices --list». Отозванные и уничтоженные распечатки не исправляются.`,
  );
}
