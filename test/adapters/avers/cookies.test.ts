import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeCookie, sessionCookies } from "../../../adapters/avers/cookies.ts";

const legacy = (globalThis as unknown as { escape(text: string): string }).escape;

describe("cookies", () => {
  it("are escaped as the protocol's example", () => {
    expect(sessionCookies("Петрова", "abc", "7")).toBe(
      "ys-user=s%3A%u041F%u0435%u0442%u0440%u043E%u0432%u0430; ys-password=s%3Aabc; ys-userId=n%3A7",
    );
  });

  it("are escaped as the old escape() does, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeCookie(text)).toBe(legacy(text));
      }),
    );
  });

  it("hold nothing that ends a header or a cookie", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeCookie(text)).not.toMatch(/[\r\n;,\s]/);
      }),
    );
  });
});
