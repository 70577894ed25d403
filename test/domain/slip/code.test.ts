import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeInQr, printedCode, qrText, slipCode, typedCode } from "../../../src/domain/slip/code.ts";

const codes = fc.stringMatching(/^\d{11}$/).map(slipCode);

describe("the code of a slip", () => {
  it("is twelve digits, typed as printed", () => {
    expect(slipCode("57200000000")).toMatch(/^57200000000\d$/);
    expect(printedCode("482109375561")).toBe("4821 0937 5561");
    fc.assert(fc.property(codes, (code) => typedCode(` ${printedCode(code).replaceAll(" ", "–")} `) === code));
  });

  it("finds every wrong digit, and every two neighbours that changed places", () => {
    fc.assert(
      fc.property(codes, fc.nat(11), fc.integer({ min: 1, max: 9 }), (code, place, by) => {
        const wrong = code.slice(0, place) + ((Number(code[place]) + by) % 10) + code.slice(place + 1);
        expect(() => typedCode(wrong)).toThrow("ошибка в одной из цифр");
        expect(codeInQr(qrText(wrong))).toBeNull();
        const swapped = `${code.slice(0, place)}${code[place + 1] ?? ""}${code[place]}${code.slice(place + 2)}`;
        if (swapped !== code) expect(() => typedCode(swapped)).toThrow();
      }),
    );
  });

  it("is known in a square only with the mark of this service", () => {
    fc.assert(fc.property(codes, (code) => codeInQr(qrText(code)) === code));
    fc.assert(fc.property(fc.string(), (text) => codeInQr(text) === null));
    fc.assert(fc.property(codes, (code) => codeInQr(code) === null && codeInQr(`SVERKA1:${code}0`) === null));
  });

  it("says in words how it looks when something else was typed", () => {
    expect(() => typedCode("12 кошек")).toThrow("12 цифр");
  });
});
