import type { Contrast } from "./grey.ts";

/** Where the middle of a square may be, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Millimetres of a cell; a window of twelve by twelve is as large as the smallest square without its rim. */
const CELL = 1.5;
const PART = 4;
const MOST = 14;
/** Of changes along and across, each from dark to light at most 2, a pixel. A square has 0.11 or more; text has half of it. */
const LEAST = 0.075;
const GRAIN = 0.25;

/**
 * Places as dense as a QR code: print changes between dark and light both along and across, all over a window. Lines of text leave parts of such a window empty.
 * The densest first.
 */
export function densePlaces(contrast: Contrast): (Place & { readonly density: number })[] {
  const size = Math.max(1, Math.round((CELL * contrast.dpi) / 25.4));
  const { across, down, changes } = changesIn(contrast, size);
  const found: (Place & { density: number })[] = [];
  const parts = new Float32Array(9);
  for (let y = 0; y + 3 * PART <= down; y += 1) {
    for (let x = 0; x + 3 * PART <= across; x += 1) {
      for (let i = 0; i < 9; i += 1) parts[i] = changes(x + (i % 3) * PART, y + Math.floor(i / 3) * PART);
      // Two of nine may lie under a blot.
      const density = parts.sort()[2] ?? 0;
      if (density > LEAST) found.push({ x: (x + 1.5 * PART) * size, y: (y + 1.5 * PART) * size, density });
    }
  }
  found.sort((one, other) => other.density - one.density);
  const kept: typeof found = [];
  for (const place of found) {
    if (kept.length === MOST) break;
    if (kept.every((other) => Math.hypot(other.x - place.x, other.y - place.y) > 2 * PART * size)) kept.push(place);
  }
  return kept;
}

/** How much changes in a part of a window, along or across, whichever is less; per pixel. */
function changesIn(
  { width, height, data }: Contrast,
  size: number,
): { across: number; down: number; changes(x: number, y: number): number } {
  const [across, down] = [Math.floor(width / size), Math.floor(height / size)];
  const stride = across + 1;
  const [alongs, acrosses] = [new Float64Array(stride * (down + 1)), new Float64Array(stride * (down + 1))];
  for (let cellY = 0; cellY < down; cellY += 1) {
    let [rowAlong, rowAcross] = [0, 0];
    for (let cellX = 0; cellX < across; cellX += 1) {
      for (let y = cellY * size; y < (cellY + 1) * size; y += 1) {
        for (let at = y * width + cellX * size; at < y * width + (cellX + 1) * size; at += 1) {
          const here = data[at] ?? 0;
          const along = Math.abs((data[at + 1] ?? here) - here) - GRAIN;
          const down = Math.abs((data[at + width] ?? here) - here) - GRAIN;
          if (along > 0) rowAlong += along;
          if (down > 0) rowAcross += down;
        }
      }
      const to = (cellY + 1) * stride + cellX + 1;
      alongs[to] = (alongs[to - stride] ?? 0) + rowAlong;
      acrosses[to] = (acrosses[to - stride] ?? 0) + rowAcross;
    }
  }
  const area = (PART * size) ** 2;
  const sum = (table: Float64Array, x: number, y: number) => {
    const [top, bottom] = [y * stride, (y + PART) * stride];
    return (
      (table[bottom + x + PART] ?? 0) - (table[top + x + PART] ?? 0) - (table[bottom + x] ?? 0) + (table[top + x] ?? 0)
    );
  };
  return { across, down, changes: (x, y) => Math.min(sum(alongs, x, y), sum(acrosses, x, y)) / area };
}
