import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, latenessOf } from "../../src/domain/evidence.ts";

const due = 100;

describe("rules.md § 1", () => {
  it.each([
    ["in-time", null, 100, null],
    ["in-time", 99, 100, null],
    ["late", 100, 101, null],
    ["late", 150, 200, null],
    ["unproved", 99, 101, null],
    ["unproved", null, 101, null],
  ] as const)("is %s when absent at %s and seen at %s", (verdict, absentAt, seenAt, asked) => {
    expect(judge({ absentAt, seenAt }, due, asked)).toBe(verdict);
  });

  it.each([
    ["missing", 100],
    ["missing", 101],
    ["pending", 99],
    ["pending", null],
  ] as const)("is %s when not seen and last looked at %s", (verdict, asked) => {
    expect(judge(null, due, asked)).toBe(verdict);
  });
});

/** Looks at ordered instants, an entry at a true instant: what evidence they make. */
const scene = fc.record({
  looks: fc
    .uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 12 })
    .map((looks) => looks.toSorted((a, b) => a - b)),
  entered: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
  deadline: fc.integer({ min: 0, max: 50 }),
});

describe("whatever the passes", () => {
  it("never calls a fact late or missing that was entered by its deadline", () => {
    fc.assert(
      fc.property(scene, ({ looks, entered, deadline }) => {
        const { verdict } = seen(looks, entered, deadline);
        if (entered !== null && entered <= deadline) expect(["late", "missing"]).not.toContain(verdict);
        if (entered === null || entered > deadline) expect(verdict).not.toBe("in-time");
      }),
    );
  });

  it("finds every lateness that a look at or after the deadline has shown", () => {
    fc.assert(
      fc.property(scene, ({ looks, entered, deadline }) => {
        const { verdict, sighting } = seen(looks, entered, deadline);
        const proof = looks.some((look) => look >= deadline && (entered === null || look < entered));
        if (!proof) return;
        expect(verdict).toBe(sighting === null ? "missing" : "late");
      }),
    );
  });

  it("bounds a lateness from both sides", () => {
    fc.assert(
      fc.property(scene, ({ looks, entered, deadline }) => {
        const { verdict, sighting } = seen(looks, entered, deadline);
        if (verdict !== "late" || sighting === null || entered === null) return;
        const { atLeast, atMost } = latenessOf(sighting, deadline);
        expect(atLeast).toBeLessThanOrEqual(entered - deadline);
        expect(atMost).toBeGreaterThanOrEqual(entered - deadline);
      }),
    );
  });
});

function seen(looks: readonly number[], entered: number | null, deadline: number) {
  const seenAt = entered === null ? undefined : looks.find((look) => look >= entered);
  const absentAt = looks.findLast((look) => entered === null || look < entered) ?? null;
  const sighting = seenAt === undefined ? null : { absentAt, seenAt };
  return { sighting, verdict: judge(sighting, deadline, looks.at(-1) ?? null) };
}
