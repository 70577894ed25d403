import sharp from "sharp";
import { LIMITS } from "./limits.ts";
import type { PageFile } from "./pages.ts";
import { refusal } from "./refusal.ts";
import { lookedAt } from "./resolution.ts";

// Nothing but what a copier writes is ever decoded, whatever a file pretends to be.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadTiff"] });
sharp.concurrency(1);
sharp.cache(false);

/** A JPEG or PNG, or a TIFF of any number of pages. Throws `scan-broken`, `scan-bomb`. */
export async function pictureFile(bytes: Uint8Array): Promise<PageFile> {
  const open = (page: number) =>
    sharp(bytes, { page, pages: 1, limitInputPixels: LIMITS.pixels, failOn: "truncated", sequentialRead: true });
  const about = (page: number) => open(page).metadata().catch(refuse);
  const { pages = 1 } = await about(0);
  return {
    pages,
    async page(index) {
      const { density, autoOrient } = await about(index);
      const { width, height } = autoOrient;
      if (width * height > LIMITS.pixels) throw refusal("scan-bomb");
      const { scale, dpi } = lookedAt({ width, height }, density ?? null);
      const { data, info } = await open(index)
        .autoOrient()
        .flatten({ background: "#fff" })
        .resize({ width: Math.max(1, Math.round(width * scale)) })
        .toColourspace("b-w")
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true })
        .catch(refuse);
      return { width: info.width, height: info.height, data: firstOf(data, info.channels), dpi };
    },
    close: () => undefined,
  };
}

/** One byte a pixel. */
function firstOf(data: Buffer, channels: number): Uint8Array {
  if (channels === 1) return data;
  return Uint8Array.from({ length: data.length / channels }, (_, at) => data[at * channels] ?? 0);
}

function refuse(cause: unknown): never {
  throw refusal(/pixel limit/i.test(String(cause)) ? "scan-bomb" : "scan-broken", cause);
}
