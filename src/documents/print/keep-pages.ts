import { PDFDocument } from "@cantoo/pdf-lib";

/** The same PDF with these pages only, from 1, in this order; each looks as it did. Throws where the file is none. */
export async function keepPages(pdf: Uint8Array, pages: readonly number[]): Promise<Uint8Array> {
  const whole = await PDFDocument.load(pdf, { updateMetadata: false });
  const kept = await PDFDocument.create({ updateMetadata: false });
  for (const page of await kept.copyPages(
    whole,
    pages.map((page) => page - 1),
  ))
    kept.addPage(page);
  return kept.save();
}
