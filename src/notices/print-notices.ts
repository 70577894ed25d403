import { createHash } from "node:crypto";
import type { Span } from "../domain/calendar.ts";
import { SverkaError } from "../domain/error.ts";
import type { Files } from "../ports/files.ts";
import { printFileBytes } from "../store/batch-files.ts";
import { liveNotices } from "../store/notice-batches.ts";
import { paperPupils } from "../store/paper-pupils.ts";
import { markNoticesPrinted } from "../store/print-files.ts";
import { listPupils } from "../store/pupils.ts";
import { type ComposeNeeds, draftNotices, type PaperWish, writeBatch } from "./compose-batches.ts";
import { batchFiles, type FileNeeds } from "./print-batch.ts";

export type ByHandNeeds = ComposeNeeds & FileNeeds & { readonly files: Files };

export interface PrintedNotices {
  readonly notices: number;
  readonly classes: number;
  /** Full paths, in their order; none when nobody is on paper. */
  readonly files: readonly string[];
  /** What people call the batch; null when nobody is on paper. */
  readonly batch: number | null;
}

const PLAIN: PaperWish = { largePrint: false, plain: false, post: null };

/**
 * A batch by hand: notices of all families on paper, or of every pupil, for the span (both ends included), written into `out` as one PDF/A, sorted by class and
 * surname; more than 60 become several files. The same order with the same facts is the same batch. Noted as printed once the file is written.
 * Throws `notices-span` (input), and what rendering and writing throw.
 */
export async function printNotices(
  needs: ByHandNeeds,
  { span, out, all }: { span: Span; out: string; all: boolean },
): Promise<PrintedNotices> {
  if (span.from > span.to) {
    throw new SverkaError(
      "input",
      "notices-span",
      `Начало срока (${span.from}) позже его конца (${span.to}): поменяйте даты местами.`,
    );
  }
  const { store, school, clock } = needs;
  const at = clock.now();
  const families = await needs.families();
  const everybody = all || families === null;
  const ids = everybody
    ? (await listPupils(store, school.id)).map(({ externalId }) => externalId)
    : [...families.keys()];
  const pupils = await paperPupils(store, school.id, ids);
  const wanted = pupils.map(({ pupilExternalId, classExternalId, finalsAt }) => ({
    pupilExternalId,
    classExternalId,
    ...span,
    told: undefined,
    finals: finalsAt !== null,
    wish: families?.get(pupilExternalId) ?? PLAIN,
  }));
  // It tells of its own days only, so the next one of the cycle tells all the news but the final marks.
  const drafts = (await draftNotices(needs, wanted, at)).map((draft) => ({ ...draft, looks: finalsOnly(draft.looks) }));
  const digest = createHash("sha256")
    .update(JSON.stringify(drafts.map(({ contents }) => contents)))
    .digest("hex");
  const key = `by-hand/${span.from}/${span.to}/${digest.slice(0, 32)}`;
  const batch = await writeBatch(needs, { kind: "by-hand", key, at, seen: null }, drafts);
  if (batch === null) return { notices: 0, classes: 0, files: [], batch: null };
  const made = await batchFiles(needs, batch, { classExternalId: "", name: `Уведомления ${span.from} – ${span.to}` });
  const files: string[] = [];
  for (const { id, name, places } of made) {
    files.push(await needs.files.write(out, name, await printFileBytes(store, id)));
    await markNoticesPrinted(
      store.pool,
      places.map(({ noticeId }) => noticeId),
      at,
    );
  }
  const live = await liveNotices(store, batch.id);
  return {
    notices: live.length,
    classes: new Set(live.map(({ className }) => className)).size,
    files,
    batch: batch.number,
  };
}

const finalsOnly = ({ finals }: { readonly finals?: number }) => (finals === undefined ? {} : { finals });
