import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchParts } from "../../../src/domain/notice/batch-parts.ts";
import type { SheetClass, SheetNotice } from "../../../src/domain/notice/sheet-order.ts";

const classOf = (className: string, ids: readonly number[]): SheetClass => ({
  className,
  classTeacher: null,
  notices: ids.map((noticeId) => ({ noticeId }) as SheetNotice),
});
const idsOf = (classes: readonly SheetClass[]) =>
  classes.flatMap(({ notices }) => notices.map(({ noticeId }) => noticeId));

describe("the parts of a batch", () => {
  it("hold every notice once, in order, and no part more than may be", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12)), fc.integer({ min: 1, max: 10 }), (sizes, most) => {
        let id = 0;
        const classes = sizes.map((size, index) =>
          classOf(
            String(index),
            Array.from({ length: size }, () => id++),
          ),
        );
        const parts = batchParts(classes, most);
        expect(parts.flatMap(idsOf)).toEqual(idsOf(classes));
        for (const part of parts) {
          expect(idsOf(part).length).toBeLessThanOrEqual(most);
          expect(idsOf(part).length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("never part a class that has room in one", () => {
    const parts = batchParts([classOf("5 А", [1, 2]), classOf("5 Б", [3, 4]), classOf("6 А", [5])], 3);
    expect(parts.map((part) => part.map(({ className }) => className))).toEqual([["5 А"], ["5 Б", "6 А"]]);
  });

  it("part a class that alone has more", () => {
    expect(batchParts([classOf("5 А", [1, 2, 3])], 2).map(idsOf)).toEqual([[1, 2], [3]]);
  });
});
