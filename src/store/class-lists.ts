import type {
  ClassLists,
  CurriculumLine,
  DeliveryAgreement,
  FamilyNotice,
  HeldPage,
  LoadLine,
  ParentLook,
  PlannedTopic,
  PupilMove,
  RosterChange,
} from "../domain/school-lists.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";

/** What the school told about one class, as it was known at `asOf` where that is kept. A list that was never imported is null. */
export async function classLists(
  store: { readonly pool: Executor },
  schoolId: number,
  classExternalId: string,
  asOf: EpochMs,
): Promise<ClassLists> {
  const query = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await store.pool.query<Row>({ text, values: [schoolId, classExternalId, ...values], types: rowTypes })).rows;
  const imported = new Set(
    (
      await query<{ kind: string }>(
        `SELECT DISTINCT kind FROM import WHERE school_id = $1 AND $2 <> '' AND undone_at IS NULL`,
      )
    ).map(({ kind }) => kind),
  );
  const listed = async <Row extends object>(kind: string, text: string): Promise<Row[] | null> =>
    imported.has(kind) ? query<Row>(text) : null;
  const OWN_PUPILS = `pupil_external_id IN (SELECT external_id FROM pupil WHERE school_id = $1 AND class_external_id = $2 AND gone_at IS NULL)`;
  const subject = (alias: string) =>
    `${alias}.subject_external_id AS "subjectExternalId", coalesce(s.name, ${alias}.subject_external_id) AS subject`;
  const join = (alias: string) =>
    `LEFT JOIN subject s ON s.school_id = $1 AND s.external_id = ${alias}.subject_external_id WHERE ${alias}.school_id = $1 AND ${alias}.class_external_id = $2`;

  const load = await listed<Omit<LoadLine, "holder"> & { holder: string; holderId: string | null }>(
    "load",
    `SELECT ${subject("l")}, l."group", l.holder, l.holder_external_id AS "holderId", l.weekly_hours AS "weeklyHours"
     FROM load_row l ${join("l")} ORDER BY 1, 3, 4`,
  );
  const [first] = await query<{ at: EpochMs | null }>(
    `SELECT min(finished_at) AS at FROM pass WHERE school_id = $1 AND $2 <> '' AND state IN ('done', 'trouble') AND finished_at <= $3`,
    [new Date(asOf)],
  );
  return {
    since: first?.at ?? null,
    held: await query<HeldPage>(
      `SELECT ${subject("p")}, p."group", p.teacher_name AS holder FROM page p ${join("p")} ORDER BY 1, 3`,
    ),
    curriculum: await listed<CurriculumLine>(
      "curriculum",
      `SELECT ${subject("c")}, c.weekly_hours AS "weeklyHours" FROM curriculum_row c ${join("c")} ORDER BY 1`,
    ),
    load:
      load?.map(({ holder, holderId, ...line }) => ({ ...line, holder: { externalId: holderId, name: holder } })) ??
      null,
    plan: await listed<PlannedTopic>(
      "plan",
      `SELECT subject_external_id AS "subjectExternalId", "group", number, planned_on AS "plannedOn", topic, hours
       FROM planned_topic WHERE school_id = $1 AND class_external_id = $2 ORDER BY 1, 2, 3`,
    ),
    delivery: await listed<DeliveryAgreement>(
      "delivery",
      `SELECT pupil_external_id AS "pupilExternalId", way, basis, agreed_on AS "agreedOn"
       FROM delivery_agreement WHERE school_id = $1 AND ${OWN_PUPILS} ORDER BY 1, guardian`,
    ),
    looks: await listed<ParentLook>(
      "looks",
      `SELECT pupil_external_id AS "pupilExternalId", "on", kind FROM parent_look WHERE school_id = $1 AND ${OWN_PUPILS} ORDER BY 1, 2, 3`,
    ),
    notices: await query<FamilyNotice>(
      // The editions of one notice are one: a correction takes nothing back that was printed and handed out before it.
      `SELECT pupil_external_id AS "pupilExternalId", min(starts_on) AS "from", max(ends_on) AS "to", min(composed_at) AS "composedAt",
         min(printed_at) FILTER (WHERE printed_at <= $3) AS "printedAt", min(handed_at) FILTER (WHERE handed_at <= $3) AS "handedAt",
         min(returned_at) FILTER (WHERE returned_at <= $3) AS "returnedAt", bool_and(slip_code NOT LIKE 'old-%') AS "hasSlip", bool_or(finals) AS finals
       FROM notice WHERE school_id = $1 AND ${OWN_PUPILS} AND composed_at <= $3
       GROUP BY batch_id, pupil_external_id HAVING bool_or(withdrawn_at IS NULL OR withdrawn_at > $3) ORDER BY min(composed_at), batch_id`,
      [new Date(asOf)],
    ),
    rosterChanges: await query<RosterChange>(
      `SELECT id, at, kind, pupil_external_id AS "pupilExternalId", from_class_external_id AS "fromClassExternalId",
         to_class_external_id AS "toClassExternalId", administrator_at AS "administratorAt", class_teacher_at AS "classTeacherAt"
       FROM roster_change WHERE school_id = $1 AND coalesce(to_class_external_id, from_class_external_id) = $2 AND at <= $3 ORDER BY id`,
      [new Date(asOf)],
    ),
    moves: await query<PupilMove>(
      `SELECT pupil_external_id AS "pupilExternalId", CASE WHEN to_class_external_id = $2 THEN 'came' ELSE 'went' END AS kind, at
       FROM roster_change WHERE school_id = $1 AND (to_class_external_id = $2 OR from_class_external_id = $2) AND at <= $3 ORDER BY at, id`,
      [new Date(asOf)],
    ),
  };
}
