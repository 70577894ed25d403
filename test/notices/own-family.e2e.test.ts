import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Layout } from "../../src/domain/notice/sheet-order.ts";
import { printedCode } from "../../src/domain/slip/code.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { freshDatabase } from "../support/postgres.ts";
import { type Happening, openMill, type Sheet } from "./paper-mill.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const LAYOUTS: readonly Layout[] = ["simplex", "duplex", "two-up"];
const pupil = fc.nat({ max: 5 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("days" as const), days: fc.constantFrom(1, 3, 7, 14) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("agree" as const),
      pupil,
      large: fc.boolean(),
      posted: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("end" as const), pupil }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("correct" as const), pick: fc.nat({ max: 30 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant("reprint" as const), pick: fc.nat({ max: 30 }), ofClass: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("layout" as const),
      layout: fc.constantFrom(...LAYOUTS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("printer" as const), on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant({ what: "follow" as const }) },
);

/** Four families from the beginning, one of them in large print and one by post; then anything. */
const beginning = (layout: Layout = "simplex"): readonly Happening[] => [
  { what: "layout", layout },
  { what: "agree", pupil: 0, large: false, posted: false },
  { what: "agree", pupil: 2, large: true, posted: false },
  { what: "agree", pupil: 3, large: false, posted: true },
  { what: "agree", pupil: 4, large: false, posted: false },
  { what: "days", days: 1 },
  { what: "follow" },
];
const end: readonly Happening[] = [
  { what: "printer", on: true },
  { what: "follow" },
  { what: "days", days: 1 },
  { what: "follow" },
  { what: "reprint", pick: 0, ofClass: false },
  { what: "follow" },
];

let schools = 0;

it("nothing of a family ever comes out on another one's sheet, under another one's code, after it was withdrawn, or twice", async () => {
  const seen: Sheet[] = [];
  const story = fc.array(happening, { minLength: 10, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(story, async (happenings) => {
      schools += 1;
      const mill = await openMill(store, `school-${schools}`);
      for (const one of [...beginning(LAYOUTS[schools % 3]), ...happenings, ...end]) await mill.happen(one);
      for (const sheet of mill.sheets) expectOwn(sheet);
      for (const print of Map.groupBy(mill.sheets, (sheet) => sheet.print).values()) expectListed(print);
      for (const print of Map.groupBy(mill.sheets, (sheet) => sheet.print).values()) expectParted(print);
      await expectOnce(mill);
      seen.push(...mill.sheets);
    }),
    { numRuns: 5, endOnFailure: true },
  );
  // All of it has been there.
  const written = seen.filter(({ codes }) => codes.length > 0);
  expect(written.length).toBeGreaterThan(30);
  expect(written.some(({ duplex }) => duplex)).toBe(true);
  expect(written.some(({ again }) => again)).toBe(true);
});

/** A side of one family, with its own code or none. */
function expectOwn({ list, pupils, codes }: Sheet): void {
  if (list) {
    expect(codes).toEqual([]);
    return;
  }
  expect(pupils.length).toBeLessThanOrEqual(1);
  expect(codes.length).toBeLessThanOrEqual(pupils.length);
  for (const { pupil: owner, withdrawn, wanted } of codes)
    expect([owner, withdrawn, wanted]).toEqual([pupils[0], false, true]);
}

/** Each list names those whose notices lie behind it, up to the next list, and nobody else. */
function expectListed(print: readonly Sheet[]): void {
  let listed: readonly string[] | null = null;
  let behind: string[] = [];
  const close = () => listed === null || expect(behind.toSorted()).toEqual(listed.toSorted());
  for (const sheet of print) {
    if (!sheet.list) behind.push(...sheet.codes.map(({ pupil: owner }) => owner ?? "?"));
    else {
      close();
      [listed, behind] = [sheet.pupils, []];
    }
  }
  expect(listed).not.toBeNull();
  close();
}

/** On both sides of a sheet stands the same family. */
function expectParted(print: readonly Sheet[]): void {
  const sheets = Map.groupBy(
    print.filter(({ duplex }) => duplex),
    ({ page }) => Math.ceil(page / 2),
  );
  for (const sides of sheets.values()) {
    if (sides.some(({ list }) => list)) expect(sides.every(({ codes }) => codes.length === 0)).toBe(true);
    else expect(new Set(sides.flatMap(({ pupils }) => pupils)).size).toBeLessThanOrEqual(1);
  }
}

/** What stands has come out, once unless a person asked for more. */
async function expectOnce({ notices, sheets }: Awaited<ReturnType<typeof openMill>>): Promise<void> {
  const count = (code: string, of: readonly Sheet[]) =>
    of.flatMap(({ codes }) => codes).filter((one) => one.code === code).length;
  for (const { id, slipCode, withdrawnAt, printedAt } of await notices()) {
    const code = printedCode(slipCode);
    const all = count(code, sheets);
    const byItself = count(
      code,
      sheets.filter(({ again }) => !again),
    );
    expect([id, byItself <= 1, printedAt !== null]).toEqual([id, true, all > 0]);
    if (withdrawnAt === null) expect([id, all]).not.toEqual([id, 0]);
  }
}
