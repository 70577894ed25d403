import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { decodeQR } from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { type BatchPart, renderBatch } from "../../../src/documents/notice/batch.ts";
import { printPostRegister } from "../../../src/documents/notice/print-register.ts";
import type { Notice } from "../../../src/domain/notice/notice.ts";
import type { Layout, SheetOrder } from "../../../src/domain/notice/sheet-order.ts";
import { codeInQr, printedCode } from "../../../src/domain/slip/code.ts";
import { bareFacts, fullFacts, moscow, usualFacts } from "../../domain/notice/sample.ts";
import { type SheetSide, sidesOf } from "../../support/pdf-words.ts";
import { classOf, codeOf, compose, orderOf, sheet } from "./orders.ts";

const at = moscow("2026-10-19T10:00");
const LAYOUTS: readonly Layout[] = ["simplex", "duplex", "two-up"];
const post = { addressee: "Берёзкиной Ольге Викторовне", address: "ул. Садовая, д. 12,\nг. Верхнеуральск,\n457670" };

async function onePart(order: SheetOrder): Promise<BatchPart> {
  const [part, ...more] = await renderBatch(order, { at });
  if (part === undefined || more.length > 0) throw new Error("one part was meant");
  return part;
}

const placesOf = (part: BatchPart) => part.places.map(({ page }) => page);
const three = () => [1, 2, 3].map((id) => sheet(id, compose(usualFacts(id))));

describe("a printed batch", () => {
  it("is PDF/A-2a, and begins each class with its list to hand out by", async () => {
    const part = await onePart(orderOf([classOf("5 А", three()), classOf("5 Б", [sheet(4, compose(bareFacts()))])]));
    expect(Buffer.from(part.pdf).toString("latin1")).toContain(
      "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
    );
    expect({ pages: part.pages, places: part.places }).toEqual({
      pages: 6,
      places: [
        { page: 2, last: 2, noticeId: 1 },
        { page: 3, last: 3, noticeId: 2 },
        { page: 4, last: 4, noticeId: 3 },
        { page: 6, last: 6, noticeId: 4 },
      ],
    });
    const [list] = sidesOf(part.pdf);
    expect(list?.text).toContain("Список для раздачи: 5 А");
    expect(list?.text).toContain("партия № 17");
    expect(list?.text).toContain("Всего 3 уведомления");
  });

  it("begins each pupil on an odd page when both sides are printed", async () => {
    const large = sheet(9, compose(usualFacts(9), { largePrint: true }));
    const part = await onePart(
      orderOf(
        [classOf("5 А", [...three(), large, ...three().map((one) => ({ ...one, noticeId: one.noticeId + 20 }))])],
        { layout: "duplex" },
      ),
    );
    expect(placesOf(part)).toEqual([3, 5, 7, 9, 11, 13, 15]);
  });

  it("puts two on a page to save paper, and gives a whole page to what needs one", async () => {
    const notices = [
      ...three(),
      sheet(4, compose(usualFacts(4), { largePrint: true })),
      sheet(5, compose(usualFacts(5))),
      sheet(6, compose(fullFacts(14, 25))),
      sheet(7, compose(usualFacts(7)), { post }),
    ];
    const part = await onePart(
      orderOf([classOf("5 А", notices), classOf("5 Б", [sheet(8, compose(usualFacts(8)))])], { layout: "two-up" }),
    );
    expect(placesOf(part)).toEqual([2, 2, 3, 4, 6, 7, 8, 10]);
  });

  it("gives two pages at most in large print, one else, from nothing to the most that there may be", async () => {
    const facts = [
      bareFacts(),
      usualFacts(),
      usualFacts(2, { grade: 1 }),
      fullFacts(14, 5),
      fullFacts(),
      fullFacts(20, 60),
    ];
    const notices = facts.flatMap((one, index) => [
      sheet(2 * index, compose(one)),
      sheet(2 * index + 1, compose(one, { largePrint: true, plain: true, simulation: true })),
    ]);
    const { places, pages } = await onePart(orderOf([classOf("5 А", notices)]));
    const lengths = places.map(({ page }, index) => (places[index + 1]?.page ?? pages + 1) - page);
    expect(lengths.filter((_, index) => index % 2 === 0)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(Math.max(...lengths)).toBe(2);
  });

  it("says that a notice corrects another, and names the simulation on every sheet", async () => {
    const correction = "Исправленное уведомление вместо розданного 16 октября.";
    const notice = compose(usualFacts(1), { simulation: true });
    const part = await onePart(
      orderOf([classOf("5 А", [sheet(1, notice, { edition: 2, correction })])], { simulation: true }),
    );
    const [list, own] = sidesOf(part.pdf);
    expect(own?.text).toContain(correction);
    expect(list?.text).toContain("исправленное");
    for (const side of [list, own]) expect(side?.text.replaceAll(" ", "")).toContain("УЧЕБНЫЕДАННЫЕ");
  });

  it("shows an envelope's window the address, and nothing else in all the places where the window may lie", async () => {
    const part = await onePart(orderOf([classOf("5 А", [sheet(1, compose(usualFacts(1)), { post })])]));
    const { stdout } = spawnSync("pdftotext", ["-bbox", "-f", "2", "-l", "2", "-", "-"], {
      input: part.pdf,
      encoding: "utf8",
    });
    const mm = (points: string | undefined) => (Number(points) * 25.4) / 72;
    const words = [...stdout.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</g)].map(
      ([, left, top, right, bottom, text = ""]) => ({
        left: mm(left),
        top: mm(top),
        right: mm(right),
        bottom: mm(bottom),
        text,
      }),
    );
    const seen = words.filter(({ left, right, top, bottom }) => right > 100 && left < 200 && bottom > 34 && top < 95);
    expect(seen.map(({ text }) => text).join(" ")).toBe(`${post.addressee} ${post.address.replaceAll("\n", " ")}`);
    for (const { left, right, top, bottom } of seen)
      expect(left >= 110 && right <= 190 && top >= 48 && bottom <= 80).toBe(true);
    expect(words.filter(({ top }) => top < 99).map(({ text }) => text)).not.toContain("Берёзкин");
  });

  it("lists the letters for the post office, and no pupil by name", async () => {
    const order = orderOf([classOf("5 А", [...three(), sheet(4, compose(usualFacts(4)), { post })])]);
    const register = await printPostRegister(order, { at });
    const [side] = sidesOf(register ?? new Uint8Array());
    expect(side?.text).toContain("1 Берёзкиной Ольге Викторовне");
    expect(side?.text).toContain("5 А, № 4");
    expect(side?.text).not.toContain("Егор");
    expect(await printPostRegister(orderOf([classOf("5 А", three())]), { at })).toBeNull();
  });

  it("carries a code on each slip that a grey copy at 150 dpi still gives back, in every layout", async () => {
    const notices = [...three(), sheet(4, compose(usualFacts(4), { largePrint: true }))];
    for (const layout of LAYOUTS) {
      const part = await onePart(orderOf([classOf("5 А", notices)], { layout }));
      expect(codesOn(part.pdf).sort(), layout).toEqual([1, 2, 3, 4].map(codeOf).sort());
    }
  });

  it("keeps a telephone number on one line, in large print too", async () => {
    const { pdf } = await onePart(orderOf([classOf("5 А", [sheet(1, compose(usualFacts(1), { largePrint: true }))])]));
    const { stdout } = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
    expect(stdout).toContain("8 (000) 000-00-00");
  });

  it("parts between classes before sixty notices are too many", async () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => sheet(from + i, compose(bareFacts())));
    const parts = await renderBatch(orderOf([classOf("5 А", many(0, 40)), classOf("5 Б", many(40, 21))]), { at });
    expect(parts.map(({ pages, places }) => [pages, places.length, places[0]])).toEqual([
      [42, 40, { page: 3, last: 3, noticeId: 0 }],
      [22, 21, { page: 2, last: 2, noticeId: 40 }],
    ]);
  });

  it("says on each sheet of a long list whose it is, for the last one is signed", async () => {
    const many = Array.from({ length: 40 }, (_, i) => sheet(i + 1, compose(bareFacts())));
    const part = await onePart(orderOf([classOf("5 А", three()), classOf("6 Б", many)]));
    const sheets = sidesOf(part.pdf).filter(({ text }) => /лист \d из 2/.test(text));
    expect(sheets.map(({ page }) => page)).toEqual([5, 6]);
    for (const { text } of sheets) expect(text).toContain("Список для раздачи: 6 Б · партия № 17");
    expect(sheets[1]?.text).toContain("Раздал(а)");
  });

  it("is nothing when there are no notices", async () => {
    expect(await renderBatch(orderOf([classOf("5 А", [])]), { at })).toEqual([]);
  });

  it("never shows a family another one's name, mark, remark or code", async () => {
    const wish = fc.record({
      largePrint: fc.boolean(),
      posted: fc.boolean(),
      subjects: fc.integer({ min: 0, max: 14 }),
      marks: fc.integer({ min: 0, max: 25 }),
      remarks: fc.integer({ min: 0, max: 12 }),
    });
    const classes = fc.array(fc.array(wish, { maxLength: 5 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(classes, fc.constantFrom(...LAYOUTS), async (wishes, layout) => {
        let id = 0;
        const order = orderOf(
          wishes.map((ofClass, index) =>
            classOf(
              `${index + 5} А`,
              ofClass.map((one) => {
                id += 1;
                return sheet(
                  id,
                  tokenNotice(id, one),
                  one.posted ? { post: { addressee: `Родителям ${token(id)}`, address: "Город" } } : {},
                );
              }),
            ),
          ),
          { layout },
        );
        for (const part of await renderBatch(order, { at })) expectOwn(part);
      }),
      { numRuns: 20 },
    );
  });
});

/** Six digits that stand in every text that belongs to this family alone; nothing can part them. */
const token = (id: number) => String(700_000 + id);

function tokenNotice(
  id: number,
  of: { largePrint: boolean; subjects: number; marks: number; remarks: number },
): Notice {
  const own = token(id);
  const notice = compose(bareFacts({ pupil: { externalId: own, fullName: `Ученик ${own}`, number: id } }), of);
  const mark = { text: own, date: "05.10", work: null, added: false };
  const subject = {
    name: `Предмет ${own}`,
    marks: Array.from({ length: of.marks }, () => mark),
    mean: "4,00",
    forecast: null,
    finals: [],
  };
  return {
    ...notice,
    progress: {
      subjects: Array.from({ length: of.subjects }, () => subject),
      forecastHead: null,
      meanHead: "Средний балл",
      forecastNote: null,
      finalTerms: [],
      legend: [],
      addedNote: null,
    },
    remarks: Array.from({ length: of.remarks }, () => ({ date: "05.10", from: own, text: `${own} записано` })),
    contact: `Спросите ${own}`,
  };
}

function expectOwn({ pdf, places }: BatchPart): void {
  const sides = sidesOf(pdf);
  const seen = new Set<number>();
  for (const side of sides) {
    const codes = codesIn(side);
    const people = new Set([...side.text.matchAll(/7\d{5}/g)].map(([found]) => Number(found) - 700_000));
    if (side.text.includes("Список для раздачи")) {
      expect(codes).toEqual([]);
      continue;
    }
    expect(people.size).toBeLessThanOrEqual(1);
    for (const id of people) {
      seen.add(id);
      if (codes.length > 0) expect(codes).toEqual([printedCode(codeOf(id))]);
      const begins = places.find(({ noticeId }) => noticeId === id)?.page ?? 0;
      expect(side.page === begins || side.page === begins + 1).toBe(true);
    }
    if (people.size === 0) expect(codes).toEqual([]);
  }
  expect(seen.size).toBe(places.length);
}

function codesIn({ text }: SheetSide): string[] {
  return [...text.matchAll(/\b\d{4} \d{4} \d{4}\b/g)].map(([code]) => code);
}

/** The codes of all slips, read from grey pictures of the pages; a landscape page is read by halves. */
function codesOn(pdf: Uint8Array): string[] {
  const { stdout } = spawnSync("pdftoppm", ["-r", "150", "-gray", "-"], { input: pdf, maxBuffer: 2 ** 30 });
  const codes: string[] = [];
  for (let from = 0; from < stdout.length; ) {
    const [head = "", w = "0", h = "0"] =
      /^P5\n(\d+) (\d+)\n255\n/.exec(stdout.toString("latin1", from, from + 40)) ?? [];
    const [width, height] = [Number(w), Number(h)];
    const grey = stdout.subarray(from + head.length, from + head.length + width * height);
    from += head.length + width * height;
    const parts = width > height ? 2 : 1;
    for (let part = 0; part < parts; part++) {
      const code = codeInPicture(grey, width, {
        left: Math.floor((part * width) / parts),
        width: Math.floor(width / parts),
        height,
      });
      if (code !== null) codes.push(code);
    }
  }
  return codes;
}

function codeInPicture(
  grey: Buffer,
  row: number,
  { left, width, height }: { left: number; width: number; height: number },
): string | null {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.fill(grey[y * row + left + x] ?? 255, (y * width + x) * 4, (y * width + x) * 4 + 3);
  try {
    return codeInQr(decodeQR({ width, height, data }, { timeLimit: 2000 }));
  } catch {
    return null; // a list, or an empty half
  }
}
