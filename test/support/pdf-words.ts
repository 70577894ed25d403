import { spawnSync } from "node:child_process";

/** One sheet side that somebody gets: a page, or one half of a landscape one. */
export interface SheetSide {
  /** From 1. */
  readonly page: number;
  readonly text: string;
}

/** The words of a PDF by page, as a reader finds them; those of landscape pages by half. Needs pdftotext. */
export function sidesOf(pdf: Uint8Array): SheetSide[] {
  const { stdout, status } = spawnSync("pdftotext", ["-bbox", "-", "-"], {
    input: pdf,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error("pdftotext could not read the PDF");
  const pages = stdout.split("<page ").slice(1);
  return pages.flatMap((source, index) => {
    const [, width = "0", height = "0"] = /width="([\d.]+)" height="([\d.]+)"/.exec(source) ?? [];
    const words = [...source.matchAll(/<word xMin="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, text = ""]) => ({
      x: Number(x),
      text,
    }));
    const half = Number(width) / 2;
    const groups =
      Number(width) > Number(height)
        ? [words.filter(({ x }) => x < half), words.filter(({ x }) => x >= half)]
        : [words];
    return groups.map((group) => ({ page: index + 1, text: group.map(({ text }) => text).join(" ") }));
  });
}
