import type { Span } from "../domain/calendar.ts";
import { addDays } from "../domain/days.ts";
import type {
  NoticeEntry,
  NoticeFacts,
  NoticeFinal,
  NoticeLesson,
  NoticeMessage,
  NoticeTerm,
  Told,
} from "../domain/notice/facts.ts";
import type { NoticeLooks } from "../domain/notice/frozen.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";
import type { SchoolRecord } from "./schools.ts";

export interface NoticeFactsOrder {
  readonly school: SchoolRecord & { readonly zone: string };
  readonly classExternalId: string;
  /** The days that the notices are about, both ends included. */
  readonly span: Span;
  /** The calendar's term for this class in which the span ends, for journals that do not tell theirs. */
  readonly calendarTerm: (of: { grade: number | null; className: string }) => Omit<NoticeTerm, "externalId"> | null;
  /** How the class teacher is reached, where the school told. */
  readonly contactOf: (className: string) => string | null;
  /** What the pupil's last notice told; left out: nothing is said of one. */
  readonly toldOf?: (pupilExternalId: string) => Told | undefined;
}

/** The facts of one pupil, with the last trusted looks at the pupil's own pages. */
export type LookedNoticeFacts = NoticeFacts & { readonly looks: NoticeLooks };

/** How far before the span entries may lie that came into the journal after the last notice. */
const LATE_DAYS = 28;

type PerPupil<Row> = Row & { readonly pupil: string };

/** All that the notices of one class need, one item a pupil, by surname. Facts that vanished are left out. */
export async function noticeFacts(
  store: { readonly pool: Executor },
  order: NoticeFactsOrder,
): Promise<LookedNoticeFacts[]> {
  const { school, classExternalId, span } = order;
  const query = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await store.pool.query<Row>({ text, values: [school.id, classExternalId, ...values], types: rowTypes })).rows;

  const [klass] = await query<{ name: string; grade: number | null; classTeacher: string | null; termIds: string[] }>(
    `SELECT name, grade, class_teacher AS "classTeacher", term_ids AS "termIds" FROM class_group WHERE school_id = $1 AND external_id = $2`,
  );
  if (klass === undefined) return [];
  const terms = await query<{ externalId: string; name: string; from: IsoDate | null; to: IsoDate | null }>(
    `SELECT external_id AS "externalId", name, starts_on AS "from", ends_on AS "to" FROM term WHERE school_id = $1 AND $2 <> '' ORDER BY external_id`,
  );
  const term =
    termOf(terms, klass.termIds, span.to) ??
    withoutId(order.calendarTerm({ grade: klass.grade, className: klass.name }));
  const reach = order.toldOf === undefined ? span.from : addDays(span.from, -LATE_DAYS);
  const since = term !== null && term.from < reach ? term.from : reach;

  const pupils = await query<{ externalId: string; fullName: string; lessonIds: string[] | null }>(
    `SELECT p.external_id AS "externalId", p.full_name AS "fullName", l.lesson_external_ids AS "lessonIds"
     FROM pupil p LEFT JOIN page_pass l ON l.school_id = $1 AND l.kind = 'lessons' AND l.class_external_id = $2 AND l.pupil_external_id = p.external_id
     WHERE p.school_id = $1 AND p.class_external_id = $2 AND p.gone_at IS NULL`,
  );
  const collate = new Intl.Collator("ru").compare;
  pupils.sort((a, b) => collate(a.fullName, b.fullName) || Number(a.externalId > b.externalId) - 0.5);

  const lessons = await query<NoticeLesson>(
    `SELECT l.external_id AS "externalId", l.date, l.subject_external_id AS "subjectExternalId", coalesce(s.name, l.subject_external_id) AS subject,
       l.work_type AS "workType", l.weight, l.topic, l.homework
     FROM lesson l LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = l.subject_external_id
     WHERE l.school_id = $1 AND l.class_external_id = $2 AND l.date >= $3 AND l.vanished_at IS NULL ORDER BY l.date, l.external_id`,
    [since],
  );
  const entries = await query<PerPupil<NoticeEntry>>(
    `SELECT e.pupil_external_id AS pupil, e.lesson_external_id AS "lessonExternalId", e.date, e.subject_external_id AS "subjectExternalId",
       coalesce(s.name, e.subject_external_id) AS subject, e.text, e.comment, ${SIGHTING("e")}
     FROM entry e LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = e.subject_external_id
     WHERE e.school_id = $1 AND e.class_external_id = $2 AND e.date >= $3 AND e.vanished_at IS NULL ORDER BY e.date, e.lesson_external_id`,
    [since],
  );
  const finals = await query<PerPupil<NoticeFinal>>(
    `SELECT f.pupil_external_id AS pupil, f.term_external_id AS "termExternalId", f.subject_external_id AS "subjectExternalId",
       coalesce(s.name, f.subject_external_id) AS subject, f.text
     FROM final_mark f LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = f.subject_external_id
     WHERE f.school_id = $1 AND f.class_external_id = $2 AND f.vanished_at IS NULL ORDER BY f.term_external_id`,
  );
  const messages = await query<PerPupil<NoticeMessage>>(
    `SELECT m.pupil_external_id AS pupil, m.date, s.name AS subject, t.name AS author, m.text, ${SIGHTING("m")}
     FROM message m LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = m.subject_external_id
       LEFT JOIN staff t ON t.school_id = $1 AND t.external_id = m.teacher_external_id
     WHERE m.school_id = $1 AND m.class_external_id = $2 AND m.vanished_at IS NULL ORDER BY m.date, m.hash`,
  );

  const looks = await query<{ pupil: string; kind: string; at: EpochMs }>(
    `SELECT pupil_external_id AS pupil, kind, answered_at AS at FROM page_pass
     WHERE school_id = $1 AND class_external_id = $2 AND kind IN ('lessons', 'entries', 'finals', 'messages') AND answered_at IS NOT NULL`,
  );

  const looksOf = Map.groupBy(looks, ({ pupil }) => pupil);
  const [entriesOf, finalsOf, messagesOf] = [byPupil(entries), byPupil(finals), byPupil(messages)];
  return pupils.map(({ externalId, fullName, lessonIds }, index) => {
    const own = new Set(lessonIds ?? []);
    const told = order.toldOf?.(externalId);
    return {
      looks: Object.fromEntries((looksOf.get(externalId) ?? []).map(({ kind, at }) => [kind, at])),
      ...(told === undefined ? {} : { told }),
      school: { name: school.name, zone: school.zone, maxMark: school.maxMark },
      pupil: { externalId, fullName, number: index + 1 },
      className: klass.name,
      grade: klass.grade,
      classTeacher:
        klass.classTeacher === null ? null : { name: klass.classTeacher, contact: order.contactOf(klass.name) },
      span,
      term,
      terms: terms.map(({ externalId: id, name }) => ({ externalId: id, name })),
      lessons: lessons.filter((lesson) => own.has(lesson.externalId)),
      entries: entriesOf.get(externalId) ?? [],
      finals: finalsOf.get(externalId) ?? [],
      messages: messagesOf.get(externalId) ?? [],
    };
  });
}

const SIGHTING = (alias: string) =>
  `CASE WHEN ${alias}.content_seen_at IS NULL THEN ${alias}.absent_at ELSE ${alias}.content_absent_at END AS "absentAt",
   coalesce(${alias}.content_seen_at, ${alias}.seen_at) AS "seenAt"`;

function byPupil<Row>(rows: readonly PerPupil<Row>[]): Map<string, PerPupil<Row>[]> {
  return Map.groupBy(rows, (row) => row.pupil);
}

/** The shortest of the class's own terms that holds the day: a quarter rather than the year. */
function termOf(
  terms: readonly { externalId: string; name: string; from: IsoDate | null; to: IsoDate | null }[],
  own: readonly string[],
  day: IsoDate,
): NoticeTerm | null {
  const length = (term: NoticeTerm) => Temporal.PlainDate.from(term.from).until(term.to).days;
  const holding = terms.flatMap(({ externalId, name, from, to }): NoticeTerm[] =>
    from !== null && to !== null && from <= day && day <= to && own.includes(externalId)
      ? [{ externalId, name, from, to }]
      : [],
  );
  return holding.toSorted((a, b) => length(a) - length(b))[0] ?? null;
}

function withoutId(term: Omit<NoticeTerm, "externalId"> | null): NoticeTerm | null {
  return term === null ? null : { ...term, externalId: null };
}
