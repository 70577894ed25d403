import { createHash } from "node:crypto";
import type { ImportKind } from "../domain/import/settings.ts";
import type { Clock } from "../ports/clock.ts";
import { draftOf, dropDraft, dropDraftsBefore, type ImportDraft, keepDraft } from "../store/import-drafts.ts";
import { type ImportNeeds, type ImportResult, importList } from "./import-list.ts";

/** Somebody who uploads: `clock` is that of people, where the school's is a simulated one. */
export interface DraftNeeds {
  readonly importing: ImportNeeds;
  readonly schoolId: number;
  readonly accountId: number;
  readonly clock: Clock;
}

export interface Upload {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly sheet: string | null;
  readonly whole: boolean;
  readonly given: Readonly<Record<string, string>>;
}

export interface SeenDraft {
  readonly draft: ImportDraft;
  readonly preview: ImportResult;
}

const KEPT_MS = 60 * 60_000;

/** Keeps an uploaded file until its owner decides; one that cannot be read at all is not kept. Throws as `importList`. */
export async function uploadDraft(needs: DraftNeeds, upload: Upload): Promise<void> {
  await previewOf(needs, upload);
  const digest = createHash("sha256").update(upload.bytes).digest("hex");
  const { importing, schoolId, accountId, clock } = needs;
  await keepDraft(importing.store.pool, schoolId, accountId, { ...upload, digest, madeAt: clock.now() });
}

/** What the kept file would do now; null where there is none, or its hour is over. */
export async function seeDraft(needs: DraftNeeds): Promise<SeenDraft | null> {
  const draft = await keptDraft(needs);
  return draft === null ? null : { draft, preview: await previewOf(needs, draft) };
}

export async function keptDraft({ importing, schoolId, accountId, clock }: DraftNeeds): Promise<ImportDraft | null> {
  const { pool } = importing.store;
  await dropDraftsBefore(pool, schoolId, clock.now() - KEPT_MS);
  return draftOf(pool, schoolId, accountId);
}

/** Imports the kept bytes, if they are those of the preview and would do the same; they go with it. Null where another file, or none, is kept. */
export async function confirmDraft(
  needs: DraftNeeds,
  { digest, seal }: { readonly digest: string; readonly seal: string },
): Promise<ImportResult | null> {
  const draft = await keptDraft(needs);
  if (draft === null || draft.digest !== digest) return null;
  const { importing, schoolId, accountId } = needs;
  return importList(
    {
      ...importing,
      also: async (client, result) => {
        await dropDraft(client, schoolId, accountId);
        await importing.also?.(client, result);
      },
    },
    schoolId,
    { ...orderOf(draft), dryRun: false, seal },
  );
}

export async function dropOwnDraft({ importing, schoolId, accountId }: DraftNeeds): Promise<void> {
  await dropDraft(importing.store.pool, schoolId, accountId);
}

const orderOf = ({ kind, fileName, bytes, sheet, whole, given }: Upload) => ({
  kind,
  source: { fileName, bytes },
  sheet,
  whole,
  given,
});

const previewOf = ({ importing, schoolId }: DraftNeeds, upload: Upload): Promise<ImportResult> =>
  importList(importing, schoolId, { ...orderOf(upload), dryRun: true });
