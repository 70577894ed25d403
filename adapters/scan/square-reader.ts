import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
import { codeInQr } from "../../src/domain/slip/code.ts";

/** A picture in shades of grey, one byte a pixel. */
export interface Shades {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface ReadSquare {
  readonly code: string;
  /** The middle, in pixels. */
  readonly x: number;
  readonly y: number;
}

const ALWAYS: ReaderOptions = { formats: ["QRCode"], textMode: "Plain", tryInvert: false, maxNumberOfSymbols: 32 };
const PURE: ReaderOptions = { ...ALWAYS, isPure: true, tryHarder: false, tryRotate: false, tryDownscale: false };

/** Finds the module on disk; nothing is fetched. */
export async function loadSquareReader(): Promise<void> {
  const file = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
  const wasmBinary = new ArrayBuffer(file.byteLength);
  new Uint8Array(wasmBinary).set(file);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** The codes of slips that a picture shows; whatever else is in it is not told. `pure`: it shows one square and nothing else. */
export async function readSquares(shades: Shades, pure = false): Promise<ReadSquare[]> {
  const found = await readBarcodes(portable(shades), pure ? PURE : ALWAYS);
  return found.flatMap(({ isValid, text, position }) => {
    const code = isValid ? codeInQr(text) : null;
    if (code === null) return [];
    const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight];
    const mean = (of: "x" | "y") => corners.reduce((sum, corner) => sum + corner[of], 0) / corners.length;
    return [{ code, x: mean("x"), y: mean("y") }];
  });
}

/** As a portable greymap: the module takes pictures as files, and a bare one would have to be four times as large. */
function portable({ data, width, height }: Shades): Uint8Array {
  const head = Buffer.from(`P5 ${width} ${height} 255\n`, "latin1");
  const file = new Uint8Array(head.length + data.length);
  file.set(head);
  file.set(data, head.length);
  return file;
}
