import { randomInt } from "node:crypto";
import type { Store } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { sheetsPdf } from "./fake-printer.ts";

export interface BatchInStore {
  readonly schoolId: number;
  readonly fileId: number;
  /** In the order of their pages: page 1 is a hand-out list, from page 2 on each page is a notice. */
  readonly noticeIds: readonly number[];
}

/** A composed batch of one-page notices behind a hand-out list, as composing leaves it. */
export async function batchInStore(
  store: Store,
  { pages = 60, layout = "simplex", at }: { pages?: number; layout?: string; at: number },
): Promise<BatchInStore> {
  const { id: schoolId } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at });
  const when = new Date(at);
  const batches = await store.prisma.noticeBatch.count({ where: { schoolId } });
  const batch = await store.prisma.noticeBatch.create({
    data: {
      schoolId,
      number: batches + 1,
      key: `test/${batches}`,
      kind: "by-hand",
      startsOn: when,
      endsOn: when,
      composedAt: when,
    },
  });
  const noticeIds: number[] = [];
  const step = layout === "duplex" ? 2 : 1;
  const places: { page: number; last: number; noticeId: number }[] = [];
  for (let page = 1 + step; page <= pages; page += step) {
    const { id } = await store.prisma.notice.create({
      data: {
        schoolId,
        batchId: batch.id,
        pupilExternalId: `pupil-${page}`,
        classExternalId: "class",
        className: "5 А",
        place: page,
        contents: {},
        startsOn: when,
        endsOn: when,
        factsAt: when,
        composedAt: when,
        slipCode: String(randomInt(1e11, 1e12 - 1)),
      },
    });
    noticeIds.push(id);
    places.push({ page, last: page, noticeId: id });
  }
  const file = await store.prisma.printFile.create({
    data: {
      schoolId,
      batchId: batch.id,
      classExternalId: "",
      part: 1,
      layout,
      name: `Распечатки, пачка ${batch.number}.pdf`,
      pdf: Buffer.from(await sheetsPdf(pages)),
      pages,
      places,
      madeAt: when,
    },
  });
  return { schoolId, fileId: file.id, noticeIds };
}

/** Ids of the notices that are marked as printed. */
export async function printedNotices(store: Store): Promise<number[]> {
  const rows = await store.prisma.notice.findMany({ where: { printedAt: { not: null } }, orderBy: { id: "asc" } });
  return rows.map(({ id }) => id);
}
