import type { Reach } from "../domain/access/may.ts";
import type { NoticeKind, WithdrawnCause } from "../domain/notice/frozen.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** One notice of a class with its way so far. */
export interface ListedNotice {
  readonly pupilExternalId: string;
  readonly className: string;
  readonly edition: number;
  readonly printedAt: EpochMs | null;
  readonly handedAt: EpochMs | null;
  readonly returnedAt: EpochMs | null;
  readonly withdrawnAt: EpochMs | null;
}

/** The notices of a class in a batch, in their order, withdrawn ones too. */
export async function classNotices({ pool }: Store, batchId: number, classExternalId: string): Promise<ListedNotice[]> {
  const { rows } = await pool.query<ListedNotice>({
    text: `SELECT pupil_external_id AS "pupilExternalId", class_name AS "className", edition, printed_at AS "printedAt", handed_at AS "handedAt",
             returned_at AS "returnedAt", withdrawn_at AS "withdrawnAt"
           FROM notice WHERE batch_id = $1 AND class_external_id = $2 ORDER BY place, edition`,
    values: [batchId, classExternalId],
    types: rowTypes,
  });
  return rows;
}

/** The class of the notice that this code stands on; null: no notice of this school has it. */
export async function classOfSlip({ pool }: Store, schoolId: number, code: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    "SELECT class_external_id AS id FROM notice WHERE school_id = $1 AND slip_code = $2",
    [schoolId, code],
  );
  return rows[0]?.id ?? null;
}

/** How far one notice has come, without a word of what it says. */
export interface NoticeProgress extends ListedNotice {
  readonly id: number;
  /** The batch's number in the school. */
  readonly batch: number;
  readonly kind: NoticeKind;
  readonly classExternalId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly composedAt: EpochMs;
  readonly withdrawnCause: WithdrawnCause | null;
}

/** The notices of the classes that somebody reaches, as they were composed, from behind the one of number `after` on. */
export async function noticesAfter(
  { pool }: Pick<Store, "pool">,
  schoolId: number,
  query: { readonly reach: Reach; readonly batch?: number | undefined; readonly classExternalId?: string | undefined },
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<NoticeProgress[]> {
  const { reach, batch, classExternalId } = query;
  const { rows } = await pool.query<NoticeProgress>({
    text: `SELECT n.id, b.number AS batch, b.kind, n.pupil_external_id AS "pupilExternalId", n.class_external_id AS "classExternalId",
             n.class_name AS "className", n.edition, n.starts_on AS "from", n.ends_on AS "to", n.composed_at AS "composedAt", n.printed_at AS "printedAt",
             n.handed_at AS "handedAt", n.returned_at AS "returnedAt", n.withdrawn_at AS "withdrawnAt", n.withdrawn_cause AS "withdrawnCause"
           FROM notice n JOIN notice_batch b ON b.id = n.batch_id
           WHERE n.school_id = $1 AND n.id > $2 AND ($3::boolean OR n.class_external_id = ANY($4)) AND ($5::int IS NULL OR b.number = $5)
             AND ($6::text IS NULL OR n.class_external_id = $6)
           ORDER BY n.id LIMIT $7`,
    values: [schoolId, after, reach.all, reach.classes, batch ?? null, classExternalId ?? null, limit],
    types: rowTypes,
  });
  return rows;
}
