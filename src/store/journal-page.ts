import type { Span } from "../domain/calendar.ts";
import type { TermFact } from "../domain/facts.ts";
import type { Move } from "../domain/journal/members.ts";
import type { SeenVersion } from "../domain/journal/seen-versions.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import type { JournalPageKey } from "./journal-pages.ts";
import { inOneMoment, type Transaction } from "./transaction.ts";

export interface LessonRecord {
  readonly date: IsoDate;
  readonly topic: string | null;
  readonly homework: string | null;
  readonly workType: string | null;
}

export interface CellRecord {
  readonly text: string;
  readonly comment: string | null;
}

export interface PageLesson {
  readonly externalId: string;
  readonly teacher: string | null;
  readonly versions: readonly SeenVersion<LessonRecord>[];
}

export interface PagePupil {
  readonly externalId: string;
  readonly fullName: string;
  /** In the class now. */
  readonly here: boolean;
  /** Lessons of this page stand on the pupil's own one. */
  readonly onPage: boolean;
}

/** A page of the journal with everything that was ever seen on it in a span of days, by key. */
export interface JournalPageFacts {
  readonly pupils: readonly PagePupil[];
  /** Of this class since the moment that was asked for, newest first. */
  readonly moves: readonly Move[];
  readonly lessons: readonly PageLesson[];
  /** By «pupil/lesson». */
  readonly cells: ReadonlyMap<string, readonly SeenVersion<CellRecord>[]>;
  /** By pupil: the final mark of the term that was asked for. */
  readonly finals: ReadonlyMap<string, readonly SeenVersion<CellRecord>[]>;
  /** The first trusted look at entries of this class; null: there was none. */
  readonly firstLookAt: EpochMs | null;
  /** The last pass that had ended by then. */
  readonly passAt: EpochMs | null;
}

/** The terms by which a class is marked, whose days the journal tells. */
export async function termsOfClass(
  store: Store,
  schoolId: number,
  classExternalId: string,
): Promise<(TermFact & Span)[]> {
  const { rows } = await store.pool.query<TermFact & Span>({
    text: `SELECT t.external_id AS "externalId", t.name, t.starts_on AS "from", t.ends_on AS "to"
           FROM term t JOIN class_group c ON c.school_id = t.school_id AND c.external_id = $2 AND t.external_id = ANY(c.term_ids)
           WHERE t.school_id = $1 AND t.starts_on IS NOT NULL AND t.ends_on IS NOT NULL ORDER BY t.starts_on, t.ends_on`,
    values: [schoolId, classExternalId],
    types: rowTypes,
  });
  return rows;
}

export interface PageOrder extends JournalPageKey {
  readonly span: Span;
  readonly termExternalId: string | null;
  /** Whose class list is asked for. */
  readonly at: EpochMs;
}

/** Everything that was seen on one page, of one moment of the store. */
export function journalPage(store: Store, schoolId: number, order: PageOrder): Promise<JournalPageFacts> {
  return inOneMoment(store, (client) => readPage(client, schoolId, order));
}

const OWN_INTERVAL = `CASE WHEN f.content_seen_at IS NULL THEN f.absent_at ELSE f.content_absent_at END AS "absentAt",
  coalesce(f.content_seen_at, f.seen_at) AS "seenAt", f.vanished_at AS "vanishedAt"`;

type Row<Content> = Omit<SeenVersion<Content>, "content"> & Content & { readonly key: string };

async function readPage(client: Transaction, schoolId: number, order: PageOrder): Promise<JournalPageFacts> {
  const { classExternalId, subjectExternalId, group, span, termExternalId, at } = order;
  const query = async <Result extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<Result>({ text, values: [schoolId, classExternalId, ...values], types: rowTypes })).rows;

  const lessons = await query<Row<LessonRecord> & { teacher: string | null }>(
    `SELECT f.external_id AS key, s.name AS teacher, f.date, f.topic, f.homework, f.work_type AS "workType", ${OWN_INTERVAL}
     FROM lesson f LEFT JOIN staff s ON s.school_id = $1 AND s.external_id = f.teacher_external_id
     WHERE f.school_id = $1 AND f.class_external_id = $2 AND f.subject_external_id = $3 AND coalesce(f."group", '') = $4
       AND (f.date BETWEEN $5 AND $6 OR f.external_id IN (SELECT v.key FROM fact_version v
         WHERE v.school_id = $1 AND v.class_external_id = $2 AND v.fact = 'lesson' AND (v.content->>'date')::date BETWEEN $5 AND $6))`,
    [subjectExternalId, group, span.from, span.to],
  );
  const ids = lessons.map(({ key }) => key);
  const entries = await query<Row<CellRecord> & { pupil: string }>(
    `SELECT f.pupil_external_id || '/' || f.lesson_external_id AS key, f.pupil_external_id AS pupil, f.text, f.comment, ${OWN_INTERVAL}
     FROM entry f WHERE f.school_id = $1 AND f.class_external_id = $2 AND f.lesson_external_id = ANY($3)`,
    [ids],
  );
  const finals = await query<Row<CellRecord> & { pupil: string }>(
    `SELECT concat_ws('/', f.pupil_external_id, f.term_external_id, f.subject_external_id) AS key, f.pupil_external_id AS pupil, f.text, NULL AS comment, ${OWN_INTERVAL}
     FROM final_mark f WHERE f.school_id = $1 AND f.class_external_id = $2 AND f.subject_external_id = $3 AND f.term_external_id = $4`,
    [subjectExternalId, termExternalId],
  );
  const earlier = async <Content>(fact: string, keys: readonly string[]) =>
    Map.groupBy(
      await query<SeenVersion<Content> & { key: string }>(
        `SELECT key, content, absent_at AS "absentAt", seen_at AS "seenAt", vanished_at AS "vanishedAt" FROM fact_version
         WHERE school_id = $1 AND class_external_id = $2 AND fact = $3 AND key = ANY($4) ORDER BY id`,
        [fact, keys],
      ),
      ({ key }) => key,
    );
  const [lessonsBefore, entriesBefore, finalsBefore] = [
    await earlier<LessonRecord>("lesson", ids),
    await earlier<CellRecord>(
      "entry",
      entries.map(({ key }) => key),
    ),
    await earlier<CellRecord>(
      "final",
      finals.map(({ key }) => key),
    ),
  ];
  const shown = [...new Set([...entries, ...finals].map(({ pupil }) => pupil))];
  const pupils = await query<PagePupil>(
    `SELECT p.external_id AS "externalId", p.full_name AS "fullName", p.gone_at IS NULL AND p.class_external_id IS NOT DISTINCT FROM $2 AS here,
       coalesce(l.lesson_external_ids && $3, false) AS "onPage"
     FROM pupil p LEFT JOIN page_pass l ON l.school_id = $1 AND l.kind = 'lessons' AND l.class_external_id = $2 AND l.pupil_external_id = p.external_id
     WHERE p.school_id = $1 AND (p.class_external_id = $2 OR p.external_id = ANY($4)
       OR p.external_id IN (SELECT pupil_external_id FROM roster_change WHERE school_id = $1 AND from_class_external_id = $2 AND at > $5))`,
    [ids, shown, new Date(at)],
  );
  const moves = await query<Move>(
    `SELECT pupil_external_id AS "pupilExternalId", from_class_external_id AS "from", to_class_external_id AS "to" FROM roster_change
     WHERE school_id = $1 AND (from_class_external_id = $2 OR to_class_external_id = $2) AND at > $3 ORDER BY at DESC, id DESC`,
    [new Date(at)],
  );
  const [looks] = await query<{ first: EpochMs | null; pass: EpochMs | null }>(
    `SELECT (SELECT min(first_asked_at) FROM page_pass WHERE school_id = $1 AND class_external_id = $2 AND kind = 'entries') AS first,
       (SELECT max(finished_at) FROM pass WHERE school_id = $1 AND state IN ('done', 'trouble') AND finished_at <= $3) AS pass`,
    [new Date(at)],
  );
  const cell = ({ text, comment, ...row }: Row<CellRecord>): SeenVersion<CellRecord> => ({
    ...interval(row),
    content: { text, comment },
  });
  return {
    pupils,
    moves,
    lessons: lessons.map(({ key, teacher, date, topic, homework, workType, ...row }) => ({
      externalId: key,
      teacher,
      versions: [
        // Versions older than the column do not tell their day.
        ...(lessonsBefore.get(key) ?? []).map((one) => ({
          ...one,
          content: { ...one.content, date: one.content.date ?? date },
        })),
        { ...interval(row), content: { date, topic, homework, workType } },
      ],
    })),
    cells: new Map(entries.map((row) => [row.key, [...(entriesBefore.get(row.key) ?? []), cell(row)]])),
    finals: new Map(finals.map((row) => [row.pupil, [...(finalsBefore.get(row.key) ?? []), cell(row)]])),
    firstLookAt: looks?.first ?? null,
    passAt: looks?.pass ?? null,
  };
}

const interval = ({ absentAt, seenAt, vanishedAt }: Omit<SeenVersion<unknown>, "content">) => ({
  absentAt,
  seenAt,
  vanishedAt,
});
