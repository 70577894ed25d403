import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { firstTrial } from "../../../src/documents/notice/fit.ts";
import type { TypesetSheet } from "../../../src/documents/notice/typeset.ts";
import { createSetter, inputOf } from "../../../src/documents/typst/compile.ts";
import type { Notice } from "../../../src/domain/notice/notice.ts";
import { bareFacts, fullFacts, usualFacts } from "../../domain/notice/sample.ts";
import { compose } from "./orders.ts";

const template = fileURLToPath(new URL("../../../src/documents/notice/batch.typ", import.meta.url));
const sheetOf = (id: number, notice: Notice, size: number | null): TypesetSheet & { readonly size: number | null } => ({
  id,
  notice,
  place: null,
  correction: null,
  slipCode: null,
  code: null,
  sample: true,
  post: null,
  size,
});

/** What the template tells of each sheet: id, how tall it is, and the room for it. */
function filledBy(sheets: readonly ReturnType<typeof sheetOf>[]): [number, number, number | null][] {
  const setter = createSetter(template);
  try {
    const data = inputOf({ layout: "simplex", classes: [{ list: null, sheets }] }, setter.placed);
    const document = setter.set({ title: "Уведомления", data, squares: "{}" });
    if ("fault" in document) throw new Error(JSON.stringify(document.fault));
    return setter.told(document, "filled")[0] as [number, number, number | null][];
  } finally {
    setter.forget();
  }
}

describe("the template", () => {
  it("tells how tall each notice is in its size, and the room that its slip leaves", () => {
    const usual = compose(usualFacts());
    const told = filledBy([sheetOf(1, compose(bareFacts()), 11.5), sheetOf(2, usual, 11.5), sheetOf(3, usual, 8)]);
    expect(told.map(([id]) => id)).toEqual([1, 2, 3]);
    const [bare = 0, large = 0, small = 0] = told.map(([, tall]) => tall);
    expect(bare).toBeLessThan(large);
    expect(small).toBeLessThan(0.85 * large);
    // A4 less its margins, the slip and the gap above it.
    for (const [, , room] of told) expect(room).toBeCloseTo(671.2, 0);
  });

  it("fills about a page in the size that is guessed before anything was set", () => {
    const notices = [10, 12, 14].flatMap((subjects) => [4, 7, 10].map((marks) => compose(fullFacts(subjects, marks))));
    const sheets = notices.map((notice, id) => sheetOf(id, notice, firstTrial({ id, notice, post: null }).size));
    const shares = filledBy(sheets).map(([, tall]) => tall / 671);
    const largest = sheets.map(({ size }) => size === 11.5);
    for (const [index, share] of shares.entries()) {
      if (!largest[index]) expect(share).toBeGreaterThan(0.7);
      expect(share).toBeLessThan(1.15);
    }
    expect(largest).toContain(false);
  });

  it("tells the height over all the pages that a notice takes, and nothing of one that it measured itself", () => {
    const full = compose(fullFacts(14, 25));
    const told = filledBy([sheetOf(1, full, 11.5), sheetOf(2, full, null), sheetOf(3, compose(bareFacts()), 11.5)]);
    const [[, tall = 0] = []] = told;
    expect(tall).toBeGreaterThan(777);
    expect(told.map(([id]) => id).filter((id) => id !== 2)).toEqual([1, 3]);
  });

  it("tells no room where only the slip went to another page", () => {
    const notice = compose(usualFacts());
    const told = filledBy(
      Array.from({ length: 40 }, (_, lines) => {
        const summary = "Пропущенных уроков нет. ".repeat(4 * lines);
        return sheetOf(lines, { ...notice, attendance: { ...notice.attendance, summary } }, 11.5);
      }),
    );
    const fits = told.filter(([, tall, room]) => room !== null && tall <= room);
    const slipOver = told.filter(([, , room]) => room === null);
    expect(fits.length).toBeGreaterThan(0);
    expect(slipOver.length).toBeGreaterThan(0);
    for (const [, tall] of slipOver) expect(tall).toBeLessThanOrEqual(777);
  });
});
