import { z } from "zod";
import type { PrintPlace } from "../domain/print/pages.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";
import type { Executor } from "./outbox.ts";

const placesOf = z.array(z.object({ page: z.int(), last: z.int().optional(), noticeId: z.int() }));

export interface FileToPrint {
  readonly name: string;
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly layout: string;
  readonly places: readonly PrintPlace[];
  /** Ids of its notices that are not to be handed out any longer. */
  readonly withdrawn: ReadonlySet<number>;
}

/** A file with all that printing must know of it, as of now. */
export async function fileToPrint(store: Store, fileId: number): Promise<FileToPrint> {
  const { rows } = await store.pool.query<Omit<FileToPrint, "withdrawn" | "places"> & { places: unknown }>(
    "SELECT name, pdf, pages, layout, places FROM print_file WHERE id = $1",
    [fileId],
  );
  const [file] = rows;
  if (file === undefined) throw new Error(`print file ${fileId} is gone`);
  const places = placesOf.parse(file.places);
  const { rows: gone } = await store.pool.query<{ id: number }>(
    "SELECT id FROM notice WHERE id = ANY($1) AND withdrawn_at IS NOT NULL",
    [places.map(({ noticeId }) => noticeId)],
  );
  return { ...file, places, withdrawn: new Set(gone.map(({ id }) => id)) };
}

/** Where the notices of a file stand, without its bytes. */
export async function placesIn(
  executor: Executor,
  fileId: number,
): Promise<{ pages: number; layout: string; places: PrintPlace[] }> {
  const { rows } = await executor.query<{ pages: number; layout: string; places: unknown }>(
    "SELECT pages, layout, places FROM print_file WHERE id = $1",
    [fileId],
  );
  const [file] = rows;
  if (file === undefined) throw new Error(`print file ${fileId} is gone`);
  return { ...file, places: placesOf.parse(file.places) };
}

/** These notices have come out; those that had before keep their time. */
export async function markNoticesPrinted(executor: Executor, noticeIds: readonly number[], at: EpochMs): Promise<void> {
  await executor.query("UPDATE notice SET printed_at = $2 WHERE id = ANY($1) AND printed_at IS NULL", [
    noticeIds,
    new Date(at),
  ]);
}

/** A person says that these have not come out after all. What was handed out had. */
export async function markNoticesUnprinted(executor: Executor, noticeIds: readonly number[]): Promise<void> {
  await executor.query("UPDATE notice SET printed_at = NULL WHERE id = ANY($1) AND handed_at IS NULL", [noticeIds]);
}
