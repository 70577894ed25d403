import type { SchoolSnapshot } from "../domain/facts.ts";
import type { ArchiveRecord, ControlRecord } from "../domain/school-lists.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** What the rules about the whole school need, as it was known at `asOf`. */
export async function schoolSnapshot(
  store: Store,
  school: SchoolSnapshot["school"],
  asOf: EpochMs,
): Promise<SchoolSnapshot> {
  const query = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await store.pool.query<Row>({ text, values: [school.id, ...values], types: rowTypes })).rows;
  const [first] = await query<{ at: EpochMs | null }>(
    "SELECT min(finished_at) AS at FROM pass WHERE school_id = $1 AND state IN ('done', 'trouble') AND finished_at <= $2",
    [new Date(asOf)],
  );
  const archives = await query<ArchiveRecord>(
    `SELECT kind, starts_on AS "from", class_external_id AS "classExternalId", verified_on AS "verifiedOn", handed_on AS "handedOn"
     FROM archive_record WHERE school_id = $1 ORDER BY 1, 2, 3`,
  );
  const told = await query(
    "SELECT FROM import WHERE school_id = $1 AND kind = 'archives' AND undone_at IS NULL LIMIT 1",
  );
  return {
    school,
    classes: await query(
      `SELECT external_id AS "externalId", name, grade FROM class_group WHERE school_id = $1 AND gone_at IS NULL ORDER BY 1`,
    ),
    controls: await query<ControlRecord>(
      `SELECT month, made_at AS "madeAt", concluded_at AS "concludedAt", delivered_at AS "deliveredAt"
       FROM control WHERE school_id = $1 AND made_at <= $2 ORDER BY month`,
      [new Date(asOf)],
    ),
    archives: archives.length === 0 && told.length === 0 ? null : archives,
    since: first?.at ?? null,
  };
}
