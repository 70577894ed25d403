import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noticesPrinted, type PrintedFile, pagesToPrint } from "../../../src/domain/print/pages.ts";

/** A batch as it is set: a list before each class, notices of one or two pages, in duplex each on sheets of its own. */
const file = fc
  .record({
    layout: fc.constantFrom("simplex", "duplex"),
    classes: fc.array(fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ layout, classes }): PrintedFile => {
    const places: PrintedFile["places"][number][] = [];
    let page = 1;
    const next = (length: number) => {
      page += layout === "duplex" ? length + (length % 2) : length;
    };
    for (const notices of classes) {
      next(1);
      for (const length of notices) {
        places.push({ page, last: page + length - 1, noticeId: places.length + 1 });
        next(length);
      }
    }
    return { layout, pages: page - 1, places };
  });

const withdrawn = fc.uniqueArray(fc.integer({ min: 1, max: 20 }));

describe("the pages of a print", () => {
  it("hold every notice that may be handed out, whole, and no page of one that may not", () => {
    fc.assert(
      fc.property(file, withdrawn, (printed, gone) => {
        const pages = pagesToPrint(printed, 1, new Set(gone)) ?? [];
        const out = new Set(noticesPrinted(printed, pages, pages.length));
        for (const { noticeId, page, last = page } of printed.places) {
          expect(out.has(noticeId)).toBe(!gone.includes(noticeId));
          if (gone.includes(noticeId)) for (let at = page; at <= last; at++) expect(pages).not.toContain(at);
        }
      }),
    );
  });

  it("keep fronts on fronts in duplex, wherever printing begins", () => {
    fc.assert(
      fc.property(file, withdrawn, fc.integer({ min: 1, max: 60 }), (printed, gone, from) => {
        const pages = pagesToPrint(printed, Math.min(from, printed.pages), new Set(gone)) ?? [];
        if (printed.layout === "duplex")
          expect(pages.map((page) => page % 2)).toEqual(pages.map((_, index) => (index + 1) % 2));
        else expect(pages.every((page) => page >= Math.min(from, printed.pages))).toBe(true);
      }),
    );
  });

  it("together with what was out before, bring each notice once and no less", () => {
    fc.assert(
      fc.property(file, fc.nat(), (printed, stop) => {
        const first = pagesToPrint(printed, 1, new Set()) ?? [];
        const done = stop % (first.length + 1);
        const from = (first[done] ?? printed.pages) as number;
        const rest = done === first.length ? [] : (pagesToPrint(printed, from, new Set()) ?? []);
        const before = first.slice(0, done).filter((page) => page < (rest[0] ?? Number.POSITIVE_INFINITY));
        expect([...before, ...rest]).toEqual(first);
      }),
    );
  });

  it("do not part two notices that share a sheet: then the print is refused", () => {
    const twoUp: PrintedFile = {
      layout: "two-up",
      pages: 3,
      places: [
        { page: 2, last: 2, noticeId: 1 },
        { page: 2, last: 2, noticeId: 2 },
        { page: 3, last: 3, noticeId: 3 },
      ],
    };
    expect(pagesToPrint(twoUp, 1, new Set([1]))).toBeNull();
    expect(pagesToPrint(twoUp, 1, new Set([1, 2]))).toEqual([1, 3]);
    expect(pagesToPrint(twoUp, 3, new Set([1]))).toEqual([3]);
  });

  it("are none where no notice is left: a list alone is not printed", () => {
    const listAndOne = { pages: 2, layout: "two-up", places: [{ page: 2, last: 2, noticeId: 1 }] };
    expect(pagesToPrint(listAndOne, 1, new Set([1]))).toEqual([]);
    expect(pagesToPrint(listAndOne, 1, new Set())).toEqual([1, 2]);
  });

  it("are refused where a withdrawn notice has no known end", () => {
    const old: PrintedFile = {
      layout: "simplex",
      pages: 4,
      places: [
        { page: 2, noticeId: 1 },
        { page: 3, noticeId: 2 },
      ],
    };
    expect(pagesToPrint(old, 1, new Set([2]))).toBeNull();
    expect(noticesPrinted(old, [1, 2, 3], 3)).toEqual([1]);
  });
});
