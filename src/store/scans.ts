import type { FoundSlip, NoticeOfSlip, SlipKind } from "../domain/slip/found-slip.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

export interface ScanFileRecord {
  readonly id: number;
  readonly name: string;
  readonly state: "read" | "refused";
  readonly pages: number;
  readonly path: string | null;
}

export interface ScanFileDraft {
  readonly name: string;
  readonly digest: string;
  /** Below the data folder; null: no original is kept. */
  readonly path: string | null;
  readonly pages: number;
  readonly state: "read" | "refused";
  readonly refusal: string | null;
  readonly at: EpochMs;
  readonly keepUntil: IsoDate;
}

/** Whoever writes down scans, or clears the folder that all schools of a deployment share, does it alone. */
export async function lockScans(client: Transaction): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('sverka:scans'))");
}

/** The file of these bytes, if it has been seen before. */
export async function scanFileOf(
  client: Pick<Transaction, "query">,
  schoolId: number,
  digest: string,
): Promise<ScanFileRecord | null> {
  const { rows } = await client.query<ScanFileRecord>(
    "SELECT id, name, state, pages, path FROM scan_file WHERE school_id = $1 AND digest = $2",
    [schoolId, digest],
  );
  return rows[0] ?? null;
}

/** Writes a file down; one that was refused before may have been accepted now, or be refused again. Answers with its number. */
export async function noteScanFile(client: Transaction, schoolId: number, file: ScanFileDraft): Promise<number> {
  const { name, digest, path, pages, state, refusal, at, keepUntil } = file;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO scan_file (school_id, name, digest, path, pages, state, refusal, received_at, keep_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (school_id, digest) DO UPDATE SET name = excluded.name, path = excluded.path, pages = excluded.pages, state = excluded.state,
       refusal = excluded.refusal, received_at = excluded.received_at, keep_until = excluded.keep_until, destroyed_at = NULL, cleared_at = NULL
     RETURNING id`,
    [schoolId, name, digest, path, pages, state, refusal, new Date(at), keepUntil],
  );
  return rows[0]?.id ?? 0;
}

/** The notice that this code stands on, its row locked until the transaction ends; null: none has it. */
export async function noticeOfCode(client: Transaction, schoolId: number, code: string): Promise<NoticeOfSlip | null> {
  const { rows } = await client.query<NoticeOfSlip>(
    `SELECT n.id, n.school_id = $1 AS "ownSchool", n.withdrawn_at IS NOT NULL AS withdrawn, n.returned_at IS NOT NULL AS returned,
       EXISTS (SELECT 1 FROM notice later WHERE later.batch_id = n.batch_id AND later.pupil_external_id = n.pupil_external_id
               AND later.edition > n.edition) AS corrected,
       n.class_name AS "className", n.place, b.number AS batch
     FROM notice n JOIN notice_batch b ON b.id = n.batch_id WHERE n.slip_code = $2 FOR UPDATE OF n`,
    [schoolId, code],
  );
  return rows[0] ?? null;
}

export async function markReturned(client: Transaction, noticeId: number, at: EpochMs): Promise<void> {
  await client.query("UPDATE notice SET returned_at = $2 WHERE id = $1 AND returned_at IS NULL", [
    noticeId,
    new Date(at),
  ]);
}

export async function noteSlip(
  client: Transaction,
  schoolId: number,
  slip: FoundSlip & {
    readonly fileId: number | null;
    readonly byHand: boolean;
    readonly at: EpochMs;
    readonly clearedAt: EpochMs | null;
  },
): Promise<void> {
  const { fileId, place, byHand, kind, code, notice, at, clearedAt } = slip;
  await client.query(
    `INSERT INTO scanned_slip (school_id, scan_file_id, page, x, y, by_hand, kind, code, notice_id, at, cleared_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      schoolId,
      fileId,
      place?.page ?? null,
      place?.at?.x ?? null,
      place?.at?.y ?? null,
      byHand,
      kind,
      code,
      notice?.ownSchool ? notice.id : null,
      new Date(at),
      clearedAt === null ? null : new Date(clearedAt),
    ],
  );
}

/** Something found on a scanned page that a person has to look at. */
export interface OpenSlip extends FoundSlip {
  readonly id: number;
  readonly fileId: number;
  readonly fileName: string;
  readonly page: number;
  /** Where the original is, below the data folder; null once it is destroyed. */
  readonly path: string | null;
}

interface OpenRow {
  readonly id: number;
  readonly kind: SlipKind;
  readonly code: string | null;
  readonly fileId: number;
  readonly fileName: string;
  readonly path: string | null;
  readonly page: number;
  readonly x: number | null;
  readonly y: number | null;
  readonly className: string | null;
  readonly place: number | null;
  readonly batch: number | null;
  readonly noticeId: number | null;
}

const OPEN = "s.cleared_at IS NULL AND s.kind NOT IN ('returned', 'double') AND s.scan_file_id IS NOT NULL";

/** What is to be cleared up, in the order of its files and pages. */
export async function openSlips(client: Pick<Transaction, "query">, schoolId: number): Promise<OpenSlip[]> {
  const { rows } = await client.query<OpenRow>(
    `SELECT s.id, s.kind, s.code, f.id AS "fileId", f.name AS "fileName", f.path, s.page, s.x, s.y, n.class_name AS "className", n.place,
       b.number AS batch, n.id AS "noticeId"
     FROM scanned_slip s JOIN scan_file f ON f.id = s.scan_file_id
     LEFT JOIN notice n ON n.id = s.notice_id LEFT JOIN notice_batch b ON b.id = n.batch_id
     WHERE s.school_id = $1 AND ${OPEN} ORDER BY f.id, s.page, s.id`,
    [schoolId],
  );
  return rows.map(({ id, kind, code, fileId, fileName, path, page, x, y, ...of }) => ({
    id,
    kind,
    code,
    fileId,
    fileName,
    path,
    page,
    place: { page, at: x === null || y === null ? null : { x, y } },
    notice:
      of.noticeId === null
        ? null
        : {
            id: of.noticeId,
            ownSchool: true,
            withdrawn: kind === "withdrawn",
            corrected: kind === "old-edition",
            returned: false,
            className: of.className ?? "",
            place: of.place ?? 0,
            batch: of.batch ?? 0,
          },
  }));
}

export interface RefusedFile {
  readonly id: number;
  readonly name: string;
  readonly refusal: string;
  readonly path: string | null;
}

/** Files that were not accepted and of which nobody has taken note. */
export async function refusedFiles(client: Pick<Transaction, "query">, schoolId: number): Promise<RefusedFile[]> {
  const { rows } = await client.query<RefusedFile>(
    `SELECT id, name, refusal, path FROM scan_file WHERE school_id = $1 AND state = 'refused' AND cleared_at IS NULL ORDER BY id`,
    [schoolId],
  );
  return rows;
}

/** Clears the first unread slip of a page. Answers whether there was one. */
export async function clearUnread(
  client: Transaction,
  schoolId: number,
  { fileId, page, at }: { fileId: number; page: number; at: EpochMs },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE scanned_slip SET cleared_at = $4 WHERE id = (SELECT s.id FROM scanned_slip s
       WHERE s.school_id = $1 AND s.scan_file_id = $2 AND s.page = $3 AND s.kind = 'unreadable' AND s.cleared_at IS NULL ORDER BY s.id LIMIT 1 FOR UPDATE)`,
    [schoolId, fileId, page, new Date(at)],
  );
  return rowCount === 1;
}

/** Sets aside what is open of a file, or of one page of it. Answers how many lines that were, the file's own refusal included. */
export async function clearScan(
  client: Transaction,
  schoolId: number,
  { fileId, page, at }: { fileId: number; page: number | null; at: EpochMs },
): Promise<number> {
  const slips = await client.query(
    `UPDATE scanned_slip s SET cleared_at = $4 WHERE s.school_id = $1 AND s.scan_file_id = $2 AND ($3::int IS NULL OR s.page = $3) AND ${OPEN}`,
    [schoolId, fileId, page, new Date(at)],
  );
  const files = await client.query(
    `UPDATE scan_file SET cleared_at = $3 WHERE school_id = $1 AND id = $2 AND state = 'refused' AND cleared_at IS NULL AND $4::int IS NULL`,
    [schoolId, fileId, new Date(at), page],
  );
  return (slips.rowCount ?? 0) + (files.rowCount ?? 0);
}

/** Originals whose last day is before this one. */
export async function outlivedScans(
  client: Transaction,
  schoolId: number,
  today: IsoDate,
): Promise<{ id: number; path: string }[]> {
  const { rows } = await client.query<{ id: number; path: string }>({
    text: "SELECT id, path FROM scan_file WHERE school_id = $1 AND path IS NOT NULL AND keep_until < $2 ORDER BY id",
    values: [schoolId, today],
    types: rowTypes,
  });
  return rows;
}

export async function markDestroyed(client: Transaction, id: number, at: EpochMs): Promise<void> {
  await client.query("UPDATE scan_file SET path = NULL, destroyed_at = $2 WHERE id = $1", [id, new Date(at)]);
}

/** Where originals are that a row names, of any school of the deployment. */
export async function knownScanPaths(client: Transaction): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ path: string }>("SELECT path FROM scan_file WHERE path IS NOT NULL");
  return new Set(rows.map(({ path }) => path));
}
