import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import { sharedRead } from "./shared-read.ts";

export type PassState = "running" | "done" | "trouble" | "failed" | "interrupted";

/** What a pass did, in pages and facts. */
export interface PassCounts {
  pages: number;
  pagesDone: number;
  pagesSame: number;
  pagesFailed: number;
  quarantined: number;
  added: number;
  changed: number;
  vanished: number;
  requests: number;
}

export interface PassRecord extends PassCounts {
  readonly id: number;
  readonly state: PassState;
  readonly startedAt: EpochMs;
  readonly finishedAt: EpochMs | null;
  readonly trouble: string | null;
}

const COLUMNS = `id, state, started_at AS "startedAt", finished_at AS "finishedAt", pages, pages_done AS "pagesDone", pages_same AS "pagesSame",
  pages_failed AS "pagesFailed", quarantined, added, changed, vanished, requests, trouble`;

export interface PassTroubleRecord {
  readonly at: EpochMs;
  readonly code: string;
  readonly kind?: string;
  readonly classExternalId?: string;
  readonly pupilExternalId?: string;
  readonly sentence: string;
}

/**
 * Begins a pass, or goes on with one that was killed no longer than `resumeWithinMs` ago; older ones are closed as interrupted.
 * The caller holds the school's lock, so whatever is «running» here belongs to a dead process.
 */
export async function beginPass(
  store: Store,
  schoolId: number,
  at: EpochMs,
  resumeWithinMs: number,
): Promise<{ id: number; startedAt: EpochMs; resumed: boolean }> {
  const left = await store.prisma.pass.findMany({ where: { schoolId, state: "running" }, orderBy: { id: "desc" } });
  const newest = left[0];
  const age = newest === undefined ? Number.POSITIVE_INFINITY : at - newest.startedAt.getTime();
  const resumed = newest !== undefined && age >= 0 && age <= resumeWithinMs ? newest : null;
  const dead = left.filter((pass) => pass !== resumed).map((pass) => pass.id);
  if (dead.length > 0) {
    await store.prisma.pass.updateMany({
      where: { id: { in: dead } },
      data: { state: "interrupted", trouble: "Проход был прерван: программа или компьютер выключились." },
    });
  }
  if (resumed) return { id: resumed.id, startedAt: resumed.startedAt.getTime(), resumed: true };
  const { id } = await store.prisma.pass.create({ data: { schoolId, state: "running", startedAt: new Date(at) } });
  return { id, startedAt: at, resumed: false };
}

/** Shows how far a running pass is. Adds nothing but the numbers. */
export async function notePassProgress(store: Store, id: number, counts: PassCounts): Promise<void> {
  await store.prisma.pass.update({ where: { id }, data: counts });
}

export async function endPass(
  store: Store,
  id: number,
  end: { at: EpochMs; state: PassState; counts: PassCounts; trouble: string | null },
): Promise<void> {
  await store.prisma.pass.update({
    where: { id },
    data: { ...end.counts, state: end.state, finishedAt: new Date(end.at), trouble: end.trouble },
  });
}

export async function noteTroubles(
  store: Store,
  passId: number,
  troubles: readonly PassTroubleRecord[],
): Promise<void> {
  if (troubles.length === 0) return;
  await store.prisma.passTrouble.createMany({
    data: troubles.map(({ at, ...rest }) => ({ ...rest, passId, at: new Date(at) })),
  });
}

/** Passes that were under way between two instants, oldest first, the nearest one before and after included. */
export async function passesAround(
  store: Store,
  schoolId: number,
  from: EpochMs,
  to: EpochMs,
): Promise<readonly PassRecord[]> {
  const { rows } = await store.pool.query<PassRecord>({
    text: `SELECT ${COLUMNS} FROM pass WHERE school_id = $1
             AND started_at >= coalesce((SELECT max(started_at) FROM pass WHERE school_id = $1 AND started_at <= $2), $2)
             AND started_at <= coalesce((SELECT min(started_at) FROM pass WHERE school_id = $1 AND started_at >= $3), $3)
           ORDER BY started_at`,
    values: [schoolId, new Date(from), new Date(to)],
    types: rowTypes,
  });
  return rows;
}

/** When the pass ended that was under way at an instant; null when none was. */
export async function endOfPassUnderWay(store: Store, schoolId: number, at: EpochMs): Promise<EpochMs | null> {
  const moment = new Date(at);
  const pass = await store.prisma.pass.findFirst({
    where: { schoolId, startedAt: { lte: moment }, finishedAt: { gt: moment } },
    orderBy: { finishedAt: "desc" },
  });
  return pass?.finishedAt?.getTime() ?? null;
}

/** The newest passes first; with `before` only those older than the one of this number. */
async function readLatestPasses(
  store: Store,
  schoolId: number,
  limit: number,
  before: number | null = null,
): Promise<readonly PassRecord[]> {
  const { rows } = await store.pool.query<PassRecord>({
    text: `SELECT ${COLUMNS} FROM pass WHERE school_id = $1 AND ($2::int IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    values: [schoolId, before, limit],
    types: rowTypes,
  });
  return rows;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const latestPasses = sharedRead(readLatestPasses);
