import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encodeQR } from "qr";
import { renderBatch } from "../../../src/documents/notice/batch.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { composeNotice } from "../../../src/domain/notice/compose.ts";
import type { Layout, SheetNotice } from "../../../src/domain/notice/sheet-order.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { qrText } from "../../../src/domain/slip/code.ts";
import { usualFacts } from "../../domain/notice/sample.ts";
import { crop, type Grey } from "./grey.ts";

/** Dots per inch of the pictures of slips. */
export const ART_DPI = 300;

const mm = (length: number) => Math.round((length / 25.4) * ART_DPI);

/** The true print of a batch whose notices carry these codes. */
export async function printedBatch(codes: readonly string[], layout: Layout = "simplex"): Promise<Uint8Array> {
  const options = {
    mapping: createMapping(defaultMapping),
    forecast: defaultPolicy.forecast,
    today: "2026-10-19",
    simulation: false,
  };
  const notices = codes.map(
    (slipCode, index): SheetNotice => ({
      noticeId: index + 1,
      slipCode,
      edition: 1,
      correction: null,
      number: index + 1,
      notice: composeNotice(usualFacts(index), options),
      post: null,
    }),
  );
  const [part] = await renderBatch(
    {
      batchNumber: 1,
      school: "Школа-интернат № 100",
      simulation: false,
      span: "5–18 октября 2026 г.",
      madeOn: "19 октября 2026 г.",
      layout,
      classes: [{ className: "5 А", classTeacher: null, notices }],
    },
    { at: 0 },
  );
  if (part === undefined) throw new Error("nothing was printed");
  return part.pdf;
}

/** Each page of a PDF as a picture. */
export async function pictures(pdf: Uint8Array, dpi = ART_DPI): Promise<Grey[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  try {
    const found: Grey[] = [];
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale: dpi / 72, colorSpace: "Gray", render: "bitmap" });
      found.push({ width, height, data: Uint8Array.from(data) });
    }
    return found;
  } finally {
    document.destroy();
    library.destroy();
  }
}

/** Slips as they are torn off the true print, each code drawn into the place of its square. */
export interface SlipArt {
  /** `kind`: any whole number chooses one of the shapes. */
  slip(code: string, kind: number): Grey;
}

export async function slipArt(): Promise<SlipArt> {
  const sample = "572000000005";
  const [, whole] = await pictures(await printedBatch([sample]));
  const [, halves] = await pictures(await printedBatch([sample], "two-up"));
  if (whole === undefined || halves === undefined) throw new Error("nothing was printed");
  const shapes = [
    { picture: torn(whole, { left: 10, right: 200, height: 46 }), square: mm(26) },
    { picture: torn(halves, { left: 4, right: 146, height: 42 }), square: mm(24) },
  ].map((shape) => ({ ...shape, corner: cornerOf(shape.picture, shape.square) }));
  return {
    slip(code, kind) {
      const shape = shapes[kind % shapes.length];
      if (shape === undefined) throw new Error("no such shape");
      const picture = { ...shape.picture, data: shape.picture.data.slice() };
      drawSquare(picture, code, shape.corner, shape.square);
      return picture;
    },
  };
}

/** The lowest part of a page. */
function torn(page: Grey, { left, right, height }: { left: number; right: number; height: number }): Grey {
  return crop(page, { x: mm(left), y: page.height - mm(height + 7), width: mm(right - left), height: mm(height + 4) });
}

/** The square's upper left corner with its rim: found by its first dark module, of the finder at the upper left. */
function cornerOf({ width, height, data }: Grey, square: number): { x: number; y: number } {
  const module = square / 33;
  const run = Math.round(module * 7);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x + run < width; x += 1) {
      const row = data.subarray(y * width + x, y * width + x + run);
      const thick = data[(y + Math.round(module * 0.7)) * width + x + (run >> 1)] ?? 255;
      const inner = data[(y + Math.round(module * 1.5)) * width + x + (run >> 1)] ?? 0;
      const after = data[y * width + x + run + 2] ?? 0;
      if (thick < 80 && inner > 180 && after > 180 && row.every((shade) => shade < 100))
        return { x: x - Math.round(4 * module), y: y - Math.round(4 * module) };
    }
  }
  throw new Error("the printed slip shows no square");
}

function drawSquare(picture: Grey, code: string, corner: { x: number; y: number }, square: number): void {
  const modules = encodeQR(qrText(code), "raw", { ecc: "high", version: 2, border: 4 });
  for (let y = 0; y < square; y += 1) {
    for (let x = 0; x < square; x += 1) {
      const dark = modules[Math.floor((y * 33) / square)]?.[Math.floor((x * 33) / square)];
      picture.data[(corner.y + y) * picture.width + corner.x + x] = dark ? 20 : 255;
    }
  }
}
