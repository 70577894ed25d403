import type { PoolClient } from "pg";
import type { EpochMs } from "../../domain/time.ts";
import type { DiaryRow, LessonRow } from "../../ports/journal.ts";
import type { Look } from "./table.ts";

/**
 * A lesson as one pupil's page shows it. Lessons belong to the class and stand on many pages, so two different looks prove two things:
 * that the lesson itself was not there, and that its record was not what it is now.
 */
export interface SeenLesson {
  readonly row: LessonRow;
  /** The last look that proves there was no such lesson. */
  readonly absentAt: EpochMs | null;
  /** The last look of a page on which the lesson already stood: with other content, if the content is new. */
  readonly unchangedAt: EpochMs | null;
  /** Who gave it, where a diary of the same harvest tells; a lesson that is known already learns it by `noteTeachers`. */
  readonly teacherExternalId: string | null;
}

/** Adds and changes lessons set-wise; their earlier content goes to `fact_version` in the same statement. */
export async function upsertLessons(
  client: PoolClient,
  look: Look,
  lessons: readonly SeenLesson[],
): Promise<{ added: number; changed: number }> {
  if (lessons.length === 0) return { added: 0, changed: 0 };
  const instant = (at: EpochMs | null) => (at === null ? null : new Date(at));
  const { rows } = await client.query<{ added: boolean }>({
    name: "upsert-lessons",
    text: UPSERT,
    values: [
      look.schoolId,
      look.classExternalId,
      new Date(look.answeredAt),
      lessons.map(({ row }) => row.externalId),
      lessons.map(({ row }) => row.date),
      lessons.map(({ row }) => row.subjectExternalId),
      lessons.map(({ row }) => row.group),
      lessons.map(({ row }) => row.workType),
      lessons.map(({ row }) => row.topic),
      lessons.map(({ row }) => row.homework),
      lessons.map(({ row }) => row.weight),
      lessons.map(({ absentAt }) => instant(absentAt)),
      lessons.map(({ unchangedAt }) => instant(unchangedAt)),
      lessons.map(({ teacherExternalId }) => teacherExternalId),
    ],
  });
  const added = rows.filter((row) => row.added).length;
  return { added, changed: rows.length - added };
}

const CONTENT = ["date", "subject_external_id", '"group"', "work_type", "topic", "homework", "weight"];
const content = (alias: string) => `(${CONTENT.map((name) => `${alias}.${name}`).join(", ")})`;
const differs = (was: string, is: string) =>
  `(${content(was)} IS DISTINCT FROM ${content(is)} OR ${was}.vanished_at IS NOT NULL)`;

/** The lessons that stand are fetched by their keys and once: a first import, of whose size the server knows nothing yet, must not read the whole table for each page. */
const UPSERT = `WITH incoming AS (
    SELECT * FROM unnest($4::text[], $5::date[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::float8[], $12::timestamptz[], $13::timestamptz[], $14::text[])
      AS i(external_id, date, subject_external_id, "group", work_type, topic, homework, weight, absent_at, unchanged_at, teacher_external_id)),
  standing AS MATERIALIZED (SELECT * FROM lesson WHERE school_id = $1 AND external_id = ANY($4::text[])),
  stale AS MATERIALIZED (SELECT l.* FROM standing l JOIN incoming i USING (external_id) WHERE ${differs("l", "i")}),
  archived AS (
    INSERT INTO fact_version (school_id, fact, key, class_external_id, content, absent_at, seen_at, vanished_at)
    SELECT l.school_id, 'lesson', l.external_id, l.class_external_id,
      jsonb_build_object('date', l.date, 'topic', l.topic, 'homework', l.homework, 'workType', l.work_type, 'weight', l.weight),
      CASE WHEN l.content_seen_at IS NULL THEN l.absent_at ELSE l.content_absent_at END, coalesce(l.content_seen_at, l.seen_at), l.vanished_at
    FROM stale l),
  changed AS (
    UPDATE lesson l SET ${CONTENT.map((name) => `${name} = i.${name}`).join(", ")}, content_absent_at = i.unchanged_at, content_seen_at = $3, vanished_at = NULL
    FROM stale s JOIN incoming i USING (external_id) WHERE l.school_id = $1 AND l.external_id = s.external_id
    RETURNING false AS added),
  added AS (
    INSERT INTO lesson (school_id, class_external_id, external_id, ${CONTENT.join(", ")}, teacher_external_id, absent_at, seen_at)
    SELECT $1, $2, i.external_id, ${CONTENT.map((name) => `i.${name}`).join(", ")}, i.teacher_external_id, i.absent_at, $3 FROM incoming i
    WHERE NOT EXISTS (SELECT FROM standing l WHERE l.external_id = i.external_id)
    RETURNING true AS added)
  SELECT added FROM changed UNION ALL SELECT added FROM added`;

/** Of the lessons that left a page, marks those as vanished that stand on no present pupil's page any longer; returns how many. */
export async function vanishLessons(
  client: PoolClient,
  schoolId: number,
  left: readonly string[],
  at: EpochMs,
): Promise<number> {
  if (left.length === 0) return 0;
  const { rowCount } = await client.query(
    `UPDATE lesson l SET vanished_at = $3 WHERE l.school_id = $1 AND l.external_id = ANY($2) AND l.vanished_at IS NULL
       AND NOT EXISTS (SELECT FROM page_pass p JOIN pupil u ON u.school_id = p.school_id AND u.external_id = p.pupil_external_id
         WHERE p.school_id = $1 AND p.kind = 'lessons' AND u.class_external_id = p.class_external_id AND u.gone_at IS NULL
           AND l.external_id = ANY(p.lesson_external_ids))`,
    [schoolId, left, new Date(at)],
  );
  return rowCount ?? 0;
}

/** Who gave the lessons, as the diary tells; returns how many were news. */
export async function noteTeachers(client: PoolClient, schoolId: number, rows: readonly DiaryRow[]): Promise<number> {
  const told = rows.filter((row) => row.teacherExternalId !== null);
  const { rowCount } = await client.query(
    `UPDATE lesson l SET teacher_external_id = i.teacher FROM unnest($2::text[], $3::text[]) AS i(lesson, teacher)
     WHERE l.school_id = $1 AND l.external_id = ANY($2) AND l.external_id = i.lesson AND l.teacher_external_id IS DISTINCT FROM i.teacher`,
    [schoolId, told.map((row) => row.lessonExternalId), told.map((row) => row.teacherExternalId)],
  );
  return rowCount ?? 0;
}
