import type { Gap, Tally } from "../domain/finding.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";

/** One evaluation of the rules over a whole school. */
export interface CheckRecord {
  readonly asOf: EpochMs;
  readonly policy: string;
  readonly tallies: readonly Tally[];
  readonly gaps: readonly Gap[];
}

/** Keeps how the deadlines came out. It is the newest: whatever was kept for the same instant or a later one goes. */
export async function saveCheck(store: Store, schoolId: number, check: CheckRecord): Promise<void> {
  const asOf = new Date(check.asOf);
  await store.prisma.$transaction([
    store.prisma.check.deleteMany({ where: { schoolId, asOf: { gte: asOf } } }),
    store.prisma.check.create({
      data: {
        schoolId,
        asOf,
        policy: check.policy,
        tallies: check.tallies.map((tally) => ({ ...tally })),
        gaps: check.gaps.map((gap) => ({ ...gap })),
      },
    }),
  ]);
}

/** What was read of the newest evaluation of a school: once written it says the same, and it is hundreds of kilobytes. */
const known = new WeakMap<Store["pool"], Map<number, CheckRecord & { readonly id: number }>>();

/** The newest evaluation; null before the first. */
export async function lastCheck(store: Store, schoolId: number): Promise<CheckRecord | null> {
  const { rows } = await store.pool.query<{ id: number }>(
    `SELECT id FROM "check" WHERE school_id = $1 ORDER BY as_of DESC LIMIT 1`,
    [schoolId],
  );
  const id = rows[0]?.id;
  if (id === undefined) return null;
  const before = known.get(store.pool)?.get(schoolId);
  if (before?.id === id) return before;
  const row = await store.prisma.check.findUnique({ where: { id } });
  // Another check has just taken its place.
  if (row === null) return lastCheck(store, schoolId);
  const check = {
    id,
    asOf: row.asOf.getTime(),
    policy: row.policy,
    // Checks of earlier versions did not count what nobody had looked at.
    tallies: (row.tallies as unknown as Tally[]).map((tally) => ({ ...tally, unlooked: tally.unlooked ?? 0 })),
    gaps: row.gaps as unknown as Gap[],
  };
  const own = known.get(store.pool) ?? new Map<number, typeof check>();
  known.set(store.pool, own.set(schoolId, check));
  return check;
}
