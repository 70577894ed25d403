import { openPages } from "../../adapters/scan/pages.ts";
import { createScanner } from "../../adapters/scan/scanner.ts";
import { loadSquareReader, readSquares } from "../../adapters/scan/square-reader.ts";
import { pdfOfJpegs } from "../support/scans/copier-files.ts";
import { type ScannedPage, scannedPage } from "../support/scans/scanned-page.ts";
import { type SlipArt, slipArt } from "../support/scans/slip-art.ts";
import { timed } from "./in-turns.ts";
import type { BenchRow } from "./row.ts";

/** Fewer for a quick look; the figures of the README are of these. */
const { BENCH_SCANS = "500", BENCH_SLIPS = "5000" } = process.env;
const AT_ONCE = 50;
/** Millimetres: a slip alone on the glass. */
const ALONE = 70;

/**
 * Scans made from the true print and then skewed, blurred, stained, folded, faded and packed as JPEG 40, read by two threads; beside them what the library that
 * decodes the squares reads of the same pictures alone. A misread is a code that stands on no slip of its page.
 */
export async function run(): Promise<BenchRow[]> {
  const art = await slipArt();
  await loadSquareReader();
  const scanner = createScanner();
  try {
    const whole = { slips: 0, read: 0, rival: 0, wrong: 0, ms: 0 };
    const scans = Number(BENCH_SCANS);
    for (let from = 0; from < scans; from += AT_ONCE) {
      const pages = await worn(art, { from, count: Math.min(AT_ONCE, scans - from) });
      const told: string[][] = [];
      const pdf = await pdfOfJpegs(pages);
      whole.ms += await timed(async () => {
        for await (const { codes } of scanner.read(pdf)) told.push(codes.map(({ code }) => code));
      });
      for (const [index, { codes, jpeg }] of pages.entries()) {
        whole.slips += codes.length;
        whole.read += codes.filter((code) => told[index]?.includes(code)).length;
        whole.wrong += wrong(told[index] ?? [], codes);
        whole.rival += (await alone(jpeg)).filter((code) => codes.includes(code)).length;
      }
    }
    const single = { slips: 0, wrong: 0 };
    for (let from = 0; single.slips < Number(BENCH_SLIPS); from += AT_ONCE) {
      const pages = await worn(art, { from: 1_000_000 + from, count: AT_ONCE, slips: 1, height: ALONE });
      let index = 0;
      for await (const { codes } of scanner.read(await pdfOfJpegs(pages))) {
        const told = codes.map(({ code }) => code);
        single.wrong += wrong(told, pages[index]?.codes ?? []);
        index += 1;
      }
      single.slips += pages.length;
    }
    const share = (read: number) => `${((100 * read) / whole.slips).toFixed(2)} %`;
    const speed = scans / (whole.ms / 1000);
    return [
      {
        what: `slips read of ${whole.slips} on ${scans} worn scans`,
        ours: share(whole.read),
        rival: `the decoding library alone ${share(whole.rival)}`,
        reached: (100 * whole.read) / whole.slips,
        unit: "%",
        target: { atLeast: 99.5 },
      },
      {
        what: "reading them, two threads",
        ours: `${speed.toFixed(1)} pages/s`,
        rival: "–",
        reached: speed,
        unit: "pages/s",
        target: { atLeast: 2 },
      },
      {
        what: `wrong codes accepted on these and on ${single.slips} single worn slips`,
        ours: `${whole.wrong + single.wrong}`,
        rival: "–",
        reached: whole.wrong + single.wrong,
        unit: "slips",
        target: { atMost: 0 },
      },
    ];
  } finally {
    await scanner.close();
  }
}

async function worn(
  art: SlipArt,
  { from, count, ...of }: { from: number; count: number; slips?: number; height?: number },
): Promise<ScannedPage[]> {
  const pages: ScannedPage[] = [];
  for (let index = 0; index < count; index += 1)
    pages.push(await scannedPage(art, { ...of, seed: 50_000 + from + index }));
  return pages;
}

const wrong = (told: readonly string[], codes: readonly string[]) =>
  told.filter((code) => !codes.includes(code)).length;

async function alone(jpeg: Buffer): Promise<string[]> {
  const file = await openPages(jpeg);
  const found = await readSquares(await file.page(0));
  file.close();
  return found.map(({ code }) => code);
}
