import type { PoolClient } from "pg";
import type { EpochMs } from "../domain/time.ts";

export interface HolderTold {
  readonly subjectExternalId: string;
  /** «» is the whole class. */
  readonly group: string;
  /** Null: the journal names nobody, or does not tell whom of several. */
  readonly teacherName: string | null;
}

/**
 * Who holds the pages of a class now; writes only what differs, and keeps who held them before: their lessons stay theirs.
 * `answeredAt`: when the first answer that tells it had come. Called before the pages themselves are marked as looked at.
 */
export async function noteHolders(
  client: PoolClient,
  schoolId: number,
  classExternalId: string,
  pages: readonly HolderTold[],
  answeredAt: EpochMs,
): Promise<number> {
  const told = [
    schoolId,
    classExternalId,
    pages.map((page) => page.subjectExternalId),
    pages.map((page) => page.group),
    pages.map((page) => page.teacherName),
  ];
  const TOLD = "unnest($3::text[], $4::text[], $5::text[]) AS i(subject, grp, teacher)";
  const SAME = `p.school_id = $1 AND p.class_external_id = $2 AND p.subject_external_id = i.subject AND p."group" = i.grp`;
  const { rowCount: replaced } = await client.query(
    `WITH gone AS (DELETE FROM page p USING ${TOLD} WHERE ${SAME} AND p.teacher_name IS DISTINCT FROM i.teacher RETURNING p.*)
     INSERT INTO former_holder (school_id, class_external_id, subject_external_id, "group", teacher_name, last_seen_at, replaced_at)
     SELECT school_id, class_external_id, subject_external_id, "group", teacher_name,
       (SELECT max(asked_at) FROM page_pass WHERE school_id = $1 AND kind = 'holders' AND class_external_id = $2), $6 FROM gone`,
    [...told, new Date(answeredAt)],
  );
  const { rowCount: written } = await client.query(
    `INSERT INTO page (school_id, class_external_id, subject_external_id, "group", teacher_name)
     SELECT $1, $2, i.* FROM ${TOLD} WHERE i.teacher IS NOT NULL ON CONFLICT DO NOTHING`,
    told,
  );
  return Math.max(replaced ?? 0, written ?? 0);
}

/** In which groups the lessons on a pupil's page are held, by subject («» for the whole class). */
export async function groupsOnPage(
  client: PoolClient,
  page: { schoolId: number; classExternalId: string; pupilExternalId: string },
): Promise<{ subject: string; group: string }[]> {
  const { rows } = await client.query<{ subject: string; group: string }>(
    `SELECT DISTINCT l.subject_external_id AS subject, coalesce(l."group", '') AS "group"
     FROM page_pass p JOIN lesson l ON l.school_id = p.school_id AND l.external_id = ANY(p.lesson_external_ids)
     WHERE p.school_id = $1 AND p.kind = 'lessons' AND p.class_external_id = $2 AND p.pupil_external_id = $3`,
    [page.schoolId, page.classExternalId, page.pupilExternalId],
  );
  return rows;
}
