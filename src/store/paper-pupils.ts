import type { NoticeLooks } from "../domain/notice/frozen.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** What the cycle of notices needs to know of one family on paper. */
export interface PaperPupilRecord {
  readonly pupilExternalId: string;
  readonly classExternalId: string;
  readonly className: string;
  readonly grade: number | null;
  /** The earliest paper agreement; null: nobody told its day. */
  readonly agreedOn: IsoDate | null;
  /** The service's first pass that ended. */
  readonly firstPassAt: EpochMs | null;
  readonly last: {
    readonly composedAt: EpochMs;
    readonly printedAt: EpochMs | null;
    readonly handedAt: EpochMs | null;
  } | null;
  /** The last day of which a notice told. */
  readonly toldTo: IsoDate | null;
  /** How far that went; null: no notice of the cycle yet. */
  readonly toldLooks: NoticeLooks | null;
  /** The first sight of the oldest final mark that no notice told; null: none. */
  readonly finalsAt: EpochMs | null;
}

/** Of the named pupils those who are in a class now, by class and id. */
export async function paperPupils(
  { pool }: Pick<Store, "pool">,
  schoolId: number,
  pupilExternalIds: readonly string[],
): Promise<PaperPupilRecord[]> {
  const { rows } = await pool.query<
    Omit<PaperPupilRecord, "last"> & { composedAt: EpochMs | null; printedAt: EpochMs | null; handedAt: EpochMs | null }
  >({
    text: `
    WITH notices AS (
      -- The editions of one notice are one.
      SELECT n.pupil_external_id AS pupil, n.batch_id, min(n.composed_at) AS composed_at, min(n.printed_at) AS printed_at, min(n.handed_at) AS handed_at,
        max(n.ends_on) AS ends_on, (array_agg(n.looks ORDER BY n.edition DESC))[1] AS looks, b.kind
      FROM notice n JOIN notice_batch b ON b.id = n.batch_id
      WHERE n.school_id = $1 AND n.pupil_external_id = ANY($2)
      GROUP BY 1, 2, b.kind HAVING bool_or(n.withdrawn_at IS NULL)
    ),
    last AS (SELECT DISTINCT ON (pupil) pupil, composed_at, printed_at, handed_at FROM notices ORDER BY pupil, composed_at DESC, batch_id DESC),
    told AS (SELECT DISTINCT ON (pupil) pupil, ends_on, looks FROM notices WHERE kind <> 'by-hand' ORDER BY pupil, composed_at DESC, batch_id DESC),
    any_told AS (SELECT pupil, max(ends_on) AS ends_on, max(coalesce((looks ->> 'finals')::float8, extract(epoch FROM composed_at) * 1000)) AS finals
      FROM notices GROUP BY 1)
    SELECT p.external_id AS "pupilExternalId", c.external_id AS "classExternalId", c.name AS "className", coalesce(c.grade, p.grade) AS grade,
      (SELECT min(agreed_on) FROM delivery_agreement d WHERE d.school_id = $1 AND d.pupil_external_id = p.external_id AND d.way = 'paper') AS "agreedOn",
      (SELECT min(finished_at) FROM pass WHERE school_id = $1 AND state IN ('done', 'trouble')) AS "firstPassAt",
      last.composed_at AS "composedAt", last.printed_at AS "printedAt", last.handed_at AS "handedAt",
      coalesce(told.ends_on, any_told.ends_on) AS "toldTo", told.looks AS "toldLooks",
      (SELECT min(coalesce(f.content_seen_at, f.seen_at)) FROM final_mark f
       WHERE f.school_id = $1 AND f.pupil_external_id = p.external_id AND f.vanished_at IS NULL AND btrim(f.text) <> ''
         AND CASE WHEN f.content_seen_at IS NULL THEN f.absent_at ELSE f.content_absent_at END IS NOT NULL
         AND coalesce(f.content_seen_at, f.seen_at) > to_timestamp(any_told.finals / 1000)) AS "finalsAt"
    FROM pupil p
    JOIN class_group c ON c.school_id = $1 AND c.external_id = p.class_external_id AND c.gone_at IS NULL
    LEFT JOIN last ON last.pupil = p.external_id
    LEFT JOIN told ON told.pupil = p.external_id
    LEFT JOIN any_told ON any_told.pupil = p.external_id
    WHERE p.school_id = $1 AND p.gone_at IS NULL AND p.external_id = ANY($2)
    ORDER BY 2, 1`,
    values: [schoolId, pupilExternalIds],
    types: rowTypes,
  });
  return rows.map(({ composedAt, printedAt, handedAt, ...row }) => ({
    ...row,
    last: composedAt === null ? null : { composedAt, printedAt, handedAt },
  }));
}
