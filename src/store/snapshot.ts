import { ahead } from "../domain/ahead.ts";
import { daysOfYear, type Span, schoolYearOf } from "../domain/calendar.ts";
import { dayOf } from "../domain/days.ts";
import type {
  ClassSnapshot,
  EntryFact,
  FinalMarkFact,
  LessonFact,
  Person,
  PupilFact,
  TermFact,
  Version,
} from "../domain/facts.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { classLists } from "./class-lists.ts";
import { rowTypes, type Store } from "./connect.ts";
import {
  type Earlier,
  history,
  INTERVAL,
  type Interval,
  type LessonDay,
  loadVersions,
  type Query,
} from "./fact-versions.ts";
import { sharedRead } from "./shared-read.ts";
import { inOneMoment, type Transaction } from "./transaction.ts";

/** The classes of a school that are still there. */
async function readClasses(
  store: Store,
  schoolId: number,
): Promise<readonly { readonly externalId: string; readonly name: string; readonly grade: number | null }[]> {
  const { rows } = await store.pool.query<{ externalId: string; name: string; grade: number | null }>(
    `SELECT external_id AS "externalId", name, grade FROM class_group WHERE school_id = $1 AND gone_at IS NULL ORDER BY external_id`,
    [schoolId],
  );
  return rows;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const listClasses = sharedRead(readClasses);

/**
 * Everything that rules need to know of one class in the school year of `asOf`, as it was known then. A look that came later is replaced by the start
 * of the last complete pass before, which is earlier and so proves less, never more.
 */
export function classSnapshot(
  store: Store,
  school: ClassSnapshot["school"],
  classExternalId: string,
  asOf: EpochMs,
): Promise<ClassSnapshot> {
  return inOneMoment(store, (client) => readClass(client, school, classExternalId, asOf));
}

/** The same of every class of a school, one after another. */
export async function* classSnapshots(
  store: Store,
  school: ClassSnapshot["school"],
  asOf: EpochMs,
): AsyncGenerator<ClassSnapshot, void, undefined> {
  const classes = await listClasses(store, school.id);
  yield* ahead(classes, 2, ({ externalId }) => classSnapshot(store, school, externalId, asOf));
}

async function readClass(
  client: Transaction,
  school: ClassSnapshot["school"],
  classExternalId: string,
  asOf: EpochMs,
): Promise<ClassSnapshot> {
  const query = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await client.query<Row>({ text, values: [school.id, classExternalId, ...values], types: rowTypes })).rows;

  const [klass] = await query<{ name: string; grade: number | null; classTeacher: string | null }>(
    `SELECT name, grade, class_teacher AS "classTeacher" FROM class_group WHERE school_id = $1 AND external_id = $2`,
  );
  const [lastComplete] = await query<{ at: EpochMs | null }>(
    `SELECT max(started_at) AS at FROM pass WHERE school_id = $1 AND $2 <> '' AND state = 'done' AND finished_at <= $3`,
    [new Date(asOf)],
  );
  // What an earlier complete pass did not have was not in the journal yet: of this school year, whose pages are all new, and the first one by its number, for a
  // clock that was ahead puts the times out of order.
  const [firstComplete] = await query<{ at: EpochMs | null }>(
    `SELECT finished_at AS at FROM pass WHERE school_id = $1 AND $2 <> '' AND state = 'done' AND finished_at >=
       (SELECT min(coalesce(first_asked_at, '-infinity')) FROM page_pass WHERE school_id = $1 AND kind = 'entries' AND asked_at IS NOT NULL)
     ORDER BY id LIMIT 1`,
  );
  const knownBy = (askedAt: EpochMs | null, firstAskedAt: EpochMs | null) => {
    if (askedAt === null || askedAt <= asOf) return askedAt;
    return firstAskedAt !== null && firstAskedAt > asOf ? null : (lastComplete?.at ?? null);
  };

  const pupilRows = await query<{
    externalId: string;
    fullName: string;
    lessonsAskedAt: EpochMs | null;
    entriesAskedAt: EpochMs | null;
    finalsAskedAt: EpochMs | null;
    firstLessons: EpochMs | null;
    firstEntries: EpochMs | null;
    firstFinals: EpochMs | null;
    lessonIds: string[] | null;
  }>(
    `SELECT p.external_id AS "externalId", p.full_name AS "fullName", l.asked_at AS "lessonsAskedAt", e.asked_at AS "entriesAskedAt", f.asked_at AS "finalsAskedAt",
       l.first_asked_at AS "firstLessons", e.first_asked_at AS "firstEntries", f.first_asked_at AS "firstFinals", l.lesson_external_ids AS "lessonIds"
     FROM pupil p
     LEFT JOIN page_pass l ON l.school_id = $1 AND l.kind = 'lessons' AND l.class_external_id = $2 AND l.pupil_external_id = p.external_id
     LEFT JOIN page_pass e ON e.school_id = $1 AND e.kind = 'entries' AND e.class_external_id = $2 AND e.pupil_external_id = p.external_id
     LEFT JOIN page_pass f ON f.school_id = $1 AND f.kind = 'finals' AND f.class_external_id = $2 AND f.pupil_external_id = p.external_id
     WHERE p.school_id = $1 AND p.class_external_id = $2 AND p.gone_at IS NULL`,
  );
  const byName = new Intl.Collator("ru").compare;
  pupilRows.sort((a, b) => byName(a.fullName, b.fullName) || Number(a.externalId > b.externalId) - 0.5);
  const [first] = await query<{ at: EpochMs | null }>(
    `SELECT min(coalesce(first_asked_at, '-infinity')) AS at FROM page_pass
     WHERE school_id = $1 AND class_external_id = $2 AND kind = 'entries' AND asked_at IS NOT NULL`,
  );
  const began = first?.at == null || !Number.isFinite(first.at) ? null : dayOf(first.at, school.zone);
  const beganOn =
    began !== null && first?.at != null && firstComplete?.at != null && firstComplete.at < first.at
      ? { beganOn: began }
      : {};
  const joinedOn = (at: EpochMs | null) => {
    const day = at === null ? null : dayOf(at, school.zone);
    return day === null || (began !== null && day <= began) ? {} : { joinedOn: day };
  };
  const pupils: PupilFact[] = pupilRows.map((row, index) => ({
    externalId: row.externalId,
    fullName: row.fullName,
    number: index + 1,
    lessonsAskedAt: knownBy(row.lessonsAskedAt, row.firstLessons),
    entriesAskedAt: knownBy(row.entriesAskedAt, row.firstEntries),
    finalsAskedAt: knownBy(row.finalsAskedAt, row.firstFinals),
    ...joinedOn(row.firstEntries),
  }));

  const pupilsOf = new Map<string, string[]>();
  for (const row of pupilRows) {
    for (const lesson of row.lessonIds ?? []) {
      const list = pupilsOf.get(lesson);
      if (list) list.push(row.externalId);
      else pupilsOf.set(lesson, [row.externalId]);
    }
  }

  const year = daysOfYear(schoolYearOf(dayOf(asOf, school.zone)));
  const earlier = await loadVersions(query);
  return {
    school,
    classExternalId,
    className: klass?.name ?? classExternalId,
    grade: klass?.grade ?? null,
    classTeacher: klass?.classTeacher ?? null,
    ...beganOn,
    pupils,
    lessons: await loadLessons(query, school.zone, year, earlier, pupilsOf),
    entries: await loadEntries(query, year, earlier.entry),
    finals: await loadFinals(query, earlier.final),
    terms: await query<TermFact>(
      `SELECT t.external_id AS "externalId", t.name, t.starts_on AS "from", t.ends_on AS "to"
       FROM term t JOIN class_group c ON c.school_id = t.school_id AND c.external_id = $2 AND t.external_id = ANY(c.term_ids)
       WHERE t.school_id = $1 ORDER BY 1`,
    ),
    lists: await classLists({ pool: client }, school.id, classExternalId, asOf),
  };
}

async function loadLessons(
  query: Query,
  zone: string,
  year: Span,
  earlier: Pick<Earlier, "lesson" | "lessonDays">,
  pupilsOf: ReadonlyMap<string, readonly string[]>,
): Promise<LessonFact[]> {
  const rows = await query<
    Interval & {
      externalId: string;
      date: IsoDate;
      subjectExternalId: string;
      subject: string | null;
      group: string | null;
      topic: string | null;
      homework: string | null;
      workType: string | null;
      weight: number | null;
      teacherId: string | null;
      teacher: string | null;
    }
  >(
    // The diary's teacher gave the lesson; else who stood in, by the imported list, for the holder of the group's page on its day or for the only
    // holder that the subject has in this class; else that holder. The line of the list that says most of the lesson rules; where several are named,
    // nobody is known. Of the days between the last look at one holder and the first at the next nobody knows. A diary's teacher whom the list of
    // staff does not name is the holder only where nobody else ever gave lessons of that page.
    `WITH named AS (SELECT name, min(external_id) AS id FROM staff WHERE school_id = $1 GROUP BY name HAVING count(*) = 1),
       sole AS (SELECT subject_external_id, min(teacher_name) AS name FROM page WHERE school_id = $1 AND class_external_id = $2
         GROUP BY subject_external_id HAVING count(DISTINCT teacher_name) = 1),
       lone AS (SELECT subject_external_id, coalesce("group", '') AS "group" FROM lesson WHERE school_id = $1 AND class_external_id = $2
         GROUP BY 1, 2 HAVING count(DISTINCT teacher_external_id) = 1)
     SELECT f.external_id AS "externalId", f.date, f.subject_external_id AS "subjectExternalId", s.name AS subject, f."group", f.topic, f.homework,
       f.work_type AS "workType", f.weight, ${INTERVAL},
       coalesce(f.teacher_external_id, CASE sub.named WHEN 0 THEN n.id WHEN 1 THEN sub.id END) AS "teacherId",
       coalesce(d.name, CASE WHEN f.teacher_external_id IS NULL THEN CASE sub.named WHEN 0 THEN h.name WHEN 1 THEN sub.name END
         WHEN lone."group" IS NOT NULL THEN h.name END, 'Учитель № ' || f.teacher_external_id) AS teacher
     FROM lesson f
     LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = f.subject_external_id
     LEFT JOIN staff d ON d.school_id = $1 AND d.external_id = f.teacher_external_id
     LEFT JOIN page p ON p.school_id = $1 AND p.class_external_id = $2 AND p.subject_external_id = f.subject_external_id AND p."group" = coalesce(f."group", '')
     LEFT JOIN sole ON sole.subject_external_id = f.subject_external_id
     LEFT JOIN lone ON lone.subject_external_id = f.subject_external_id AND lone."group" = coalesce(f."group", '')
     LEFT JOIN LATERAL (SELECT o.teacher_name AS name, (o.last_seen_at AT TIME ZONE $3)::date AS until FROM former_holder o
       WHERE o.school_id = $1 AND o.class_external_id = $2 AND o.subject_external_id = f.subject_external_id AND o."group" = coalesce(f."group", '')
         AND f.date < (o.replaced_at AT TIME ZONE $3)::date ORDER BY o.replaced_at, o.id LIMIT 1) former ON true
     CROSS JOIN LATERAL (SELECT CASE WHEN former.name IS NULL THEN coalesce(p.teacher_name, sole.name) WHEN f.date <= former.until THEN former.name END AS name) h
     LEFT JOIN named n ON f.teacher_external_id IS NULL AND n.name = h.name
     CROSS JOIN LATERAL (
       SELECT count(DISTINCT u.substitute) AS named, min(u.substitute) AS name, min(u.substitute_external_id) AS id FROM (
         SELECT s.substitute, s.substitute_external_id, rank() OVER (ORDER BY num_nonnulls(s.class_external_id, s.subject_external_id) DESC) AS place
         FROM substitution s
         WHERE f.teacher_external_id IS NULL AND s.school_id = $1 AND f.date BETWEEN s.starts_on AND s.ends_on
           AND (s.absent = h.name OR s.absent_external_id = n.id)
           AND coalesce(s.class_external_id, $2) = $2 AND coalesce(s.subject_external_id, f.subject_external_id) = f.subject_external_id
       ) u WHERE u.place = 1
     ) sub
     WHERE f.school_id = $1 AND f.class_external_id = $2 AND f.date BETWEEN $4 AND $5
     ORDER BY f.date, f.external_id`,
    [zone, year.from, year.to],
  );
  return rows.map((row) => ({
    externalId: row.externalId,
    date: row.date,
    subjectExternalId: row.subjectExternalId,
    subject: row.subject ?? row.subjectExternalId,
    group: row.group,
    teacher: row.teacher === null ? null : ({ externalId: row.teacherId, name: row.teacher } satisfies Person),
    pupils: pupilsOf.get(row.externalId) ?? [],
    vanishedAt: row.vanishedAt,
    versions: history(
      row,
      { topic: row.topic, homework: row.homework, workType: row.workType, weight: row.weight },
      earlier.lesson.get(row.externalId),
    ),
    ...movedFrom(row, earlier.lessonDays.get(row.externalId)),
  }));
}

/** The other days on which the lesson's row stood before, each with the first sight of what followed. */
function movedFrom(
  row: Interval & { readonly date: IsoDate },
  days: readonly LessonDay[] = [],
): Pick<LessonFact, "movedFrom"> {
  const followed = days.map(({ date }, index) => ({
    date,
    until: days[index + 1]?.seenAt ?? row.contentSeenAt ?? row.seenAt,
  }));
  const others = followed.filter(({ date }) => date !== row.date);
  return others.length === 0 ? {} : { movedFrom: others };
}

async function loadEntries(
  query: Query,
  year: Span,
  earlier: ReadonlyMap<string, Version<string>[]>,
): Promise<EntryFact[]> {
  const rows = await query<
    Interval & { pupil: string; lesson: string; date: IsoDate; subjectExternalId: string; text: string }
  >(
    `SELECT f.pupil_external_id AS pupil, f.lesson_external_id AS lesson, f.date, f.subject_external_id AS "subjectExternalId", f.text, ${INTERVAL}
     FROM entry f WHERE f.school_id = $1 AND f.class_external_id = $2 AND f.date BETWEEN $3 AND $4`,
    [year.from, year.to],
  );
  return rows.map((row) => ({
    pupilExternalId: row.pupil,
    lessonExternalId: row.lesson,
    date: row.date,
    subjectExternalId: row.subjectExternalId,
    vanishedAt: row.vanishedAt,
    versions: history(row, row.text, earlier.size === 0 ? undefined : earlier.get(`${row.pupil}/${row.lesson}`)),
  }));
}

async function loadFinals(query: Query, earlier: ReadonlyMap<string, Version<string>[]>): Promise<FinalMarkFact[]> {
  const rows = await query<
    Interval & { pupil: string; term: string; subjectExternalId: string; subject: string; text: string }
  >(
    `SELECT f.pupil_external_id AS pupil, f.term_external_id AS term, f.subject_external_id AS "subjectExternalId",
       coalesce(s.name, f.subject_external_id) AS subject, f.text, ${INTERVAL}
     FROM final_mark f LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = f.subject_external_id
     WHERE f.school_id = $1 AND f.class_external_id = $2`,
  );
  return rows.map((row) => ({
    pupilExternalId: row.pupil,
    termExternalId: row.term,
    subjectExternalId: row.subjectExternalId,
    subject: row.subject,
    vanishedAt: row.vanishedAt,
    versions: history(row, row.text, earlier.get(`${row.pupil}/${row.term}/${row.subjectExternalId}`)),
  }));
}
