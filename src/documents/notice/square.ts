import { encodeQR } from "qr";
import { qrText } from "../../domain/slip/code.ts";

/**
 * The QR code of a slip as an SVG path, one unit a module, its white rim of four modules included: 33 × 33. Correction H: it is read with a third of it under a
 * stain. One path for the whole, so that no renderer leaves hairlines between the modules.
 */
export function slipSquare(code: string): string {
  const modules = encodeQR(qrText(code), "raw", { ecc: "high", version: 2, border: 4 });
  return modules.flatMap((row, y) => runs(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`)).join("");
}

function runs(row: readonly boolean[]): { x: number; length: number }[] {
  const found: { x: number; length: number }[] = [];
  for (const [x, dark] of row.entries()) {
    const last = found.at(-1);
    if (!dark) continue;
    if (last !== undefined && last.x + last.length === x) last.length += 1;
    else found.push({ x, length: 1 });
  }
  return found;
}
