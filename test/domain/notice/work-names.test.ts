import fc from "fast-check";
import { expect, it } from "vitest";
import { createWorkNames } from "../../../src/domain/notice/work-names.ts";

it("takes what a teacher wrote short for what it stands for", () => {
  const names = createWorkNames();
  expect([names.shortOf("Контрольная работа"), names.shortOf("к/р"), names.shortOf("С/р")]).toEqual([
    "к/р",
    "к/р",
    "с/р",
  ]);
  expect(names.legend()).toEqual([
    { short: "к/р", full: "контрольная работа" },
    { short: "с/р", full: "самостоятельная работа" },
  ]);
});

it("never gives two work types one short name, and the same type always the same", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (types) => {
      const names = createWorkNames();
      const shorts = new Map(types.map((type) => [type.toLowerCase(), names.shortOf(type)]));
      expect(new Set(shorts.values()).size).toBe(shorts.size);
      for (const [type, short] of shorts) expect(names.shortOf(type)).toBe(short);
    }),
  );
});
