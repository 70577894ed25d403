import { rowTypes, type Store } from "./connect.ts";

/** A page of the journal: class × subject × group. */
export interface JournalPageKey {
  readonly classExternalId: string;
  readonly subjectExternalId: string;
  /** «» is the whole class. */
  readonly group: string;
}

export interface ListedJournalPage extends JournalPageKey {
  readonly className: string;
  readonly grade: number | null;
  readonly subject: string;
  /** Who holds it; where the journal names nobody, the only holder of the subject in the class, else who gave its lessons. */
  readonly holders: readonly string[];
}

/** The pages that the journal names or that have lessons; of classes that are still there. */
export async function journalPages(
  store: Store,
  schoolId: number,
  of?: Pick<JournalPageKey, "classExternalId" | "subjectExternalId">,
): Promise<ListedJournalPage[]> {
  const { rows } = await store.pool.query<ListedJournalPage>({
    text: `WITH told AS (SELECT class_external_id AS class, subject_external_id AS subject, "group", teacher_name FROM page
         WHERE school_id = $1 AND ($2::text IS NULL OR class_external_id = $2) AND ($3::text IS NULL OR subject_external_id = $3)),
       sole AS (SELECT class, subject, min(teacher_name) AS name FROM told GROUP BY 1, 2 HAVING count(DISTINCT teacher_name) = 1),
       held AS (SELECT l.class_external_id AS class, l.subject_external_id AS subject, coalesce(l."group", '') AS "group", array_agg(DISTINCT l.teacher_external_id) AS ids
         FROM lesson l WHERE l.school_id = $1 AND ($2::text IS NULL OR l.class_external_id = $2) AND ($3::text IS NULL OR l.subject_external_id = $3) GROUP BY 1, 2, 3)
     SELECT class AS "classExternalId", c.name AS "className", c.grade, subject AS "subjectExternalId", coalesce(s.name, subject) AS subject, "group",
       CASE WHEN told.teacher_name IS NOT NULL THEN ARRAY[told.teacher_name] WHEN sole.name IS NOT NULL THEN ARRAY[sole.name]
         ELSE ARRAY(SELECT DISTINCT t.name FROM staff t WHERE t.school_id = $1 AND t.external_id = ANY(held.ids) ORDER BY 1) END AS holders
     FROM told FULL JOIN held USING (class, subject, "group") LEFT JOIN sole USING (class, subject)
     JOIN class_group c ON c.school_id = $1 AND c.external_id = class AND c.gone_at IS NULL
     LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = subject`,
    values: [schoolId, of?.classExternalId ?? null, of?.subjectExternalId ?? null],
    types: rowTypes,
  });
  return rows;
}

/** What the journal calls its subjects, by their ids. */
export async function subjectNames(store: Store, schoolId: number): Promise<ReadonlyMap<string, string>> {
  const subjects = await store.prisma.subject.findMany({ where: { schoolId } });
  return new Map(subjects.map(({ externalId, name }) => [externalId, name]));
}
