import { describe, expect, it } from "vitest";
import { objectWords } from "../../src/web/pages/audit-objects.ts";

const names = {
  account: (id: number) => `запись ${id}`,
  className: (id: string) => (id === "11" ? "5 А" : id),
  subject: (id: string) => (id === "3" ? "Математика" : `предмет № ${id}`),
};

describe("what a line of the audit is about", () => {
  it.each([
    ["journal/11~3~1 группа", "журнал 5 А, Математика, 1 группа"],
    ["journal/11~3~1%2F2, 50%25/lesson/4", "журнал 5 А, Математика, 1/2, 50%, урок № 4"],
    ["journal/11", "журнал 11"],
    ["journal/11~3/pupil/70", "журнал 5 А, Математика, ученик № 70"],
    ["journal/12~9/lesson/4/pupil/70", "журнал 12, предмет № 9, урок № 4, ученик № 70"],
    ["notices/7/11", "партия № 7, 5 А"],
    ["control/2026-10", "контроль за октябрь 2026 г."],
    ["findings", "замечания"],
    ["something/else", "something/else"],
  ])("%s → %s", (object, words) => {
    expect(objectWords(object, names).replaceAll("\u00a0", " ")).toBe(words);
  });
});
