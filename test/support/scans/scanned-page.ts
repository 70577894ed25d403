import sharp from "sharp";
import { slipCode } from "../../../src/domain/slip/code.ts";
import { createRandom, type Random } from "../../emulator/school/random.ts";
import { blankGrey, type Grey, lay } from "./grey.ts";
import { ART_DPI, type SlipArt } from "./slip-art.ts";
import { blot, fade, fold, grain, scribble, stain, streaks, uneven } from "./wear.ts";

/** An A4 page as a school's copier writes it. */
export interface ScannedPage {
  /** JPEG of quality 40. */
  readonly jpeg: Buffer;
  readonly codes: readonly string[];
  readonly dpi: number;
}

export interface PageOrder {
  readonly seed: number;
  /** On one page; chance decides when it is left out: one to four. */
  readonly slips?: number;
  readonly dpi?: 150 | 200 | 300;
  /** Millimetres; that of A4 when left out. */
  readonly height?: number;
}

/** A code of nobody's: the same seed, the same code. */
export function codeOf(random: Random): string {
  return slipCode(Array.from({ length: 11 }, () => random.between(0, 9)).join(""));
}

/**
 * A page of slips, degraded: 150, 200 or 300 dpi, each crooked up to 10°, some upside down, faded, signed across, stained, folded, in uneven light, with grain,
 * blur and the marks of JPEG 40. The same seed is the same page.
 */
export async function scannedPage(
  art: SlipArt,
  { seed, slips, dpi: wanted, height = 297 }: PageOrder,
): Promise<ScannedPage> {
  const random = createRandom(seed);
  const dpi = wanted ?? random.pick([150, 200, 300] as const);
  const mm = dpi / 25.4;
  const picture = blankGrey(Math.round(210 * mm), Math.round(height * mm), random.pick([255, 250, 225, 90]));
  const count = slips ?? random.between(1, 4);
  const band = picture.height / count;
  const codes: string[] = [];
  const paper = { picture, mm, random };
  const middles = Array.from({ length: count }, (_, index) => ({ x: picture.width / 2, y: band * (index + 0.5) }));
  for (const { x, y } of middles) {
    const code = codeOf(random);
    codes.push(code);
    // The more slips there are, the less room they have to lie crooked.
    const most = count < 4 ? 10 : 4;
    const degrees = (random.next() * 2 - 1) * most + (random.chance(0.35) ? 180 : 0);
    const small = count > 2 || random.chance(0.5) ? 1 : 0;
    const aside = small === 1 ? (random.next() - 0.5) * 50 * mm : 0;
    lay(picture, art.slip(code, small), { x: x + aside, y, degrees, scale: dpi / ART_DPI });
    const near = () => {
      const turn = (degrees * Math.PI) / 180;
      const [along, across] = [(small === 1 ? 46 : 80) + (random.next() - 0.5) * 22, (random.next() - 0.5) * 24];
      return [
        x + aside + (along * Math.cos(turn) - across * Math.sin(turn)) * mm,
        y + (along * Math.sin(turn) + across * Math.cos(turn)) * mm,
      ] as const;
    };
    if (random.chance(0.5)) stain(paper, ...near());
    if (random.chance(0.25)) blot(paper, ...near());
    if (random.chance(0.4)) scribble(paper, ...near());
    if (random.chance(0.4)) fold(paper, ...near());
  }
  fade(paper);
  if (random.chance(0.5)) uneven(paper);
  if (random.chance(0.3)) streaks(paper);
  grain(paper);
  // Up to a quarter of a module wide.
  const blur = Math.max(0.3, mm * (0.02 + 0.16 * random.next()));
  const image = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 1 } });
  const turned = image.blur(blur).rotate(random.chance(0.12) ? 90 : 0);
  // Grey as a copier writes it: `withMetadata` would make it one of three colours.
  const jpeg = await turned.toColourspace("b-w").withDensity(dpi).jpeg({ quality: 40 }).toBuffer();
  return { jpeg, codes, dpi };
}

/** A picture as a grey file of the copier. */
export function encoded({ data, width, height }: Grey, format: "jpeg" | "png" | "tiff"): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .toFormat(format)
    .toBuffer();
}
