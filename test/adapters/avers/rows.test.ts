import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRows, type Shape } from "../../../adapters/avers/rows.ts";
import type { WireValue } from "../../../adapters/avers/tokens.ts";
import { entriesOf } from "../../../adapters/avers/wire/entries.ts";
import { finals } from "../../../adapters/avers/wire/finals.ts";
import { lessons } from "../../../adapters/avers/wire/lessons.ts";
import { messages } from "../../../adapters/avers/wire/messages.ts";
import { SverkaError } from "../../../src/domain/error.ts";
import { day, hostileText, type Written, written } from "./support/writer.ts";

const MONDAY = day("2026-10-05");

const lesson = (id: number, topic: string | null, homework: string | null = null): Written[] => [
  id,
  "Ответ на уроке",
  1,
  null,
  topic,
  0,
  null,
  MONDAY,
  homework,
  null,
  0,
  0,
  null,
  "",
  12,
  0,
];

/** Rows as they are once the shape has taken them, so that any misreading shows. */
const asTheyAre = (shape: Shape<unknown>): Shape<readonly WireValue[]> => ({
  ...shape,
  read(row) {
    const read = shape.read(row);
    return typeof read === "number" ? read : row;
  },
});

function read<Row>(text: string, shape: Shape<Row>) {
  const notes: string[] = [];
  const { rows, refused } = readRows(text, shape, (code) => void notes.push(code));
  return { rows, refused, notes };
}

describe("rows with bare quotes in their texts", () => {
  it("reads quotes that can only be a part of the text", () => {
    const rows = [lesson(1, 'Роман "Мать"'), lesson(2, 'Пьеса "На дне": герои'), lesson(3, "Итог")];
    const result = read(written(rows, { bareQuotes: true }), asTheyAre(lessons));
    expect(result).toEqual({ rows, refused: 0, notes: [] });
  });

  it("reads a list of titles by the columns behind it", () => {
    const rows = [lesson(1, 'Пьесы "Гроза", "Лес", "Волки и овцы"'), lesson(2, null, 'Прочитать "Гроза","Лес"')];
    expect(read(written(rows, { bareQuotes: true }), asTheyAre(lessons))).toMatchObject({ rows, refused: 0 });
  });

  it("refuses a row that can be read in two ways, and keeps its neighbours", () => {
    // Both texts of the row could begin and end at other quotes.
    const twoWays: Written[] = [5, "x", "y", '1"', ',"2', null, null, MONDAY, null, null, 0, 0, null, "", 12, 0];
    const rows = [lesson(1, 'Роман "Мать"'), twoWays, lesson(3, "Итог")];
    const result = read(written(rows, { bareQuotes: true }), asTheyAre(lessons));
    expect(result.rows.every((row) => row !== undefined && row[0] !== 5)).toBe(true);
    expect(result).toMatchObject({ rows: [rows[0], rows[2]], refused: 1, notes: ["row-ambiguous"] });
  });

  it("refuses a cleanly divided row whose width is odd where a known width fits as well", () => {
    const row = [1, 7, 0, 'см. "Гроза","Лес"', MONDAY, 0, 9];
    expect(read(written([row], { bareQuotes: true }), asTheyAre(messages))).toMatchObject({ rows: [row], refused: 0 });
    const odd = (last: string) => `[[1,360000,0,"4",12,"a","${last}"]]`;
    expect(read(odd("b"), finals)).toMatchObject({ rows: [], refused: 1, notes: ["row-ambiguous"] });
    // Where the build escapes quotes, or gives every row that width, there is nothing to doubt.
    expect(read(odd('\\"b'), finals)).toMatchObject({ rows: [{ text: "4" }], refused: 0 });
    const two = `[${odd("b").slice(1, -1)},\n${odd("b").slice(1, -1)}]`;
    expect(read(two, finals)).toMatchObject({ rows: [{ text: "4" }, { text: "4" }], refused: 0 });
  });

  it("lets the columns decide where widths do not", () => {
    // Split at the mark and joined at the end it would be nine wide too, but with a text where the day stands.
    const row = [1, 2, '5","6', MONDAY, 12, 0, 5, "Лебедев П. И.", "за ответ"];
    const doubtless = [2, 2, 'так "назван"', MONDAY, 12, 0, 5, null, null];
    const result = read(written([doubtless, row], { bareQuotes: true }), asTheyAre(entriesOf("4.1")));
    expect(result).toMatchObject({ rows: [doubtless, row], refused: 0 });
  });

  it("is not misled when the build escapes quotes", () => {
    const rows = [lesson(1, 'x","y'), lesson(2, '"],["')];
    expect(read(written(rows), asTheyAre(lessons))).toEqual({ rows, refused: 0, notes: [] });
  });

  const hostileRow = fc
    .tuple(fc.integer({ min: 1, max: 9999 }), fc.option(hostileText), fc.option(hostileText))
    .map(([id, topic, homework]) => lesson(id, topic, homework));

  it("never reads a row otherwise than it was written: it reads it, or refuses it", () => {
    fc.assert(
      fc.property(fc.array(hostileRow, { minLength: 1, maxLength: 5 }), (rows) => {
        // Whoever meets a bare quote anywhere knows the build; an answer without one is read as it stands.
        const all = [lesson(1, 'Роман "Мать"'), ...rows];
        let result: ReturnType<typeof read<readonly WireValue[]>>;
        try {
          result = read(written(all, { bareQuotes: true }), asTheyAre(lessons));
        } catch (error) {
          expect(error).toBeInstanceOf(SverkaError);
          return;
        }
        const left = all.map((row) => JSON.stringify(row));
        for (const row of result.rows) {
          const at = left.indexOf(JSON.stringify(row));
          expect(at, JSON.stringify(row)).toBeGreaterThanOrEqual(0);
          left.splice(0, at + 1);
        }
        if (result.rows.length < all.length) expect(result.refused).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads every row of hostile texts when quotes are escaped", () => {
    fc.assert(
      fc.property(fc.array(hostileRow, { minLength: 1, maxLength: 5 }), (rows) => {
        const all = [lesson(1, 'Роман "Мать"'), ...rows];
        expect(read(written(all), asTheyAre(lessons))).toEqual({ rows: all, refused: 0, notes: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("refuses an answer that is cut off, bare quotes or not", () => {
    fc.assert(
      fc.property(
        fc.array(hostileRow, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        fc.boolean(),
        (rows, at, bareQuotes) => {
          const text = written([lesson(1, "Итог"), ...rows], { bareQuotes });
          const cut = text.slice(0, at % text.length);
          fc.pre(!/\]\s*,?\s*\]\s*$/.test(cut));
          expect(() => read(cut, asTheyAre(lessons))).toThrow(SverkaError);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes linear time for a megabyte of nothing but quotes and commas", { timeout: 60_000 }, () => {
    for (const hostile of ['"', '",', '","', '",null,', '"],["', "\\", "[", '"]']) {
      const text = `[[1,"${hostile.repeat(1_000_000 / hostile.length)}"]]`;
      try {
        read(text, asTheyAre(lessons));
      } catch (error) {
        expect(error).toBeInstanceOf(SverkaError);
      }
    }
  });
});

describe("a text that holds NUL, which no database keeps", () => {
  it.each(["Дро\\u0000би", "Дро\\0би", "Дро\0би", "\\x00Дроби\\x00"])("is read without it: %j", (text) => {
    const row = `[1,"${text}",1,null,"${text}",0,null,new Date(2026,9,5),"\\0",null,0,0,null,"",12,0]`;
    expect(read(`[${row}]`, lessons).rows[0]).toMatchObject({ workType: "Дроби", topic: "Дроби", homework: null });
  });
});

describe("rows of other widths", () => {
  it("ignores more columns, and tells", () => {
    const rows = [[...lesson(1, "Итог"), 7, null], lesson(2, "Итог")];
    const result = read(written(rows), lessons);
    expect(result.rows.map((row) => row.externalId)).toEqual(["1", "2"]);
    expect(result).toMatchObject({ refused: 0, notes: ["width"] });
  });

  it("takes no column too many for the comment that 3.1 does not have", () => {
    const text = written([[1, 2, "5", MONDAY, 12, 0, 5, null, "за ответ"]]);
    const comment = (version: string | null) => read(text, entriesOf(version)).rows[0]?.comment;
    expect([comment("4.1"), comment(null), comment("3.1")]).toEqual(["за ответ", "за ответ", null]);
    const wider = written([[1, 2, "5", MONDAY, 12, 0, 5, null, 7, null]]);
    expect(read(wider, entriesOf(null)).rows[0]?.comment).toBeNull();
  });

  it("does without columns that nobody needs", () => {
    const result = read(written([lesson(1, "Итог").slice(0, 15)]), lessons);
    expect(result).toMatchObject({ refused: 0, notes: ["width"] });
    expect(result.rows).toHaveLength(1);
  });

  it("refuses a row without a column that is needed, by its position", () => {
    const result = read(written([lesson(1, "Итог").slice(0, 14), lesson(2, "Итог").slice(0, 14)]), lessons);
    expect(result).toEqual({ rows: [], refused: 2, notes: ["row-refused-14", "row-refused-14", "width"] });
  });

  it("refuses a row that a text has torn, and its neighbours", () => {
    const torn = [lesson(1, "Итог"), lesson(2, 'a"],["b'), lesson(3, "Итог")];
    // One answer every quote of which divides cleanly, and one that shows that quotes are bare.
    for (const last of ["Итог", 'Роман "Мать"']) {
      const result = read(written([...torn, lesson(4, last)], { bareQuotes: true }), lessons);
      expect(result.rows.map((row) => row.externalId)).toEqual(["4"]);
      expect(result.refused).toBeGreaterThan(0);
    }
  });

  it("takes a row that stands bare, without its outer list", () => {
    expect(read('[1,7,0,"Молодец",new Date(2026,9,5),0,9]', messages).rows).toHaveLength(1);
  });

  it.each(["5", "null", '"text"'])("refuses %s, which is no list", (text) => {
    expect(() => read(text, lessons)).toThrow(/ожидался список/);
  });
});
