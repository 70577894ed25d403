import { LIMITS } from "./limits.ts";

/** At which a page is looked at: a module of a square is nearly six dots, and grain is gone. */
const LOOKED_DPI = 200;
/** Inches of the longer side of A4, and what a sheet in a copier has at least and at most. */
const A4 = 11.69;
const SHEET = { least: 1.5, most: 18 };

/**
 * How a page of so many dots is looked at. `told`: what the file says of its dots per inch; a page that would be no sheet of paper then, or of which nothing is
 * told, is taken for A4.
 */
export function lookedAt(size: { width: number; height: number }, told: number | null): { scale: number; dpi: number } {
  const longer = Math.max(size.width, size.height);
  const inches = told === null || told < 50 ? Number.NaN : longer / told;
  const known = inches >= SHEET.least && inches <= SHEET.most;
  const dpi = known && told !== null ? told : longer / A4;
  const wanted = Math.min(1, LOOKED_DPI / dpi);
  const most = Math.sqrt(LIMITS.looked / (size.width * size.height));
  const scale = Math.min(wanted, most);
  return { scale, dpi: dpi * scale };
}
