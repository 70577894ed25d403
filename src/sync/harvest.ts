import { SverkaError } from "../domain/error.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { FailedPage, JournalPage, JournalSession, PageKind, PageRequest } from "../ports/journal.ts";
import type { PagePassRecord } from "../store/page-passes.ts";
import { coveringPupils } from "./cover.ts";

/** An answer beside what the store knows of its page. Its rows are read only where its digest is new. */
export type Reading<Page extends JournalPage = JournalPage> = {
  readonly page: Page;
  readonly key: string;
  readonly stored: PagePassRecord | undefined;
} & ({ readonly same: true } | { readonly same: false; readonly content: ReturnType<Page["read"]> });

/** What one class answered in this pass. */
export interface Harvest {
  readonly classExternalId: string;
  readonly readings: readonly Reading[];
  readonly failures: readonly FailedPage[];
  /** Kinds of which this pass has held pages back already, before it was cut off. */
  readonly heldKinds: ReadonlySet<string>;
}

export interface HarvestOrder {
  readonly classExternalId: string;
  readonly pupilExternalIds: readonly string[];
  readonly stored: readonly PagePassRecord[];
  readonly passId: number;
  /** The span in which substitutes are looked up: from the year's start at first, then from some days before the pupil's last diary on. */
  readonly diary: { from(lastAskedAt: EpochMs | null): IsoDate; readonly to: IsoDate };
  readonly onPage: () => void;
}

const PUPIL_KINDS: readonly PageKind[] = ["lessons", "entries", "finals", "messages"];

export const pageKey = (kind: string, pupilExternalId: string) => `${kind}/${pupilExternalId}`;

/**
 * Fetches the pages of one class that this pass has not dealt with yet: each pupil's own pages, then the holders and diaries
 * of the few pupils whose lessons cover the class. A page that failed is reported and ends nothing.
 */
export async function harvestClass(
  session: JournalSession,
  order: HarvestOrder,
  signal?: AbortSignal,
): Promise<Harvest> {
  const stored = new Map(order.stored.map((record) => [pageKey(record.kind, record.pupilExternalId), record]));
  const readings: Reading[] = [];
  const failures: FailedPage[] = [];

  const fetch = async (wanted: readonly PageRequest[]) => {
    const missing = wanted.filter(
      (request) => stored.get(pageKey(request.kind, request.pupilExternalId))?.passId !== order.passId,
    );
    for await (const answer of session.pages(missing, signal)) {
      order.onPage();
      if ("failure" in answer) {
        failures.push(answer);
        continue;
      }
      const reading = readingOf(answer, stored.get(pageKey(answer.kind, answer.pupilExternalId)));
      if ("failure" in reading) failures.push(reading);
      else readings.push(reading);
    }
  };

  const { classExternalId } = order;
  await fetch(
    order.pupilExternalIds.flatMap((pupilExternalId) =>
      PUPIL_KINDS.map((kind) => ({ kind, classExternalId, pupilExternalId })),
    ),
  );

  const pupils = new Set(order.pupilExternalIds);
  const lessonsOf = new Map<string, readonly string[]>();
  for (const record of order.stored) {
    if (record.kind === "lessons" && pupils.has(record.pupilExternalId))
      lessonsOf.set(record.pupilExternalId, record.lessonExternalIds);
  }
  for (const reading of readings) {
    if (reading.page.kind === "lessons" && !reading.same)
      lessonsOf.set(reading.page.pupilExternalId, lessonIds(reading));
  }
  await fetch(
    coveringPupils(lessonsOf).flatMap((pupilExternalId) => {
      const from = order.diary.from(stored.get(pageKey("diary", pupilExternalId))?.askedAt ?? null);
      return [
        { kind: "holders", classExternalId, pupilExternalId } as const,
        { kind: "diary", classExternalId, pupilExternalId, from, to: order.diary.to } as const,
      ];
    }),
  );
  const held = order.stored.filter(({ passId, heldDigest }) => passId === order.passId && heldDigest !== null);
  return { classExternalId, readings, failures, heldKinds: new Set(held.map(({ kind }) => kind)) };
}

/**
 * The last trusted look before this one: what it did not contain came after it. Null without one, and for one that lies ahead of this look, for then
 * the clock was wrong at least once, and nobody knows when.
 */
export function askedBefore({ page, stored }: Reading): EpochMs | null {
  const at = stored?.askedAt ?? null;
  return at !== null && at <= page.askedAt ? at : null;
}

/** The lessons on a page of lessons. */
export function lessonIds(reading: Reading): readonly string[] {
  if (reading.same) return reading.stored?.lessonExternalIds ?? [];
  return isOfKind(reading, "lessons") && !reading.same ? reading.content.rows.map((row) => row.externalId) : [];
}

export function isOfKind<Kind extends PageKind>(
  reading: Reading,
  kind: Kind,
): reading is Reading<Extract<JournalPage, { kind: Kind }>> {
  return reading.page.kind === kind;
}

function readingOf(page: JournalPage, stored: PagePassRecord | undefined): Reading | FailedPage {
  const head = { page, key: pageKey(page.kind, page.pupilExternalId), stored };
  // What one page says of holders means something only beside what the others say.
  const alone = page.kind !== "holders";
  if (alone && stored !== undefined && stored.askedAt !== null && stored.digest === page.digest)
    return { ...head, same: true };
  try {
    return { ...head, same: false, content: page.read() };
  } catch (cause) {
    if (!(cause instanceof SverkaError)) throw cause;
    const { kind, classExternalId, pupilExternalId } = page;
    return { request: { kind, classExternalId, pupilExternalId }, failure: cause };
  }
}
