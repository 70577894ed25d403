import { describe, expect, it } from "vitest";
import { SverkaError } from "../../src/domain/error.ts";
import { plainError } from "../../src/domain/plain-error.ts";

/** As a database says it: the row that it refused stands in the message and in the detail. */
function quoting(): Error {
  return Object.assign(new TypeError("row (20017, Ручьёв Пётр, 5) is refused\n    at Ручьёв"), {
    code: "23514",
    detail: "Failing row contains (20017, Ручьёв Пётр, 5).",
  });
}

describe("an error as it may be written down", () => {
  it("keeps the kind, the code and the place of somebody else's error, and nothing that it quotes", () => {
    const plain = plainError(quoting());
    expect(plain).toMatchObject({ type: "TypeError", code: "23514" });
    expect(plain.message).toContain("TypeError 23514");
    expect(plain.stack).toContain("plain-error.test.ts");
    expect(JSON.stringify(plain)).not.toContain("Ручьёв");
  });

  it("keeps our own sentence, and of its cause the kind alone", () => {
    const own = new SverkaError("journal", "journal-answer", "Журнал ответил непонятно.", { cause: quoting() });
    const plain = plainError(own);
    expect(plain).toMatchObject({ code: "journal-answer", message: own.message });
    expect(plain.cause).toEqual({ type: "TypeError", code: "23514" });
    expect(JSON.stringify(plain)).not.toContain("Ручьёв");
  });

  it("takes whatever is thrown, and no code that is a sentence", () => {
    expect(plainError("Ручьёв")).toMatchObject({ type: "string", code: null, stack: "" });
    expect(plainError(null)).toMatchObject({ type: "object", code: null });
    expect(plainError(Object.assign(new Error("x"), { code: "Ручьёв Пётр" })).code).toBeNull();
  });
});
