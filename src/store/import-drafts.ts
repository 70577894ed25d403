import type { ImportKind } from "../domain/import/settings.ts";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";

/** An uploaded file that waits for its owner's decision. */
export interface ImportDraft {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes. */
  readonly digest: string;
  readonly sheet: string | null;
  readonly whole: boolean;
  readonly given: Readonly<Record<string, string>>;
  readonly madeAt: EpochMs;
}

/** Takes the place of the draft that this account may have. */
export async function keepDraft(
  executor: Executor,
  schoolId: number,
  accountId: number,
  draft: ImportDraft,
): Promise<void> {
  const { kind, fileName, bytes, digest, sheet, whole, given, madeAt } = draft;
  await executor.query({
    text: `INSERT INTO import_draft (school_id, account_id, kind, file_name, bytes, digest, sheet, whole, given, made_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT (school_id, account_id) DO UPDATE SET kind = $3, file_name = $4, bytes = $5, digest = $6, sheet = $7, whole = $8, given = $9, made_at = $10`,
    values: [schoolId, accountId, kind, fileName, bytes, digest, sheet, whole, JSON.stringify(given), new Date(madeAt)],
  });
}

export async function draftOf(executor: Executor, schoolId: number, accountId: number): Promise<ImportDraft | null> {
  const { rows } = await executor.query<ImportDraft>({
    text: `SELECT kind, file_name AS "fileName", bytes, digest, sheet, whole, given, made_at AS "madeAt" FROM import_draft WHERE school_id = $1 AND account_id = $2`,
    values: [schoolId, accountId],
    types: rowTypes,
  });
  return rows[0] ?? null;
}

export async function dropDraft(executor: Executor, schoolId: number, accountId: number): Promise<void> {
  await executor.query({
    text: "DELETE FROM import_draft WHERE school_id = $1 AND account_id = $2",
    values: [schoolId, accountId],
  });
}

/** Files hold personal data: nobody's forgotten one stays. */
export async function dropDraftsBefore(executor: Executor, schoolId: number, at: EpochMs): Promise<void> {
  await executor.query({
    text: "DELETE FROM import_draft WHERE school_id = $1 AND made_at < $2",
    values: [schoolId, new Date(at)],
  });
}
