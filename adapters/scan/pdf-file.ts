import { PDFiumLibrary } from "@hyzyla/pdfium";
import { SverkaError } from "../../src/domain/error.ts";
import { LIMITS } from "./limits.ts";
import { limitMemory } from "./memory-limit.ts";
import type { PageFile } from "./pages.ts";
import { refusal } from "./refusal.ts";
import { lookedAt } from "./resolution.ts";

const POINTS = 72;
/** Dots of an inch of a page whose size in points is believed. */
const DRAWN_DPI = 200;

const limitReached = limitMemory(LIMITS.unpacked);

/** A PDF, its pages drawn one by one. Throws `scan-locked`, `scan-broken`, `scan-bomb`. */
export async function pdfFile(bytes: Uint8Array): Promise<PageFile> {
  const refuse = (cause: unknown): never => {
    if (cause instanceof SverkaError) throw cause;
    if (/password|security/i.test(String(cause))) throw refusal("scan-locked", cause);
    throw refusal(limitReached() ? "scan-bomb" : "scan-broken", cause);
  };
  // What the file before did is none of this one's.
  limitReached();
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes).catch(refuse);
  return {
    pages: document.getPageCount(),
    async page(index) {
      try {
        const page = document.getPage(index);
        const { originalWidth, originalHeight } = page.getOriginalSize();
        // A page of so many points drawn at 200 dots an inch has this many dots; a copier that takes dots for points makes one of half a metre.
        const drawn = { width: (originalWidth / POINTS) * DRAWN_DPI, height: (originalHeight / POINTS) * DRAWN_DPI };
        if (!(drawn.width > 1 && drawn.height > 1)) throw refusal("scan-broken");
        const { scale, dpi } = lookedAt(drawn, DRAWN_DPI);
        const made = await page.render({ scale: (DRAWN_DPI / POINTS) * scale, colorSpace: "Gray", render: "bitmap" });
        // The page is drawn all the same, without what did not fit; a slip may have been in it.
        if (limitReached()) throw refusal("scan-bomb");
        return { width: made.width, height: made.height, data: made.data, dpi };
      } catch (error) {
        return refuse(error);
      }
    },
    close() {
      document.destroy();
      library.destroy();
    },
  };
}
