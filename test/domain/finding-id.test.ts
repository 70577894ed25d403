import { expect, it } from "vitest";
import { findingId } from "../../src/domain/finding-id.ts";

const some = {
  rule: "mark-oral",
  schoolId: 1,
  classExternalId: "c",
  lessonExternalId: "l",
  pupilExternalId: "p",
} as const;

it("is the same for the same case for ever", () => {
  expect(findingId(some)).toBe("nbjjk304j01r1e00");
  expect(findingId({ ...some })).toBe(findingId(some));
});

it("is short, and differs with each part of the case", () => {
  const others = [
    { ...some, rule: "mark-written" as const },
    { ...some, schoolId: 2 },
    { ...some, classExternalId: "d" },
    { ...some, lessonExternalId: "m" },
    { ...some, pupilExternalId: null },
    { ...some, lessonExternalId: "lp", pupilExternalId: "" },
  ];
  const ids = new Set([some, ...others].map((one) => findingId(one)));
  expect(ids.size).toBe(7);
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
});

it("does not collide over a million neighbouring cases", () => {
  const ids = new Set<string>();
  for (let lesson = 0; lesson < 4000; lesson++) {
    for (let pupil = 0; pupil < 250; pupil++) {
      ids.add(findingId({ ...some, lessonExternalId: `${100_000 + lesson}`, pupilExternalId: `${7000 + pupil}` }));
    }
  }
  expect(ids.size).toBe(1_000_000);
});
