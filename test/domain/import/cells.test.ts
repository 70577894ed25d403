import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/domain/days.ts";
import { begins, dayOfCell, dayOfSerial, numberOf, textOf, yesNoOf } from "../../../src/domain/import/cells.ts";
import type { Cell } from "../../../src/domain/import/table.ts";
import { longDay } from "../../../src/domain/notice/words.ts";

describe("a day in a cell", () => {
  it.each([
    "05.10.2026",
    "5.10.26",
    "05/10/2026",
    "5-10-2026",
    "2026-10-05",
    "2026-10-05T00:00:00Z",
    "05.10.2026 0:00:00",
    "5 окт 2026",
    "5 окт. 2026",
    "5 Октября 2026 г.",
    "5 октября 2026 года",
    "05.10.2026 г.",
    "46300",
    46300,
    46300.75,
    { day: "2026-10-05" },
  ] as Cell[])("%j is 5 October 2026", (cell) => {
    expect(dayOfCell(cell)).toBe("2026-10-05");
  });

  it.each([
    "",
    "вчера",
    "5 октября",
    "05.10",
    "31.11.2026",
    "2026-02-30",
    "10.2026",
    "05.10.1026",
    5,
    -1,
    1e9,
    { day: "1899-12-31" },
    null,
  ] as Cell[])("%j is none", (cell) => {
    expect(dayOfCell(cell)).toBeNull();
  });

  it("is read back from every way to write it", () => {
    const day = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays("2000-01-01", days));
    fc.assert(
      fc.property(day, (date) => {
        const [year = "", month = "", dayOfMonth = ""] = date.split("-");
        const serial = Temporal.PlainDate.from("1899-12-30").until(date).days;
        for (const cell of [
          date,
          `${dayOfMonth}.${month}.${year}`,
          `${Number(dayOfMonth)}.${Number(month)}.${year.slice(2)}`,
          longDay(date),
          serial,
          String(serial),
        ])
          expect([cell, dayOfCell(cell)]).toEqual([cell, date]);
        expect(dayOfSerial(serial + 0.999)).toBe(date);
      }),
    );
  });
});

describe("hours in a cell", () => {
  it.each([
    ["1,5", 1.5],
    ["0.5", 0.5],
    ["2 ч.", 2],
    ["34 часа", 34],
    [" 5 ", 5],
    ["–5", -5],
    [0.1 + 0.2, 0.3],
    ["пять", null],
    ["1,5,5", null],
    ["", null],
    [{ day: "2026-01-05" }, null],
  ] as [Cell, number | null][])("%j is %j", (cell, hours) => {
    expect(numberOf(cell)).toBe(hours);
  });

  it("are the same with a comma, with a point, and as a number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (hundredths) => {
        const hours = hundredths / 100;
        expect([numberOf(hours), numberOf(String(hours)), numberOf(String(hours).replace(".", ","))]).toEqual([
          hours,
          hours,
          hours,
        ]);
      }),
    );
  });
});

it("reads a tick in the ways that people make it", () => {
  for (const yes of ["да", "Да", "+", "✓", "x", "х", 1, "есть"]) expect(yesNoOf(yes)).toBe(true);
  for (const no of ["нет", "-", "—", 0, "", null]) expect(yesNoOf(no)).toBe(false);
  expect(yesNoOf("наверное")).toBeNull();
});

it("writes a cell on one line, without the trail of binary rounding", () => {
  expect([textOf("  a\u00a0\n b\u200b "), textOf(0.1 + 0.2), textOf(20017), textOf(null)]).toEqual([
    "a b",
    "0.3",
    "20017",
    "",
  ]);
});

it("tells a word at the beginning from a beginning of a word", () => {
  expect(["Итого:", "ИТОГО", "Всего часов"].map((text) => begins(text, ["итого", "всего"]))).toEqual([
    true,
    true,
    true,
  ]);
  expect(["Итоговая работа", "", "не итого"].map((text) => begins(text, ["итого", "всего"]))).toEqual([
    false,
    false,
    false,
  ]);
});
