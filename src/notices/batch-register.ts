import { printPostRegister } from "../documents/notice/print-register.ts";
import { type BatchRecord, liveNotices } from "../store/notice-batches.ts";
import { type FileNeeds, sheetOrder } from "./print-batch.ts";
import { withTemplates } from "./with-templates.ts";

/** The register of a batch's letters for the post office, of what stands now; null: nothing of it goes by post. Throws `print-template` (trouble). */
export async function batchRegister(
  { store, school, layout, templates }: FileNeeds,
  batch: BatchRecord,
): Promise<Uint8Array | null> {
  const order = sheetOrder(batch, await liveNotices(store, batch.id), { layout, zone: school.zone });
  return withTemplates(templates, (own) => printPostRegister(order, { at: batch.composedAt, templates: own }));
}

/** How many letters a batch has. */
export async function lettersOf({ store }: Pick<FileNeeds, "store">, batch: BatchRecord): Promise<number> {
  return (await liveNotices(store, batch.id)).filter(({ contents }) => contents.post !== null).length;
}
