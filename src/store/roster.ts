import type { KnownPlace, PlaceChange } from "../domain/roster.ts";
import type { RosterChange } from "../domain/school-lists.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

/** Where every pupil was when the last list was taken over. */
export async function knownPlaces(client: Transaction, schoolId: number): Promise<KnownPlace[]> {
  const { rows } = await client.query<KnownPlace>(
    `SELECT external_id AS "externalId", class_external_id AS "classExternalId", gone_at IS NOT NULL AS gone FROM pupil WHERE school_id = $1`,
    [schoolId],
  );
  return rows;
}

/** Notes what changed, for people to acknowledge. */
export async function noteRosterChanges(
  client: Transaction,
  schoolId: number,
  changes: readonly PlaceChange[],
  at: EpochMs,
): Promise<void> {
  const placed = changes.filter(({ kind }) => kind === "placed");
  const noted = changes.filter(({ kind }) => kind !== "placed");
  if (placed.length > 0) {
    await client.query(
      `UPDATE roster_change r SET to_class_external_id = i.class FROM unnest($2::text[], $3::text[]) AS i(pupil, class)
       WHERE r.school_id = $1 AND r.kind = 'joined' AND r.to_class_external_id IS NULL AND r.pupil_external_id = i.pupil`,
      [schoolId, placed.map((one) => one.pupilExternalId), placed.map((one) => one.to)],
    );
  }
  if (noted.length > 0) {
    await client.query(
      `INSERT INTO roster_change (school_id, at, kind, pupil_external_id, from_class_external_id, to_class_external_id)
       SELECT $1, $2, i.* FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS i`,
      [
        schoolId,
        new Date(at),
        noted.map((one) => one.kind),
        noted.map((one) => one.pupilExternalId),
        noted.map((one) => one.from),
        noted.map((one) => one.to),
      ],
    );
  }
}

export interface NamedRosterChange extends RosterChange {
  readonly pupil: string;
  readonly fromClass: string | null;
  readonly toClass: string | null;
}

/** What somebody has yet to acknowledge, oldest first. */
export async function openRosterChanges(store: Store, schoolId: number): Promise<NamedRosterChange[]> {
  const { rows } = await store.pool.query<NamedRosterChange>({
    text: `SELECT r.id, r.at, r.kind, r.pupil_external_id AS "pupilExternalId", coalesce(p.full_name, r.pupil_external_id) AS pupil,
             r.from_class_external_id AS "fromClassExternalId", f.name AS "fromClass", r.to_class_external_id AS "toClassExternalId", t.name AS "toClass",
             r.administrator_at AS "administratorAt", r.class_teacher_at AS "classTeacherAt"
           FROM roster_change r
           LEFT JOIN pupil p ON p.school_id = $1 AND p.external_id = r.pupil_external_id
           LEFT JOIN class_group f ON f.school_id = $1 AND f.external_id = r.from_class_external_id
           LEFT JOIN class_group t ON t.school_id = $1 AND t.external_id = r.to_class_external_id
           WHERE r.school_id = $1 AND (r.administrator_at IS NULL OR r.class_teacher_at IS NULL) ORDER BY r.at, r.id`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** Acknowledges what is open for this role, in one class (where the pupil is now, else was) or in all. Answers with how many. */
export async function acknowledgeRoster(
  store: Store,
  schoolId: number,
  { as, classExternalId, at }: { as: "administrator" | "class-teacher"; classExternalId: string | null; at: EpochMs },
): Promise<number> {
  const column = as === "administrator" ? "administrator_at" : "class_teacher_at";
  const { rowCount } = await store.pool.query(
    `UPDATE roster_change SET ${column} = $2
     WHERE school_id = $1 AND ${column} IS NULL AND ($3::text IS NULL OR coalesce(to_class_external_id, from_class_external_id) = $3)`,
    [schoolId, new Date(at), classExternalId],
  );
  return rowCount ?? 0;
}
