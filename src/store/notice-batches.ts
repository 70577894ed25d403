import type { FrozenNotice, NoticeKind, NoticeLooks, WithdrawnCause } from "../domain/notice/frozen.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";
import type { Transaction } from "./transaction.ts";

export interface BatchRecord {
  readonly id: number;
  readonly number: number;
  readonly kind: NoticeKind;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly composedAt: EpochMs;
}

/** A notice about to be written down. */
export interface NoticeDraft {
  readonly pupilExternalId: string;
  readonly classExternalId: string;
  readonly className: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly contents: FrozenNotice;
  readonly looks: NoticeLooks;
  readonly finals: boolean;
  readonly factsAt: EpochMs;
}

export interface LiveNotice {
  readonly id: number;
  readonly pupilExternalId: string;
  readonly classExternalId: string;
  readonly className: string;
  readonly edition: number;
  readonly slipCode: string;
  readonly contents: FrozenNotice;
  readonly printedAt: EpochMs | null;
}

const BATCH = `b.id, b.number, b.kind, b.starts_on AS "from", b.ends_on AS "to", b.composed_at AS "composedAt"`;

/** Whoever composes, corrects, or makes files for a school's notices does it alone; the lock ends with the transaction. */
export async function lockNotices(client: Transaction, schoolId: number): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('sverka:notices'), $1)", [schoolId]);
}

/** The newest notice of each of these pupils, whatever became of it: what tells that somebody composed meanwhile. */
export async function newestNotices(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  pupilExternalIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ pupil: string; id: number }>(
    `SELECT pupil_external_id AS pupil, max(id) AS id FROM notice WHERE school_id = $1 AND pupil_external_id = ANY($2) GROUP BY 1`,
    [schoolId, pupilExternalIds],
  );
  return new Map(rows.map(({ pupil, id }) => [pupil, id]));
}

/** The newest batch with a notice of one of these pupils. */
export async function batchHolding(
  client: Transaction,
  schoolId: number,
  pupilExternalIds: readonly string[],
): Promise<BatchRecord | null> {
  const { rows } = await client.query<BatchRecord>({
    text: `SELECT ${BATCH} FROM notice_batch b JOIN notice n ON n.batch_id = b.id
           WHERE b.school_id = $1 AND n.pupil_external_id = ANY($2) ORDER BY n.id DESC LIMIT 1`,
    values: [schoolId, pupilExternalIds],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

export async function batchByKey(
  client: { query: Executor["query"] },
  schoolId: number,
  key: string,
): Promise<BatchRecord | null> {
  const { rows } = await client.query<BatchRecord>({
    text: `SELECT ${BATCH} FROM notice_batch b WHERE b.school_id = $1 AND b.key = $2`,
    values: [schoolId, key],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

export async function batchById({ pool }: { readonly pool: Executor }, id: number): Promise<BatchRecord | null> {
  const { rows } = await pool.query<BatchRecord>({
    text: `SELECT ${BATCH} FROM notice_batch b WHERE b.id = $1`,
    values: [id],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

export async function batchByNumber(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  number: number,
): Promise<BatchRecord | null> {
  const { rows } = await pool.query<BatchRecord>({
    text: `SELECT ${BATCH} FROM notice_batch b WHERE b.school_id = $1 AND b.number = $2`,
    values: [schoolId, number],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

/** Writes a batch down with its notices, in their order. `codes` are as many as there are notices and none that is in use. */
export async function insertBatch(
  client: Transaction,
  schoolId: number,
  batch: { key: string; kind: NoticeKind; from: IsoDate; to: IsoDate; at: EpochMs },
  drafts: readonly NoticeDraft[],
  codes: readonly string[],
): Promise<BatchRecord> {
  const { rows } = await client.query<BatchRecord>({
    text: `INSERT INTO notice_batch AS b (school_id, number, key, kind, starts_on, ends_on, composed_at)
           SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM notice_batch WHERE school_id = $1 RETURNING ${BATCH}`,
    values: [schoolId, batch.key, batch.kind, batch.from, batch.to, new Date(batch.at)],
    types: rowTypes,
  });
  const [made] = rows;
  if (made === undefined) throw new Error("a batch was inserted and is not there");
  await insertNotices(
    client,
    schoolId,
    made.id,
    drafts.map((draft, i) => ({ ...draft, place: i + 1, edition: 1, slipCode: codes[i] ?? "", at: batch.at })),
  );
  return made;
}

export async function insertNotices(
  client: Transaction,
  schoolId: number,
  batchId: number,
  notices: readonly (NoticeDraft & { place: number; edition: number; slipCode: string; at: EpochMs })[],
): Promise<void> {
  await client.query(
    `INSERT INTO notice (school_id, batch_id, pupil_external_id, class_external_id, class_name, place, edition, starts_on, ends_on, contents, looks, finals,
       facts_at, composed_at, slip_code)
     SELECT $1, $2, n.pupil, n.class, n.name, n.place, n.edition, n."from"::date, n."to"::date, n.contents, n.looks, n.finals,
       to_timestamp(n.facts_at / 1000.0), to_timestamp(n.composed_at / 1000.0), n.code
     FROM jsonb_to_recordset($3::jsonb) AS n(pupil text, class text, name text, place int, edition int, "from" text, "to" text, contents jsonb, looks jsonb,
       finals bool, facts_at float8, composed_at float8, code text) ORDER BY n.place`,
    [
      schoolId,
      batchId,
      JSON.stringify(
        notices.map((notice) => ({
          pupil: notice.pupilExternalId,
          class: notice.classExternalId,
          name: notice.className,
          place: notice.place,
          edition: notice.edition,
          from: notice.from,
          to: notice.to,
          contents: notice.contents,
          looks: notice.looks,
          finals: notice.finals,
          facts_at: notice.factsAt,
          composed_at: notice.at,
          code: notice.slipCode,
        })),
      ),
    ],
  );
}

/** Those of the codes that some slip has already. */
export async function usedCodes(client: Transaction, codes: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string }>(
    "SELECT slip_code AS code FROM notice WHERE slip_code = ANY($1)",
    [codes],
  );
  return rows.map(({ code }) => code);
}

/** What of a batch is to be handed out, in its order: nothing withdrawn, and only what this program composed and still keeps. */
export async function liveNotices(
  { pool }: { readonly pool: Executor },
  batchId: number,
): Promise<readonly LiveNotice[]> {
  const { rows } = await pool.query<LiveNotice>({
    text: `SELECT id, pupil_external_id AS "pupilExternalId", class_external_id AS "classExternalId", class_name AS "className", edition,
             slip_code AS "slipCode", contents, printed_at AS "printedAt"
           FROM notice WHERE batch_id = $1 AND withdrawn_at IS NULL AND contents <> '{}'::jsonb ORDER BY place, id`,
    values: [batchId],
    types: rowTypes,
  });
  return rows;
}

/** Takes notices that are not printed out of their batches when their families are no longer told on paper or the pupils have left. Answers with the batches. */
export async function withdrawEnded(
  { pool }: { readonly pool: Executor },
  schoolId: number,
  { paper, at }: { paper: readonly string[]; at: EpochMs },
): Promise<readonly number[]> {
  const { rows } = await pool.query<{ batchId: number }>(
    `UPDATE notice n SET withdrawn_at = $3, withdrawn_cause = CASE WHEN n.pupil_external_id = ANY($2) THEN 'left-school' ELSE 'agreement-ended' END
     FROM notice_batch b
     WHERE b.id = n.batch_id AND n.school_id = $1 AND b.kind <> 'by-hand' AND n.printed_at IS NULL AND n.withdrawn_at IS NULL
       AND (NOT n.pupil_external_id = ANY($2) OR NOT EXISTS
         (SELECT FROM pupil p WHERE p.school_id = $1 AND p.external_id = n.pupil_external_id AND p.gone_at IS NULL))
     RETURNING n.batch_id AS "batchId"`,
    [schoolId, paper, new Date(at)],
  );
  return [...new Set(rows.map(({ batchId }) => batchId))];
}

export async function withdrawNotice(
  client: Transaction,
  id: number,
  { cause, at }: { cause: WithdrawnCause; at: EpochMs },
): Promise<void> {
  await client.query(
    "UPDATE notice SET withdrawn_at = $2, withdrawn_cause = $3 WHERE id = $1 AND withdrawn_at IS NULL",
    [id, new Date(at), cause],
  );
}

/** The newest edition of a pupil's notice in a batch, for correcting it; null: there is none that stands and is still kept. */
export async function noticeToCorrect(
  client: Transaction,
  batchId: number,
  pupilExternalId: string,
): Promise<NoticeToCorrect | null> {
  const { rows } = await client.query<NoticeToCorrect>({
    text: `SELECT id, place, edition, class_external_id AS "classExternalId", starts_on AS "from", ends_on AS "to", contents, looks, finals,
             printed_at AS "printedAt", handed_at AS "handedAt"
           FROM notice WHERE batch_id = $1 AND pupil_external_id = $2 AND withdrawn_at IS NULL AND contents <> '{}'::jsonb
           ORDER BY edition DESC LIMIT 1`,
    values: [batchId, pupilExternalId],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

export interface NoticeToCorrect
  extends Pick<NoticeDraft, "classExternalId" | "from" | "to" | "contents" | "looks" | "finals"> {
  readonly id: number;
  readonly place: number;
  readonly edition: number;
  readonly printedAt: EpochMs | null;
  readonly handedAt: EpochMs | null;
}
