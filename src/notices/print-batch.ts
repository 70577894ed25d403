import { renderBatch } from "../documents/notice/batch.ts";
import { dayOf } from "../domain/days.ts";
import type { Layout, SheetOrder } from "../domain/notice/sheet-order.ts";
import { longDay, longSpan } from "../domain/notice/words.ts";
import type { Clock } from "../ports/clock.ts";
import {
  askedPrints,
  insertPrintFile,
  type NewPrintFile,
  type PrintFileRecord,
  printFiles,
  takeBackPrints,
} from "../store/batch-files.ts";
import type { Store } from "../store/connect.ts";
import { type BatchRecord, type LiveNotice, liveNotices, lockNotices } from "../store/notice-batches.ts";
import { type Also, inTransaction, type Transaction } from "../store/transaction.ts";
import { type TemplateNeeds, withTemplates } from "./with-templates.ts";

export interface FileNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly school: { readonly id: number; readonly zone: string };
  readonly layout: Layout;
  readonly templates: TemplateNeeds;
}

export interface PrintNeeds extends FileNeeds {
  /** Puts a file into the way to the printer, within the transaction that made it. */
  print(client: Transaction, fileId: number): Promise<void>;
}

/** What of a batch is wanted: all of it, one class, or single notices of one class. */
export interface Part {
  /** «»: all classes. */
  readonly classExternalId: string;
  readonly noticeIds?: ReadonlySet<number>;
  /** A name that people understand, without its ending; its own when left out. */
  readonly name?: string;
  readonly layout?: Layout;
}

/**
 * The files of a batch, or of a part of it, as they are to be handed out now. What was made before is given as it was made, byte for byte, for as long as it
 * holds exactly the notices that stand; otherwise it is made anew, without those that were withdrawn. None when nothing of it stands.
 */
export async function batchFiles(
  needs: FileNeeds,
  batch: BatchRecord,
  part: Part,
): Promise<readonly PrintFileRecord[]> {
  return (await filesOf(needs, batch, part, async () => undefined)).files;
}

/**
 * Sends a batch, or a part of it, to the printer, once. Where something of it was withdrawn since, and the printer has not begun, what waits is taken back and
 * goes without it. Single notices go by themselves, unless one of them has been asked of the printer already. Answers with how many files were sent.
 */
export async function printBatch(needs: PrintNeeds, batch: BatchRecord, part: Part): Promise<number> {
  const { store, clock } = needs;
  const single = part.noticeIds !== undefined;
  const stale = single ? [] : (await printFiles(store, batch.id)).filter((file) => isOf(file, part));
  let sent = 0;
  const { files } = await filesOf(needs, batch, part, async (client, made) => {
    const old = stale.filter(({ id }) => !made.some((file) => file.id === id)).map(({ id }) => id);
    if (old.length > 0 && !(await takeBackPrints(client, old, clock.now()))) return;
    const asked = await askedPrints({ pool: client }, batch.id);
    const before = new Set(asked.flatMap(({ noticeIds }) => noticeIds));
    if (single && made.some(({ places }) => places.some(({ noticeId }) => before.has(noticeId)))) return;
    for (const { id } of made) {
      if (asked.some(({ fileId }) => fileId === id)) continue;
      await needs.print(client, id);
      sent += 1;
    }
  });
  if (files.length === 0 && stale.length > 0)
    await inTransaction(store, (client) =>
      takeBackPrints(
        client,
        stale.map(({ id }) => id),
        clock.now(),
      ),
    );
  return sent;
}

/** Prints a batch, or a part of it, once more, because a person asks; see `batchFiles`. `before` may refuse it. Answers with the files. */
export async function printAgain(
  needs: PrintNeeds,
  batch: BatchRecord,
  part: Part,
  before?: Also,
): Promise<readonly PrintFileRecord[]> {
  const { files } = await filesOf(needs, batch, part, async (client, made) => {
    await before?.(client);
    for (const { id } of made) await needs.print(client, id);
  });
  return files;
}

async function filesOf(
  needs: FileNeeds,
  batch: BatchRecord,
  part: Part,
  then: (client: Transaction, files: readonly PrintFileRecord[]) => Promise<void>,
): Promise<{ files: readonly PrintFileRecord[] }> {
  const { store, school, clock } = needs;
  // Rendering lasts; it is done outside of the lock, and thrown away when the batch has changed meanwhile.
  for (;;) {
    const wanted = await wantedOf(store, batch, part);
    if (wanted.length === 0) return { files: [] };
    const known = await printFiles(store, batch.id);
    const drafts = current(known, part, wanted) === null ? await render(needs, batch, part, wanted) : null;
    const files = await inTransaction(store, async (client) => {
      await lockNotices(client, school.id);
      const now = await wantedOf({ pool: client }, batch, part);
      if (!sameIds(now, wanted)) return null;
      const there = current(await printFiles({ pool: client }, batch.id), part, now);
      if (there === null && drafts === null) return null;
      const order = { schoolId: school.id, batchId: batch.id, at: clock.now() };
      const made: PrintFileRecord[] = [];
      if (there === null) for (const draft of drafts ?? []) made.push(await insertPrintFile(client, order, draft));
      const result = there ?? made;
      await then(client, result);
      return result;
    });
    if (files !== null) return { files };
  }
}

const isOf = (file: PrintFileRecord, part: Part) =>
  file.classExternalId === part.classExternalId && (part.layout === undefined || file.layout === part.layout);

/** The files that hold exactly these notices, in their order; null when there are none such. */
function current(
  files: readonly PrintFileRecord[],
  part: Part,
  wanted: readonly LiveNotice[],
): readonly PrintFileRecord[] | null {
  const own = files.filter((file) => isOf(file, part));
  const starts = own.flatMap((file, i) => (file.part === 1 ? [i] : [])).reverse();
  for (const start of starts) {
    const end = own.findIndex((file, i) => i > start && file.part === 1);
    const run = own.slice(start, end === -1 ? own.length : end);
    const ids = run.flatMap(({ places }) => places.map(({ noticeId }) => noticeId));
    if (ids.length === wanted.length && wanted.every(({ id }, i) => ids[i] === id)) return run;
  }
  return null;
}

async function wantedOf(store: Pick<Store, "pool"> | { pool: Transaction }, batch: BatchRecord, part: Part) {
  const live = await liveNotices(store, batch.id);
  return live.filter(
    ({ id, classExternalId }) =>
      (part.classExternalId === "" || part.classExternalId === classExternalId) && (part.noticeIds?.has(id) ?? true),
  );
}

const sameIds = (one: readonly LiveNotice[], other: readonly LiveNotice[]) =>
  one.length === other.length && one.every(({ id }, i) => id === other[i]?.id);

async function render(
  { school, layout: usual, templates }: FileNeeds,
  batch: BatchRecord,
  part: Part,
  notices: readonly LiveNotice[],
): Promise<readonly NewPrintFile[]> {
  const layout = part.layout ?? usual;
  const order = sheetOrder(batch, notices, { layout, zone: school.zone });
  const parts = await withTemplates(templates, (own) => renderBatch(order, { at: batch.composedAt, templates: own }));
  const day = longDay(dayOf(batch.composedAt, school.zone)).replaceAll("\u00a0", " ").replace(/ г\.$/, "");
  const className = part.classExternalId === "" ? "" : `, ${notices[0]?.className ?? ""}`;
  const name = part.name ?? `Уведомления, партия № ${batch.number}, ${day}${className}`;
  return parts.map(({ pdf, pages, places }, i) => ({
    classExternalId: part.classExternalId,
    part: i + 1,
    layout,
    name: `${name}${parts.length === 1 ? "" : ` (часть ${i + 1} из ${parts.length})`}.pdf`,
    pages,
    places,
    pdf,
  }));
}

/** What is to be printed, class by class in the batch's order. Pure. */
export function sheetOrder(
  batch: BatchRecord,
  notices: readonly LiveNotice[],
  { layout, zone }: { layout: Layout; zone: string },
): SheetOrder {
  const first = notices[0]?.contents.notice;
  return {
    batchNumber: batch.number,
    school: first?.school ?? "",
    simulation: first?.simulation ?? false,
    span: longSpan(batch.from, batch.to),
    madeOn: longDay(dayOf(batch.composedAt, zone)),
    layout,
    classes: [...Map.groupBy(notices, ({ classExternalId }) => classExternalId).values()].map((own) => ({
      className: own[0]?.className ?? "",
      classTeacher: own[0]?.contents.classTeacher ?? null,
      notices: own.map(({ id, slipCode, edition, contents: { notice, number, correction, post } }) => ({
        noticeId: id,
        slipCode,
        edition,
        correction,
        number,
        notice,
        post,
      })),
    })),
  };
}
