import type { House } from "../../src/main.ts";

let batches = 0;

/** A print of a class's file of six pages of which two came out, on a printer that is no longer there; answers its number. */
export async function halfPrinted({ store, school, clock }: House, classExternalId: string): Promise<number> {
  batches += 1;
  const now = new Date(clock.now());
  const day = new Date("2026-11-16");
  const batch = await store.prisma.noticeBatch.create({
    data: {
      schoolId: school.id,
      number: 900 + batches,
      key: `test/${batches}`,
      kind: "by-hand",
      startsOn: day,
      endsOn: day,
      composedAt: now,
    },
  });
  const file = await store.prisma.printFile.create({
    data: {
      schoolId: school.id,
      batchId: batch.id,
      classExternalId,
      part: 1,
      layout: "simplex",
      name: `Партия ${batch.number}.pdf`,
      pdf: Buffer.from("%PDF-"),
      pages: 6,
      places: [],
      madeAt: now,
    },
  });
  const { id } = await store.prisma.printJob.create({
    data: {
      schoolId: school.id,
      fileId: file.id,
      printer: "ipp://old.example/ipp/print",
      mark: `test-${batches}`,
      state: "asking",
      reason: null,
      leftOut: [],
      pagesDone: 2,
      createdAt: now,
      changedAt: now,
    },
  });
  return id;
}
