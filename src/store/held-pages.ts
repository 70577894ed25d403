import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";
import type { HeldDecision } from "./page-passes.ts";

/** A page whose last answer was held back as a mass disappearance. */
export interface HeldPage {
  readonly kind: string;
  readonly classExternalId: string;
  readonly className: string;
  readonly pupilExternalId: string;
  /** Of the answer held back. */
  readonly digest: string;
  readonly heldAt: EpochMs;
  /** Facts that stand on it, that the answer shows, and that it lacks. */
  readonly facts: number;
  readonly shown: number;
  readonly lost: number;
  readonly decision: HeldDecision | null;
}

export async function heldPages(executor: Executor, schoolId: number): Promise<HeldPage[]> {
  const { rows } = await executor.query<HeldPage>({
    text: `SELECT p.kind, p.class_external_id AS "classExternalId", coalesce(c.name, p.class_external_id) AS "className", p.pupil_external_id AS "pupilExternalId",
             p.held_digest AS digest, p.held_at AS "heldAt", p.facts, p.held_shown AS shown, coalesce(cardinality(p.held_lost), 0) AS lost,
             p.held_decision AS decision
           FROM page_pass p LEFT JOIN class_group c ON c.school_id = p.school_id AND c.external_id = p.class_external_id
           WHERE p.school_id = $1 AND p.held_digest IS NOT NULL ORDER BY p.class_external_id, p.kind, p.pupil_external_id`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** A fact that stands, and that an answer held back lacks. */
export interface DoubtedFact {
  readonly kind: string;
  /** Null: it is of the whole class. */
  readonly pupilExternalId: string | null;
  /** Null for what has no day. */
  readonly date: IsoDate | null;
  readonly subject: string | null;
  /** The topic, the cell, the mark, the message. */
  readonly text: string;
}

// A lesson stands on the page of each pupil: of the class it is one.
const DOUBTED = `SELECT DISTINCT p.kind, x.pupil AS "pupilExternalId", x.date, s.name AS subject, x.text
  FROM page_pass p CROSS JOIN LATERAL (
    SELECT NULL::text AS pupil, l.date, l.subject_external_id AS subject, coalesce(l.topic, '') AS text FROM lesson l
      WHERE p.kind = 'lessons' AND l.school_id = p.school_id AND l.external_id = ANY(p.held_lost)
    UNION ALL SELECT e.pupil_external_id, e.date, e.subject_external_id, e.text FROM entry e
      WHERE p.kind = 'entries' AND e.school_id = p.school_id AND e.pupil_external_id = p.pupil_external_id AND e.lesson_external_id = ANY(p.held_lost)
    UNION ALL SELECT f.pupil_external_id, NULL, f.subject_external_id, f.text FROM final_mark f
      WHERE p.kind = 'finals' AND f.school_id = p.school_id AND f.pupil_external_id = p.pupil_external_id
        AND concat_ws('/', f.term_external_id, f.subject_external_id) = ANY(p.held_lost)
    UNION ALL SELECT m.pupil_external_id, m.date, m.subject_external_id, m.text FROM message m
      WHERE p.kind = 'messages' AND m.school_id = p.school_id AND m.pupil_external_id = p.pupil_external_id AND m.hash = ANY(p.held_lost)) x
  LEFT JOIN subject s ON s.school_id = p.school_id AND s.external_id = x.subject
  WHERE p.school_id = $1 AND p.class_external_id = $2 AND p.held_digest IS NOT NULL`;

/** What would go with a class's pages that are held back, by day. */
export async function doubtedFacts(
  executor: Executor,
  schoolId: number,
  classExternalId: string,
): Promise<DoubtedFact[]> {
  const { rows } = await executor.query<DoubtedFact>({
    text: `${DOUBTED} ORDER BY 1, 3, 4, 2, 5`,
    values: [schoolId, classExternalId],
    types: rowTypes,
  });
  return rows;
}

/** The same counted, without a pupil or a mark: by kind and subject. */
export interface DoubtedCount {
  readonly kind: string;
  readonly subject: string | null;
  readonly facts: number;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

export async function doubtedCounts(
  executor: Executor,
  schoolId: number,
  classExternalId: string,
): Promise<DoubtedCount[]> {
  const { rows } = await executor.query<DoubtedCount>({
    text: `SELECT kind, subject, count(*)::int AS facts, min(date) AS from, max(date) AS to FROM (${DOUBTED}) d GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [schoolId, classExternalId],
    types: rowTypes,
  });
  return rows;
}

/** Notes what a person says of a page held back; false when somebody has said something else meanwhile, or the page has been read anew. */
export async function decideHeldPage(
  executor: Executor,
  schoolId: number,
  of: Pick<HeldPage, "kind" | "classExternalId" | "pupilExternalId" | "digest" | "decision">,
  { decision, at }: { decision: HeldDecision; at: EpochMs },
): Promise<boolean> {
  // To wait is to begin the hour anew.
  const { rowCount } = await executor.query(
    `UPDATE page_pass SET held_decision = $6, held_at = CASE WHEN $6 = 'wait' THEN $7 ELSE held_at END
     WHERE school_id = $1 AND kind = $2 AND class_external_id = $3 AND pupil_external_id = $4 AND held_digest = $5 AND held_decision IS NOT DISTINCT FROM $8`,
    [schoolId, of.kind, of.classExternalId, of.pupilExternalId, of.digest, decision, new Date(at), of.decision],
  );
  return rowCount === 1;
}
