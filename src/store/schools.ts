import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";
import { sharedRead } from "./shared-read.ts";
import { inTransaction, type Transaction } from "./transaction.ts";

export interface SchoolRecord {
  readonly id: number;
  readonly externalId: string;
  readonly name: string;
  readonly year: number;
  readonly maxMark: number;
  readonly build: string | null;
}

const columns = { id: true, externalId: true, name: true, year: true, maxMark: true, build: true } as const;

/** The school of that code, made when it is new. */
export async function ensureSchool(
  store: Store,
  school: { externalId: string; name: string; year: number; at: EpochMs },
): Promise<SchoolRecord> {
  const { at, ...data } = school;
  await store.prisma.school.createMany({ data: [{ ...data, createdAt: new Date(at) }], skipDuplicates: true });
  return store.prisma.school.findUniqueOrThrow({ where: { externalId: school.externalId }, select: columns });
}

/** What the journal says of the school itself; writes only a difference. A new school year begins with pages that nobody has looked at. */
export async function describeSchool(
  store: Store,
  id: number,
  said: { name: string; year: number; maxMark: number; build: string | null; account: string },
): Promise<void> {
  await inTransaction(store, async (client) => {
    const { rows } = await client.query<{ year: number }>("SELECT year FROM school WHERE id = $1 FOR UPDATE", [id]);
    const before = rows[0]?.year ?? said.year;
    if (before !== said.year) await closeYear(client, id, before);
    await client.query(
      `UPDATE school SET name = $2, year = $3, max_mark = $4, build = $5, account = $6
       WHERE id = $1 AND (name, year, max_mark, build, account) IS DISTINCT FROM ($2, $3, $4, $5, $6)`,
      [id, said.name, said.year, said.maxMark, said.build, said.account],
    );
  });
}

/**
 * The journal shows one year at a time. What stood on its pages has not vanished from them, and an old look at them tells nothing of the new
 * ones. Final marks have no day, and the same terms come every year: they go to the history under their own year.
 */
async function closeYear(client: Transaction, id: number, year: number): Promise<void> {
  await client.query("DELETE FROM page_pass WHERE school_id = $1", [id]);
  await client.query(
    `WITH closed AS (DELETE FROM final_mark WHERE school_id = $1 RETURNING *)
     INSERT INTO fact_version (school_id, fact, key, class_external_id, content, absent_at, seen_at, vanished_at)
     SELECT school_id, 'final', concat_ws('/', $2::int, pupil_external_id, term_external_id, subject_external_id), class_external_id,
       jsonb_build_object('text', text), CASE WHEN content_seen_at IS NULL THEN absent_at ELSE content_absent_at END,
       coalesce(content_seen_at, seen_at), vanished_at FROM closed`,
    [id, year],
  );
  await client.query(
    `UPDATE fact_version SET key = concat_ws('/', $2::int, key) WHERE school_id = $1 AND fact = 'final' AND key ~ '^[^/]+/[^/]+/[^/]+$'`,
    [id, year],
  );
}

/** The school as the journal last described it. */
async function readSchool({ pool }: Pick<Store, "pool">, id: number): Promise<SchoolRecord> {
  const { rows } = await pool.query<SchoolRecord>(
    `SELECT id, external_id AS "externalId", name, year, max_mark AS "maxMark", build FROM school WHERE id = $1`,
    [id],
  );
  const [school] = rows;
  if (school === undefined) throw new Error(`no school ${id}`);
  return school;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const schoolById = sharedRead(readSchool);
