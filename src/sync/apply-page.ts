import type { EpochMs } from "../domain/time.ts";
import type { LessonRow } from "../ports/journal.ts";
import { noteTeachers, upsertLessons, vanishLessons } from "../store/facts/lessons.ts";
import { entryTable, finalMarkTable, messageTable } from "../store/facts/pupil-tables.ts";
import { type Applied, type FactTable, type Look, upsertFacts, vanishFacts } from "../store/facts/table.ts";
import { passPage, setPageAside } from "../store/page-passes.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";
import type { ApplyContext } from "./apply-class.ts";
import type { Seen } from "./doubts.ts";
import { askedBefore, isOfKind, lessonIds, type Reading } from "./harvest.ts";
import { keyedMessages, mergeCells, uniqueFinals, uniqueLessons } from "./normalise.ts";

export interface PageDecision {
  /** Held back as a mass disappearance of these facts: nothing of it is taken over. */
  readonly held: { readonly lost: readonly string[] } | null;
  /** Whether a row's absence at the page's last look proves nothing. */
  readonly doubted: (row: Seen) => boolean;
  /** Lessons of this class that another page of this pass has brought already: their content, and when that answer had come. */
  readonly appliedLessons: Map<string, { readonly content: string; readonly answeredAt: EpochMs }>;
  /** Who gave which lesson, as the diaries of this pass tell. */
  readonly teachers: ReadonlyMap<string, string>;
}

type PageResult = Applied & { readonly refused: number };

const NOTHING: Applied = { added: 0, changed: 0, vanished: 0 };

/** One page, one transaction: facts, what vanished, and the page's own mark stand together or not at all. */
export function applyPage(context: ApplyContext, reading: Reading, decision: PageDecision): Promise<PageResult> {
  const { store, schoolId, passId } = context;
  const { page } = reading;
  const apply = async (client: Transaction): Promise<PageResult> => {
    if (decision.held !== null) {
      const held = { digest: page.digest, lost: decision.held.lost, shown: factsOf(reading) };
      await setPageAside(client, schoolId, passId, { ...page, held, at: context.now() });
      return { ...NOTHING, refused: 0 };
    }
    const changes = await applyRows(client, context, reading, decision);
    if (changes.refused > 0) {
      await setPageAside(client, schoolId, passId, { ...page, held: null, at: context.now() });
      return changes;
    }
    const lessonExternalIds = [...new Set(lessonIds(reading))];
    await passPage(client, schoolId, passId, { ...page, facts: factsOf(reading), lessonExternalIds });
    const still = new Set(lessonExternalIds);
    const left = (reading.stored?.lessonExternalIds ?? []).filter((id) => !still.has(id));
    return { ...changes, vanished: changes.vanished + (await vanishLessons(client, schoolId, left, context.now())) };
  };
  // What a power cut takes back is asked again.
  return inTransaction(store, apply, { waitsForDisk: false });
}

/** How many facts the answer holds. */
export function factsOf(reading: Reading): number {
  if (reading.same) return reading.stored?.facts ?? 0;
  if (isOfKind(reading, "entries")) return mergeCells(reading.content.rows, reading.page.pupilExternalId).length;
  if (isOfKind(reading, "lessons")) return new Set(lessonIds(reading)).size;
  if (isOfKind(reading, "finals")) return uniqueFinals(reading.content.rows).length;
  if (isOfKind(reading, "messages")) return keyedMessages(reading.content.rows).length;
  return reading.content.rows.length;
}

async function applyRows(
  client: Transaction,
  context: ApplyContext,
  reading: Reading,
  decision: PageDecision,
): Promise<PageResult> {
  if (reading.same) return { ...NOTHING, refused: 0 };
  const { refused } = reading.content;
  const { schoolId, year } = context;
  const { kind, classExternalId, pupilExternalId, askedAt, answeredAt } = reading.page;
  const look = { schoolId, year, kind, classExternalId, pupilExternalId, askedAt, answeredAt };
  const before = askedBefore(reading);

  const facts = async <Row>(
    table: FactTable<Row>,
    rows: readonly Row[],
    absentAt: (row: Row) => EpochMs | null,
  ): Promise<PageResult> => {
    const { added, changed } = await upsertFacts(client, table, look, rows, absentAt);
    // A page that was never dealt with has left nothing that could vanish.
    const vanished = refused === 0 && reading.stored !== undefined ? await vanishFacts(client, table, look, rows) : 0;
    return { added, changed, vanished, refused };
  };

  if (isOfKind(reading, "lessons")) {
    return {
      ...(await applyLessons(client, look, uniqueLessons(reading.content.rows), reading, decision)),
      vanished: 0,
      refused,
    };
  }
  if (isOfKind(reading, "entries")) {
    return facts(entryTable, mergeCells(reading.content.rows, pupilExternalId), (row) =>
      decision.doubted(row) ? null : before,
    );
  }
  if (isOfKind(reading, "finals")) return facts(finalMarkTable, uniqueFinals(reading.content.rows), () => before);
  if (isOfKind(reading, "messages")) return facts(messageTable, keyedMessages(reading.content.rows), () => before);
  if (isOfKind(reading, "diary")) {
    const changed = await noteTeachers(client, schoolId, reading.content.rows);
    return { added: 0, changed, vanished: 0, refused };
  }
  return { ...NOTHING, refused };
}

async function applyLessons(
  client: Transaction,
  look: Look & { readonly askedAt: EpochMs },
  rows: readonly LessonRow[],
  reading: Reading,
  decision: PageDecision,
): Promise<{ added: number; changed: number }> {
  const before = askedBefore(reading);
  const stood = new Set(reading.stored?.lessonExternalIds ?? []);
  // Pages of one class are asked side by side: an answer that was asked for before another one had come is no newer, and says nothing against it.
  const news = rows.filter((row) => {
    const told = decision.appliedLessons.get(row.externalId);
    return told === undefined || (told.content !== contentOf(row) && told.answeredAt <= look.askedAt);
  });
  const changes = await upsertLessons(
    client,
    look,
    news.map((row) => ({
      row,
      absentAt: decision.doubted(seenLesson(row)) ? null : before,
      unchangedAt: stood.has(row.externalId) ? before : null,
      teacherExternalId: decision.teachers.get(row.externalId) ?? null,
    })),
  );
  for (const row of news)
    decision.appliedLessons.set(row.externalId, { content: contentOf(row), answeredAt: look.answeredAt });
  return changes;
}

/** A lesson as `doubtsOf` takes it. */
export const seenLesson = (row: LessonRow): Seen => ({ ...row, lessonExternalId: row.externalId, text: row.topic });

const contentOf = (row: LessonRow) =>
  [row.date, row.subjectExternalId, row.group, row.workType, row.weight, row.topic, row.homework].join("\u0000");
