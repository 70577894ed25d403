import type { Store } from "../../src/store/connect.ts";

/** Every `each`-th lesson, entry, final mark and message of a store: whole rows, as Prisma gives them. */
export async function readFacts({ prisma }: Store, each: number) {
  const sample = <Row>(rows: readonly Row[]) => rows.filter((_, index) => index % each === 0);
  const [lessons, entries, finals, messages] = await Promise.all([
    prisma.lesson.findMany(),
    prisma.entry.findMany(),
    prisma.finalMark.findMany(),
    prisma.message.findMany(),
  ]);
  return {
    all: lessons.length + entries.length + finals.length + messages.length,
    lessons: sample(lessons),
    entries: sample(entries),
    finals: sample(finals),
    messages: sample(messages),
  };
}

export type Facts = Awaited<ReturnType<typeof readFacts>>;

/** The rival: one Prisma `upsert` for each fact, one after another. Returns how many. */
export async function upsertFacts({ prisma }: Store, { lessons, entries, finals, messages }: Facts): Promise<number> {
  for (const row of lessons) {
    const { schoolId, externalId } = row;
    const where = { schoolId_externalId: { schoolId, externalId } };
    await prisma.lesson.upsert({ where, create: row, update: row });
  }
  for (const row of entries) {
    const { schoolId, pupilExternalId, lessonExternalId } = row;
    const where = {
      schoolId_pupilExternalId_lessonExternalId: { schoolId, pupilExternalId, lessonExternalId },
    };
    await prisma.entry.upsert({ where, create: row, update: row });
  }
  for (const row of finals) {
    const { schoolId, pupilExternalId, termExternalId, subjectExternalId } = row;
    const where = {
      schoolId_pupilExternalId_termExternalId_subjectExternalId: {
        schoolId,
        pupilExternalId,
        termExternalId,
        subjectExternalId,
      },
    };
    await prisma.finalMark.upsert({ where, create: row, update: row });
  }
  for (const row of messages) {
    const { schoolId, pupilExternalId, hash } = row;
    const where = { schoolId_pupilExternalId_hash: { schoolId, pupilExternalId, hash } };
    await prisma.message.upsert({ where, create: row, update: row });
  }
  return lessons.length + entries.length + finals.length + messages.length;
}
