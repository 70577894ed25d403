import { describe, expect, it } from "vitest";
import { isFormToken, newFormToken, newToken } from "../../src/access/secrets.ts";

describe("the token of a form", () => {
  const token = newToken();

  it("is another one on every page, so that nobody guesses it from the length of compressed ones", () => {
    const [one, other] = [newFormToken(token), newFormToken(token)];
    expect(one).not.toBe(other);
    for (const given of [one, other]) expect(isFormToken(given, token)).toBe(true);
  });

  it("is refused with another session's token, cut, changed, empty or made up of two", () => {
    const [nonce = "", proof = ""] = newFormToken(token).split(".");
    const [foreign = ""] = newFormToken(token).split(".");
    const wrong = [
      "",
      ".",
      nonce,
      `${nonce}.`,
      `.${proof}`,
      `${nonce}.${proof.slice(1)}`,
      `${foreign}.${proof}`,
      `${nonce}.${proof}ё`,
    ];
    for (const given of wrong) expect([given, isFormToken(given, token)]).toEqual([given, false]);
    expect(isFormToken(newFormToken(token), newToken())).toBe(false);
  });
});
