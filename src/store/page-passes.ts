import type { PoolClient } from "pg";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** The last trusted pass over one page of one class. */
export interface PagePassRecord {
  readonly kind: string;
  readonly pupilExternalId: string;
  readonly passId: number;
  readonly askedAt: EpochMs | null;
  readonly digest: string | null;
  readonly facts: number;
  readonly lessonExternalIds: readonly string[];
  readonly heldDigest: string | null;
  /** When that answer first came. */
  readonly heldAt: EpochMs | null;
  /** What a person has said of it. */
  readonly heldDecision: HeldDecision | null;
}

/** `accept`: the next pass takes the disappearance over if it shows the same. `wait`: it has to be shown once more, an hour later or more. */
export type HeldDecision = "accept" | "wait";

export interface PageKey {
  readonly kind: string;
  readonly classExternalId: string;
  readonly pupilExternalId: string;
}

/** One answer, trusted: what `page_pass` keeps of it. */
export interface TrustedLook extends PageKey {
  readonly askedAt: EpochMs;
  readonly answeredAt: EpochMs;
  readonly digest: string;
}

export async function loadPagePasses(
  store: Store,
  schoolId: number,
  classExternalId: string,
): Promise<PagePassRecord[]> {
  const { rows } = await store.pool.query<PagePassRecord>({
    text: `SELECT kind, pupil_external_id AS "pupilExternalId", pass_id AS "passId", asked_at AS "askedAt", digest, facts,
             lesson_external_ids AS "lessonExternalIds", held_digest AS "heldDigest", held_at AS "heldAt", held_decision AS "heldDecision"
           FROM page_pass WHERE school_id = $1 AND class_external_id = $2`,
    values: [schoolId, classExternalId],
    types: rowTypes,
  });
  return rows;
}

/** By class, the oldest of the last trusted looks at its pages of lessons and entries; classes that were never looked at are not there. */
export async function oldestLooks(store: Store, schoolId: number): Promise<ReadonlyMap<string, EpochMs>> {
  const { rows } = await store.pool.query<{ id: string; at: EpochMs | null }>({
    text: `SELECT class_external_id AS id, min(asked_at) AS at FROM page_pass
           WHERE school_id = $1 AND kind IN ('lessons', 'entries') AND asked_at IS NOT NULL GROUP BY 1`,
    values: [schoolId],
    types: rowTypes,
  });
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])));
}

/** Unchanged pages: one write each and nothing more, all in one statement. */
export async function passUnchangedPages(
  store: Store,
  schoolId: number,
  passId: number,
  looks: readonly TrustedLook[],
): Promise<void> {
  if (looks.length === 0) return;
  await store.pool.query(
    `UPDATE page_pass p SET pass_id = $2, asked_at = l.asked_at, answered_at = l.answered_at, held_digest = NULL, held_at = NULL
     FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[]) AS l(kind, class, pupil, asked_at, answered_at)
     WHERE p.school_id = $1 AND p.kind = l.kind AND p.class_external_id = l.class AND p.pupil_external_id = l.pupil`,
    [
      schoolId,
      passId,
      looks.map((look) => look.kind),
      looks.map((look) => look.classExternalId),
      looks.map((look) => look.pupilExternalId),
      looks.map((look) => new Date(look.askedAt)),
      looks.map((look) => new Date(look.answeredAt)),
    ],
  );
}

/** Marks a page passed, within the transaction that applied it. */
export async function passPage(
  client: PoolClient,
  schoolId: number,
  passId: number,
  look: TrustedLook & { facts: number; lessonExternalIds: readonly string[] },
): Promise<void> {
  await client.query({
    name: "pass-page",
    text: `INSERT INTO page_pass AS p (school_id, kind, class_external_id, pupil_external_id, pass_id, asked_at, answered_at, first_asked_at, digest, facts, lesson_external_ids)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9, $10)
     ON CONFLICT (school_id, kind, class_external_id, pupil_external_id) DO UPDATE SET pass_id = $5, asked_at = $6, answered_at = $7,
       first_asked_at = CASE WHEN p.asked_at IS NULL THEN $6 ELSE p.first_asked_at END,
       digest = $8, facts = $9, lesson_external_ids = $10, held_digest = NULL, held_at = NULL`,
    values: [
      schoolId,
      look.kind,
      look.classExternalId,
      look.pupilExternalId,
      passId,
      new Date(look.askedAt),
      new Date(look.answeredAt),
      look.digest,
      look.facts,
      look.lessonExternalIds,
    ],
  });
}

/**
 * Notes that this pass has dealt with a page without trusting it: the last trusted look stays what it was, so nothing is proved.
 * `held` is the answer held back, where it was held back as a mass disappearance. Else some rows of the answer were taken over: the
 * page is no longer as it was trusted, so that even the same answer as then has to be read anew.
 */
export async function setPageAside(
  client: PoolClient,
  schoolId: number,
  passId: number,
  page: PageKey & { held: { digest: string; lost: readonly string[]; shown: number } | null; at: EpochMs },
): Promise<void> {
  await client.query(
    `INSERT INTO page_pass (school_id, kind, class_external_id, pupil_external_id, pass_id, facts, lesson_external_ids, held_digest, held_at, held_lost, held_shown)
     VALUES ($1, $2, $3, $4, $5, 0, '{}', $6::text, $7, $8, $9)
     ON CONFLICT (school_id, kind, class_external_id, pupil_external_id) DO UPDATE SET pass_id = $5, held_digest = $6,
       held_at = CASE WHEN page_pass.held_digest = $6 THEN page_pass.held_at ELSE $7 END,
       held_decision = CASE WHEN page_pass.held_digest = $6 THEN page_pass.held_decision END, held_lost = $8, held_shown = $9,
       digest = CASE WHEN $6::text IS NULL THEN NULL ELSE page_pass.digest END`,
    [
      schoolId,
      page.kind,
      page.classExternalId,
      page.pupilExternalId,
      passId,
      page.held?.digest ?? null,
      page.held === null ? null : new Date(page.at),
      page.held?.lost ?? [],
      page.held?.shown ?? 0,
    ],
  );
}
