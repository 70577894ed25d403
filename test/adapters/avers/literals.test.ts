import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLiterals } from "../../../adapters/avers/literals.ts";
import { UNREADABLE, WireDate } from "../../../adapters/avers/tokens.ts";
import { SverkaError } from "../../../src/domain/error.ts";
import { day, hostileText, type Written, written } from "./support/writer.ts";

const value = (text: string) => parseLiterals(text).value;

function refusal(text: string): SverkaError {
  try {
    parseLiterals(text);
  } catch (error) {
    if (error instanceof SverkaError) return error;
    throw error;
  }
  throw new Error("it was understood");
}

const isoDay = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));
const cell: fc.Arbitrary<Written> = fc.oneof(
  hostileText,
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
  isoDay,
);
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 9 }), { maxLength: 6 });

describe("the language of answers", () => {
  it("reads rows of texts, numbers, days and nothing", () => {
    expect(value('[[5,"5 А",null,-1.5e3,true,false,undefined],\r\n["",new Date(2026,3,27,0,0,0,0)]]')).toEqual([
      [5, "5 А", null, -1500, true, false, null],
      ["", day("2026-04-27")],
    ]);
  });

  it("counts months from zero and takes dates with fewer arguments", () => {
    expect(value("[new Date(2026,0,1),new Date(2028,1,29,23,59),new Date( 2026, 11, 31 ),new  Date (2026,3)]")).toEqual(
      [day("2026-01-01"), day("2028-02-29"), day("2026-12-31"), day("2026-04-01")],
    );
  });

  it.each(["2026,1,29", "2026,12,1", "2026,3,31", "2026,0,0", "2026,0,40", "0,0,1", "1899,0,1"])(
    "finds no day in new Date(%s)",
    (parts) => {
      expect(value(`[new Date(${parts})]`)).toEqual([UNREADABLE]);
    },
  );

  it.each(["[new Date()]", "[new Date(1790000000000)]", '[new Date("2026-01-01")]', "[new Date(2026,1,1,0,0,0,0,0)]"])(
    "refuses the date %s",
    (text) => expect(refusal(text).code).toBe("journal-answer"),
  );

  it("keeps dates, brackets and commas inside texts as text", () => {
    expect(value('["new Date(2026,3,27)","[1,2],","]]"]')).toEqual(["new Date(2026,3,27)", "[1,2],", "]]"]);
  });

  it("reads the escapes of JavaScript, and raw breaks inside a text", () => {
    expect(value(String.raw`["\n\t\r\b\f\v\0\"\'\\\/\u0416\x41\q"]`)).toEqual(["\n\t\r\b\f\v\0\"'\\/ЖAq"]);
    expect(value('["a\\\nb\\\r\nc","d\ne\tf"]')).toEqual(["abc", "d\ne\tf"]);
  });

  it("gives a broken escape no meaning, and the rest of the answer its own", () => {
    expect(value('["\\u04","\\xZZ",1]')).toEqual([UNREADABLE, UNREADABLE, 1]);
  });

  it("takes a byte order mark, spaces, trailing commas and semicolons", () => {
    expect(value("\ufeff \r\n[ [ 1 , 2 , ] , [ ] , ] ; \n")).toEqual([[1, 2], []]);
  });

  it("takes a hole for nothing", () => {
    expect(value("[1,,2]")).toEqual([1, null, 2]);
  });

  it.each([
    ["ok", "ожидалось значение"],
    ["[error_symbol]", "ожидалось значение"],
    ["", "оборван"],
    ["[1", "оборван"],
    ['["a', "строка не закончена"],
    ['["a\\', "строка не закончена"],
    ["[1]]", "лишнее"],
    ["[1 2]", "запятая"],
    ["[-]", "неверное число"],
    ["  <html><body>502</body></html>", "HTML"],
    ["[".repeat(1000), "вложенность"],
  ])("refuses %j by name", (text, what) => {
    const error = refusal(text);
    expect(error.code).toBe("journal-answer");
    expect(error.message).toContain(what);
  });

  it("tells where it stopped, never what stood there", () => {
    expect(refusal('[["Секретов Лев",5] oops]').message).not.toMatch(/Секретов|oops/);
  });

  it("reads back what another hand wrote", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom("", "\r\n", "\n \t"), (wrote, between) => {
        expect(value(written(wrote, { between }))).toEqual(wrote);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what is cut off anywhere", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (wrote, at) => {
        const text = written(wrote);
        expect(refusal(text.slice(0, at % text.length)).code).toBe("journal-answer");
      }),
      { numRuns: 500 },
    );
  });

  it("understands or refuses anything at all", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      hostileText,
      hostileText.map((text) => `[[${text}`),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("utf8")),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          parseLiterals(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SverkaError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("does not see a date in a text that only looks like one", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(value(written([[`new Date(2026,3,27)${text}`]]))).not.toEqual([[expect.any(WireDate)]]);
      }),
    );
  });
});
