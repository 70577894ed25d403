import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createSetter } from "../../../src/documents/typst/compile.ts";

const folder = fileURLToPath(new URL("../../../src/documents/notice/", import.meta.url));
/** Asks for the size by trying a few, and by trying all, where the height goes with the size, its square or its cube, and the room is short or ample. */
const BOTH = `
#import "sheet.typ": largest
#let sizes = range(23, 13, step: -1).map(half => half * 0.5pt)
#let room = 700pt
#let told(size) = if size == none { none } else { size.pt() }
#let cases = range(10, 400, step: 7).map(tall => (1, 2, 3).map(power => {
  let height(size) = room * (tall / 100) * calc.pow(size / 11.5pt, power)
  (told(largest(sizes, room, height)), told(sizes.find(size => height(size) <= room)))
})).join()
#metadata(cases)<cases>
#metadata((told(largest((9pt,), room, size => 800pt)), none))<alone>
`;

it("the largest size that fits is found by trying a few", () => {
  const setter = createSetter(join(folder, "check.typ"), { "check.typ": BOTH });
  try {
    const document = setter.set({});
    if ("fault" in document) throw new Error(JSON.stringify(document.fault));
    const [cases] = setter.told(document, "cases") as [[number | null, number | null][]];
    expect(cases.length).toBeGreaterThan(100);
    expect(new Set(cases.map(([found]) => found)).size).toBeGreaterThan(10);
    for (const [found, meant] of cases) expect(found).toBe(meant);
    expect(setter.told(document, "alone")).toEqual([[null, null]]);
  } finally {
    setter.forget();
  }
});
