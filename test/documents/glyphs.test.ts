import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadFonts } from "../../src/documents/fonts.ts";
import { breakLongWords, charactersOf, createPrintable } from "../../src/documents/glyphs.ts";

const fonts = loadFonts();
const printable = createPrintable(fonts);

describe("printable text", () => {
  it("keeps what Russian texts are made of", () => {
    const text = "Съешь ещё этих мягких французских булок – № 5, «ёлочки», 100 %, é ü…";
    expect(printable(text)).toBe(text);
  });

  it("leaves pictures out and says where a sign was that the fonts lack", () => {
    expect(printable("Молодец 😀🤷🏽‍♂️! 漢字")).toBe("Молодец ! ??");
  });

  it("joins letters that come in two parts", () => {
    expect(printable("и\u0306")).toBe("й");
  });

  it("holds only signs that every font has, whatever comes in", () => {
    const known = fonts.map(charactersOf);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const sign of printable(text)) {
          if (sign !== "\n" && sign !== "\u00a0")
            expect(known.every((set) => set.has(sign.codePointAt(0) ?? 0))).toBe(true);
        }
      }),
    );
  });

  it("leaves a double surname to break at its hyphen", () => {
    expect(breakLongWords("Константинопольская-Верхнеуральская")).toBe("Константинопольская-Верхнеуральская");
  });

  it("lets endless words break and loses nothing of them", () => {
    const broken = breakLongWords(`слово ${"А".repeat(100)}`);
    expect(Math.max(...broken.split(/[\s\u200b]/).map((part) => part.length))).toBeLessThanOrEqual(28);
    expect(broken.replaceAll("\u200b", "")).toBe(`слово ${"А".repeat(100)}`);
  });
});
