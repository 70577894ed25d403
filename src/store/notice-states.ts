import { compareClasses } from "../domain/notice/class-order.ts";
import type { BatchStates, ClassStates, SilentFamily } from "../domain/notice-cycle/states.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";
import { sharedRead } from "./shared-read.ts";

/** The newest batches of a school, the newest first, with how far each class has come. */
async function readBatchStates(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  most: number,
): Promise<readonly BatchStates[]> {
  const { rows } = await pool.query<Omit<BatchStates, "classes"> & ClassStates>({
    text: `SELECT b.number, b.kind, b.starts_on AS "from", b.ends_on AS "to", b.composed_at AS "composedAt",
        n.class_external_id AS "classExternalId", n.class_name AS "className",
        count(*) FILTER (WHERE live) AS notices, count(*) FILTER (WHERE live AND n.printed_at IS NOT NULL) AS printed,
        count(*) FILTER (WHERE live AND n.handed_at IS NOT NULL) AS handed, count(*) FILTER (WHERE live AND n.returned_at IS NOT NULL) AS returned,
        count(*) FILTER (WHERE live AND n.handed_at IS NOT NULL AND n.returned_at IS NULL AND n.slip_code NOT LIKE 'old-%') AS missing,
        count(*) FILTER (WHERE NOT live) AS withdrawn
      FROM (SELECT * FROM notice_batch WHERE school_id = $1 ORDER BY number DESC LIMIT $2) b
      JOIN notice n ON n.batch_id = b.id CROSS JOIN LATERAL (SELECT n.withdrawn_at IS NULL AS live) l
      GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1 DESC`,
    values: [schoolId, most],
    types: rowTypes,
  });
  return [...Map.groupBy(rows, ({ number }) => number).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { number, kind, from, to, composedAt } = first;
    const classes = own
      .map(({ number: _, kind: _kind, from: _from, to: _to, composedAt: _at, ...states }) => states)
      .sort((one, other) => compareClasses(one.className, other.className));
    return [{ number, kind, from, to, composedAt, classes }];
  });
}

/** Shared by all who ask the same (see `sharedRead`). */
export const batchStates = sharedRead(readBatchStates);

/**
 * Families on paper whose last `cycles` slips or more did not come back although the next notice has been composed since, by class and id.
 */
export async function silentFamilies(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  { cycles, paper }: { cycles: number; paper: readonly string[] },
): Promise<SilentFamily[]> {
  const { rows } = await pool.query<SilentFamily>({
    text: `WITH given AS (
        SELECT n.pupil_external_id AS pupil, n.handed_at, n.returned_at, n.composed_at,
          max(n.composed_at) OVER (PARTITION BY n.pupil_external_id) AS newest,
          max(n.composed_at) FILTER (WHERE n.returned_at IS NOT NULL) OVER (PARTITION BY n.pupil_external_id) AS last_back
        FROM notice n WHERE n.school_id = $1 AND n.withdrawn_at IS NULL AND n.slip_code NOT LIKE 'old-%' AND n.pupil_external_id = ANY($3)
      )
      SELECT g.pupil AS "pupilExternalId", c.name AS "className", count(*) AS slips, min(g.handed_at) AS "sinceAt"
      FROM given g
      JOIN pupil p ON p.school_id = $1 AND p.external_id = g.pupil AND p.gone_at IS NULL
      JOIN class_group c ON c.school_id = $1 AND c.external_id = p.class_external_id
      WHERE g.handed_at IS NOT NULL AND g.returned_at IS NULL AND g.composed_at < g.newest AND (g.last_back IS NULL OR g.composed_at > g.last_back)
      GROUP BY 1, 2 HAVING count(*) >= $2 ORDER BY 1`,
    values: [schoolId, cycles, paper],
    types: rowTypes,
  });
  return rows.toSorted((one, other) => compareClasses(one.className, other.className));
}
