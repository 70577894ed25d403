import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toBase32 } from "../../../src/domain/access/base32.ts";
import { codeAt, type HmacSha1, matchingStep, stepAt, totpAddress } from "../../../src/domain/access/totp.ts";

const hmac: HmacSha1 = (key, message) => createHmac("sha1", key).update(message).digest();
const secret = Buffer.from("12345678901234567890");

describe("codes from the phone", () => {
  it.each([
    [59, "94287082"],
    [1111111109, "07081804"],
    [1111111111, "14050471"],
    [1234567890, "89005924"],
    [2000000000, "69279037"],
    [20000000000, "65353130"],
  ])("are those of RFC 6238, appendix B, at %i s", (seconds, code) => {
    expect(codeAt(hmac, secret, stepAt(seconds * 1000), 8)).toBe(code);
  });

  it.each(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"])(
    "are those of RFC 4226, appendix D: %s",
    (code) => {
      const steps = Array.from({ length: 10 }, (_, step) => codeAt(hmac, secret, step));
      expect(steps).toContain(code);
    },
  );

  const now = 1_800_000_000_000;
  const code = (shift: number) => codeAt(hmac, secret, stepAt(now) + shift);
  const match = (text: string, usedStep: number | null = null) =>
    matchingStep(hmac, secret, { code: text, now, usedStep });

  it("count one step before and after, for clocks that differ, and no further", () => {
    expect([-1, 0, 1].map((shift) => match(code(shift)))).toEqual([-1, 0, 1].map((shift) => stepAt(now) + shift));
    expect([-2, 2].map((shift) => match(code(shift)))).toEqual([null, null]);
  });

  it("count once: neither a used step nor one before it", () => {
    expect(match(code(0), stepAt(now))).toBeNull();
    expect(match(code(-1), stepAt(now))).toBeNull();
    expect(match(code(1), stepAt(now))).toBe(stepAt(now) + 1);
  });

  it("may be typed in two groups, and nothing else is one", () => {
    expect(match(`${code(0).slice(0, 3)} ${code(0).slice(3)}`)).toBe(stepAt(now));
    for (const text of ["", "12345", "1234567", "٠١٢٣٤٥", "abcdef", "000000'--"]) expect(match(text)).toBeNull();
  });

  it("come from a secret that the phone reads as Base32 (RFC 4648)", () => {
    expect(toBase32(secret)).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(["f", "fo", "foo", "foob", "fooba", "foobar"].map((text) => toBase32(Buffer.from(text)))).toEqual([
      "MY",
      "MZXQ",
      "MZXW6",
      "MZXW6YQ",
      "MZXW6YTB",
      "MZXW6YTBOI",
    ]);
    expect(totpAddress({ secret: "ABC", login: "lugova.ap", school: "Школа № 7" })).toMatch(
      /^otpauth:\/\/totp\/[%\w]+:lugova\.ap\?secret=ABC&issuer=/,
    );
  });
});
