import { describe, expect, it } from "vitest";
import { pagesTrouble } from "../../../src/documents/notice/pages-trouble.ts";

const sheet = (id: number, largePrint = false) => ({ id, notice: { largePrint }, post: null });
const on = (noticeId: number, page: number, last = page) => ({ noticeId, page, last });
const two = [sheet(1), sheet(2)];

describe("the pages of notices", () => {
  it("are right when each has its own, two in large print, and halves share one", () => {
    expect(pagesTrouble(two, [on(1, 2), on(2, 3)], "simplex")).toBeNull();
    expect(pagesTrouble([sheet(1, true), sheet(2)], [on(1, 1, 2), on(2, 3)], "duplex")).toBeNull();
    expect(pagesTrouble(two, [on(1, 2), on(2, 2)], "two-up")).toBeNull();
  });

  it("are wrong when two share one, one is too long, three share one, or one begins on another's back", () => {
    expect(pagesTrouble(two, [on(1, 2), on(2, 2)], "simplex")).toContain("где уже стоит другое");
    expect(pagesTrouble(two, [on(1, 2, 3), on(2, 4)], "simplex")).toContain("заняло страниц: 2, а можно 1");
    expect(pagesTrouble([...two, sheet(3)], [on(1, 2), on(2, 2), on(3, 2)], "two-up")).toContain(
      "где уже стоит другое",
    );
    expect(pagesTrouble([sheet(1, true), sheet(2)], [on(1, 1, 2), on(2, 2)], "two-up")).toContain(
      "где уже стоит другое",
    );
    expect(pagesTrouble(two, [on(1, 1), on(2, 2)], "duplex")).toContain("на обороте чужого листа");
  });

  it("are wrong when a notice is missing, doubled, or in another's place", () => {
    for (const places of [[], [on(1, 2)], [on(1, 2), on(1, 3)], [on(2, 2), on(1, 3)]])
      expect(pagesTrouble(two, places, "simplex")).toContain("Уведомлений 2");
  });
});
