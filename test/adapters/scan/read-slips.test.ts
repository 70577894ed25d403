import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScanner } from "../../../adapters/scan/scanner.ts";
import { slipCode } from "../../../src/domain/slip/code.ts";
import type { ScannedPage } from "../../../src/ports/scanner.ts";
import { createRandom, type Random } from "../../emulator/school/random.ts";
import { pdfOfJpegs, tiffOf } from "../../support/scans/copier-files.ts";
import { blankGrey, type Grey, lay } from "../../support/scans/grey.ts";
import { codeOf, encoded, type ScannedPage as ScannedPageFile, scannedPage } from "../../support/scans/scanned-page.ts";
import { pictures, printedBatch, type SlipArt, slipArt } from "../../support/scans/slip-art.ts";

const scanner = createScanner();
let art: SlipArt;
beforeAll(async () => {
  art = await slipArt();
});
afterAll(() => scanner.close());

async function pagesOf(bytes: Uint8Array): Promise<ScannedPage[]> {
  const pages: ScannedPage[] = [];
  for await (const page of scanner.read(bytes)) pages.push(page);
  return pages;
}
/** One after another: each is a few million dots. */
async function worn(count: number, seed: number): Promise<ScannedPageFile[]> {
  const pages: ScannedPageFile[] = [];
  for (let index = 0; index < count; index += 1) pages.push(await scannedPage(art, { seed: seed + index }));
  return pages;
}
const codesOf = (pages: readonly ScannedPage[]) => pages.flatMap(({ codes }) => codes.map(({ code }) => code));
const random = createRandom(7);
const codes = Array.from({ length: 5 }, () => codeOf(random));

/** Between the finders of a narrow slip nothing is left as it was. */
function scratch({ width, data }: Grey, chance: Random): void {
  for (let y = 236; y < 330; y += 8)
    for (let x = 1355; x < 1560; x += 8) {
      const shade = chance.chance(0.5) ? 20 : 250;
      for (let row = y; row < y + 8; row += 1) data.fill(shade, row * width + x, row * width + x + 8);
    }
}

describe("slips on a copier's glass", () => {
  it("are read from pages that are crooked, stained, folded, faded, noisy and badly packed, and nothing else is", async () => {
    const pages = await worn(16, 1000);
    expect(pages.flatMap((page) => page.codes).length).toBeGreaterThanOrEqual(40);
    const told: string[][] = [];
    for await (const { codes: found } of scanner.read(await pdfOfJpegs(pages)))
      told.push(found.map(({ code }) => code).sort());
    expect(told).toEqual(pages.map((page) => page.codes.toSorted()));
  }, 300_000);

  it.each(["simplex", "two-up"] as const)("are read from the true print, %s, scanned whole", async (layout) => {
    const pages = await pagesOf(await printedBatch(codes, layout));
    expect(codesOf(pages)).toEqual(codes);
    expect(pages.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
  });

  it("are read in every format that a copier writes, at 150 dots an inch, upside down", async () => {
    const printed = await pictures(await printedBatch(codes.slice(0, 2)), 150);
    const upsideDown = printed.map((page) => ({ ...page, data: page.data.toReversed() }));
    for (const format of ["jpeg", "png", "tiff"] as const) {
      const [, page] = upsideDown;
      if (page === undefined) throw new Error("no page");
      expect(codesOf(await pagesOf(await encoded(page, format)))).toEqual([codes[0]]);
    }
    expect(codesOf(await pagesOf(tiffOf(upsideDown, 150)))).toEqual(codes.slice(0, 2));
  });

  it("are read from a black and white fax, from a colour scan and from one that does not tell its resolution", async () => {
    const [, page] = await pictures(await printedBatch(codes.slice(0, 1)), 200);
    if (page === undefined) throw new Error("no page");
    const { width, height, data } = page;
    const picture = () => sharp(data, { raw: { width, height, channels: 1 } });
    const fax = await picture()
      .threshold(140)
      .toColourspace("b-w")
      .tiff({ compression: "ccittfax4", bitdepth: 1 })
      .toBuffer();
    const colour = await picture().toColourspace("srgb").tint("#ffe8c0").jpeg().toBuffer();
    const colossal = await picture()
      .resize({ width: width * 3 })
      .png()
      .toBuffer();
    for (const file of [fax, colour, colossal]) expect(codesOf(await pagesOf(file))).toEqual([codes[0]]);
  });

  it("are told with their place on the page", async () => {
    const ground = blankGrey(1654, 2339, 255);
    lay(ground, art.slip(codes[0] ?? "", 1), { x: 600, y: 400, degrees: 4, scale: 200 / 300 });
    lay(ground, art.slip(codes[1] ?? "", 1), { x: 900, y: 2000, degrees: -176, scale: 200 / 300 });
    const [page] = await pagesOf(await encoded(ground, "png"));
    const at = new Map(page?.codes.map(({ code, at: place }) => [code, place]));
    expect(at.get(codes[0] ?? "")).toMatchObject({ x: expect.closeTo(0.57, 1), y: expect.closeTo(0.18, 1) });
    expect(at.get(codes[1] ?? "")).toMatchObject({ x: expect.closeTo(0.33, 1), y: expect.closeTo(0.86, 1) });
  });

  it("that cannot be read are counted, beside those that can", async () => {
    const ground = blankGrey(1654, 2339, 255);
    lay(ground, art.slip(codes[0] ?? "", 1), { x: 800, y: 400, degrees: 0, scale: 200 / 300 });
    const torn = art.slip(codes[1] ?? "", 1);
    // Somebody has scratched at the data, not at the corners.
    scratch(torn, createRandom(5));
    lay(ground, torn, { x: 800, y: 1600, degrees: 3, scale: 200 / 300 });
    const [page] = await pagesOf(await encoded(ground, "png"));
    expect(page?.codes.map(({ code }) => code)).toEqual([codes[0]]);
    expect(page?.unread).toEqual([{ x: expect.closeTo(0.8, 0), y: expect.closeTo(0.68, 1) }]);
  });

  it("with a wrong check digit, or QR codes of others, are not accepted", async () => {
    const wrong = slipCode("12345678901").replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const ground = blankGrey(1654, 2339, 255);
    lay(ground, art.slip(wrong, 0), { x: 800, y: 400, degrees: 0, scale: 200 / 300 });
    const [page] = await pagesOf(await encoded(ground, "png"));
    expect(page).toMatchObject({ codes: [], unread: [expect.anything()], blank: false });
  });

  it("are not expected on the empty back of a sheet", async () => {
    const grain = createRandom(3);
    const paper = blankGrey(1654, 2339, 240);
    for (let at = 0; at < paper.data.length; at += 1) paper.data[at] = 225 + grain.between(0, 25);
    const [page] = await pagesOf(await encoded(paper, "jpeg"));
    expect(page).toMatchObject({ codes: [], unread: [], blank: true });
  });

  it("are looked for one file after another while nobody waits for the first", async () => {
    const thick = await pdfOfJpegs(await worn(5, 1));
    for await (const page of scanner.read(thick)) if (page.page === 2) break;
    expect(codesOf(await pagesOf(await printedBatch(codes)))).toEqual(codes);
  });

  it("end with whoever breaks off", async () => {
    const stop = new AbortController();
    const reading = async () => {
      for await (const page of scanner.read(await printedBatch(codes), { signal: stop.signal }))
        if (page.page === 1) stop.abort(new Error("asked to end"));
    };
    await expect(reading()).rejects.toThrow("asked to end");
  });
});
