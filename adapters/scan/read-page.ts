import type { PagePoint, ScannedPage } from "../../src/ports/scanner.ts";
import { densePlaces } from "./dense-places.ts";
import { type FoundSquare, findSquare, refine } from "./find-square.ts";
import { coarser, contrastOf, cut, type Grey, smoothed } from "./grey.ts";
import { drawn, modulesOf } from "./square-modules.ts";
import { type ReadSquare, readSquares } from "./square-reader.ts";

/** Dots per inch at which squares are looked for. */
const COARSE_DPI = 100;
/** Millimetres: what surrounds a dot and tells whether it is dark. */
const AROUND = 4;
/** Millimetres around the middle of a square that are looked at closely; nothing else of a slip is nearer. */
const CLOSE = 18;
/** Of `FoundSquare.score`: from here on it is worth a closer look, and from here on it is a square of ours, read or not. */
const MAYBE = 0.2;
const SURELY = 0.45;

/**
 * What a page shows. The library reads what is whole; a worn square is found by what every one of them has (`findSquare`), set right where that is known, and
 * read again. Two different codes at one place are none.
 */
export async function readPage(grey: Grey): Promise<Omit<ScannedPage, "page" | "pages">> {
  const found: ReadSquare[] = await readSquares(grey);
  const coarse = coarser(grey, COARSE_DPI);
  const contrast = contrastOf(smoothed(coarse), Math.round((AROUND * coarse.dpi) / 25.4));
  const [scale, near] = [grey.dpi / coarse.dpi, (CLOSE / 2 / 25.4) * grey.dpi];
  const unread: { x: number; y: number }[] = [];
  for (const place of densePlaces(contrast)) {
    const [x, y] = [place.x * scale, place.y * scale];
    if (found.some((one) => Math.hypot(one.x - x, one.y - y) < near)) continue;
    const rough = findSquare(contrast, place);
    if (rough === null || rough.score < MAYBE) continue;
    const square = await closely(grey, enlarged(rough, scale));
    if (found.some((one) => Math.hypot(one.x - square.x, one.y - square.y) < near)) continue;
    if (square.code !== null) found.push({ code: square.code, x: square.x, y: square.y });
    else if (square.score > SURELY) unread.push({ x: square.x, y: square.y });
  }
  const share = ({ x, y }: { x: number; y: number }): PagePoint => ({ x: x / grey.width, y: y / grey.height });
  const codes = [...new Map(found.map((one) => [one.code, one])).values()].sort(downThePage);
  unread.sort(downThePage);
  return {
    codes: codes.map((one) => ({ code: one.code, at: share(one) })),
    unread: unread.map(share),
    blank: codes.length === 0 && unread.length === 0 && isBlank(coarse),
  };
}

/** People look for a slip from the top of the page down; in which order they were found says nothing. */
const downThePage = (one: { x: number; y: number }, other: { x: number; y: number }) =>
  one.y - other.y || one.x - other.x;

async function closely(
  grey: Grey,
  pose: FoundSquare,
): Promise<{ code: string | null; x: number; y: number; score: number }> {
  const reach = (CLOSE / 25.4) * grey.dpi;
  const part = cut(grey, { x: pose.x - reach, y: pose.y - reach, width: 2 * reach, height: 2 * reach });
  const close = smoothed(part);
  const contrast = contrastOf(close, Math.round((AROUND * grey.dpi) / 25.4));
  const square = refine(contrast, { ...pose, x: pose.x - part.left, y: pose.y - part.top });
  const place = { x: square.x + part.left, y: square.y + part.top, score: square.score };
  for (const modules of modulesOf(close, square)) {
    const [read] = await readSquares(drawn(modules), true);
    if (read !== undefined) return { ...place, code: read.code };
  }
  return { ...place, code: null };
}

function enlarged({ x, y, rightX, rightY, downX, downY, score }: FoundSquare, by: number): FoundSquare {
  return {
    x: x * by,
    y: y * by,
    rightX: rightX * by,
    rightY: rightY * by,
    downX: downX * by,
    downY: downY * by,
    score,
  };
}

/** Nothing on it is much darker than what surrounds it; the edges of the sheet and dust do not count. */
function isBlank(coarse: Grey): boolean {
  const { width, height, data } = smoothed(smoothed(coarse));
  const [edgeX, edgeY, step] = [Math.round(width * 0.04), Math.round(height * 0.04), 6];
  let dark = 0;
  for (let y = edgeY + step; y < height - edgeY - step; y += 1) {
    for (let x = edgeX + step; x < width - edgeX - step; x += 1) {
      const here = data[y * width + x] ?? 0;
      const around = Math.min(
        Math.max(data[y * width + x - step] ?? 0, data[y * width + x + step] ?? 0),
        Math.max(data[(y - step) * width + x] ?? 0, data[(y + step) * width + x] ?? 0),
      );
      if (around - here > 35) dark += 1;
    }
  }
  return dark < width * height * 0.0002;
}
