import type { PoolClient } from "pg";
import type { EpochMs, IsoDate } from "../../domain/time.ts";
import type { EntryRow } from "../../ports/journal.ts";
import { rowTypes, type Store } from "../connect.ts";
import type { PageKey } from "../page-passes.ts";
import type { Look } from "./table.ts";

/** A fact that the page held before and that a new answer lacks (`lost`), had lacked already (`gone`), or shows again (`back`). */
export interface FactBefore {
  readonly state: "lost" | "gone" | "back";
  readonly lessonExternalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  /** What it said: a topic, a cell. */
  readonly text: string | null;
}

type Place = Pick<FactBefore, "date" | "subjectExternalId" | "text">;

/** What tells a fact again when its number has changed: its subject with its day, and its subject with what it says. */
export function placesOf({ date, subjectExternalId, text }: Place): readonly string[] {
  const day = `${subjectExternalId}@${date}`;
  return text === null ? [day] : [day, `${subjectExternalId}=${text}`];
}

/** The places that stand empty: of what has just gone both, of what went earlier only the day, for the same words come often. */
export function placesLeft(before: readonly FactBefore[]): ReadonlySet<string> {
  return new Set(
    before.flatMap(({ state, ...place }) =>
      state === "back" ? [] : placesOf(state === "lost" ? place : { ...place, text: null }),
    ),
  );
}

type Page = PageKey & Pick<Look, "schoolId" | "year">;

/** Entries of the pupil. */
export async function entriesBefore(client: PoolClient, page: Page, rows: readonly EntryRow[]): Promise<FactBefore[]> {
  const { rows: before } = await client.query<FactBefore>({
    text: `SELECT CASE WHEN f.vanished_at IS NULL THEN 'lost' WHEN i.lesson IS NULL THEN 'gone' ELSE 'back' END AS state,
             f.lesson_external_id AS "lessonExternalId", f.date, f.subject_external_id AS "subjectExternalId", f.text
           FROM entry f LEFT JOIN unnest($4::text[]) AS i(lesson) ON i.lesson = f.lesson_external_id
           WHERE f.school_id = $1 AND f.pupil_external_id = $2 AND f.date BETWEEN $5 AND $6
             AND (f.vanished_at IS NOT NULL OR (i.lesson IS NULL AND f.class_external_id = $3))`,
    values: [
      page.schoolId,
      page.pupilExternalId,
      page.classExternalId,
      rows.map((row) => row.lessonExternalId),
      page.year.from,
      page.year.to,
    ],
    types: rowTypes,
  });
  return before;
}

/** Lessons of the class; `left` are those that the page showed and shows no longer. */
export async function lessonsBefore(
  client: PoolClient,
  page: Page,
  shown: readonly string[],
  left: readonly string[],
): Promise<FactBefore[]> {
  const { rows } = await client.query<FactBefore>({
    text: `SELECT CASE WHEN l.vanished_at IS NULL THEN 'lost' WHEN l.external_id = ANY($3) THEN 'back' ELSE 'gone' END AS state,
             l.external_id AS "lessonExternalId", l.date, l.subject_external_id AS "subjectExternalId", l.topic AS text
           FROM lesson l WHERE l.school_id = $1 AND l.class_external_id = $2 AND (l.vanished_at IS NOT NULL OR l.external_id = ANY($4))`,
    values: [page.schoolId, page.classExternalId, shown, left],
    types: rowTypes,
  });
  return rows;
}

/** By pupil, the subjects of which the page of lessons showed one before `since`. */
export async function subjectsShown(
  store: Store,
  school: { readonly id: number; readonly classExternalId: string },
  since: EpochMs,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await store.pool.query<{ pupil: string; subjects: string[] }>(
    `SELECT p.pupil_external_id AS pupil, array_agg(DISTINCT l.subject_external_id) AS subjects
     FROM page_pass p JOIN lesson l ON l.school_id = $1 AND l.external_id = ANY(p.lesson_external_ids)
     WHERE p.school_id = $1 AND p.kind = 'lessons' AND p.class_external_id = $2 AND l.seen_at < $3 AND l.vanished_at IS NULL GROUP BY 1`,
    [school.id, school.classExternalId, new Date(since)],
  );
  return new Map(rows.map(({ pupil, subjects }) => [pupil, new Set(subjects)]));
}

/** Whether the class had shown any entry before `since`. */
export async function showedEntries(
  store: Store,
  school: { readonly id: number; readonly classExternalId: string },
  since: EpochMs,
): Promise<boolean> {
  const { rowCount } = await store.pool.query(
    "SELECT FROM entry WHERE school_id = $1 AND class_external_id = $2 AND seen_at < $3 AND vanished_at IS NULL LIMIT 1",
    [school.id, school.classExternalId, new Date(since)],
  );
  return rowCount !== 0;
}
