import { describe, expect, it } from "vitest";
import { type Bucket, takeOne } from "../../../src/domain/access/bucket.ts";
import { endOfToken } from "../../../src/domain/access/tokens.ts";

const allowance = { most: 3, perMinute: 60 };
const takeMany = (times: readonly number[]) => {
  let bucket: Bucket | null = null;
  return times.map((now) => {
    const taken = takeOne(bucket, allowance, now);
    bucket = taken.bucket;
    return taken.waitMs;
  });
};

describe("an allowance", () => {
  it("gives so many at once, then one a second", () => {
    expect(takeMany([0, 0, 0, 0, 500, 1000, 1000])).toEqual([0, 0, 0, 1000, 500, 0, 1000]);
  });

  it("never fills up beyond its size, and not by a clock that goes back", () => {
    expect(takeMany([0, 3_600_000, 3_600_000, 3_600_000, 3_600_000])).toEqual([0, 0, 0, 0, 1000]);
    expect(takeMany([10_000, 10_000, 10_000, 5_000, 5_500])).toEqual([0, 0, 0, 1000, 500]);
  });
});

describe("a token", () => {
  it("ends at its moment, or when it is revoked", () => {
    expect(endOfToken({ expiresAt: 1000, revokedAt: null }, 999)).toBeNull();
    expect(endOfToken({ expiresAt: 1000, revokedAt: null }, 1000)).toBe("expired");
    expect(endOfToken({ expiresAt: 1000, revokedAt: 5 }, 999)).toBe("revoked");
  });
});
