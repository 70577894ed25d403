import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { UNREADABLE, type WireValue } from "../../../adapters/avers/tokens.ts";
import { diaryOf } from "../../../adapters/avers/wire/diary.ts";
import { entriesOf } from "../../../adapters/avers/wire/entries.ts";
import { lessons } from "../../../adapters/avers/wire/lessons.ts";
import { any, day, id, idOrNull, text } from "../../../adapters/avers/wire/schema.ts";
import { day as dayOf } from "./support/writer.ts";

// Bulk rows are checked by hand for speed; here the same shapes stand as zod tuples, and both must say the same of any row.

const twins = [
  [lessons, z.tuple([id, text, any, any, text, any, any, day, text, any, text, any, any, any, id], any)],
  [entriesOf("4.1"), z.tuple([id, id, text, day, id], any)],
  [diaryOf("4.1"), z.tuple([day, id, any, any, any, any, any, any, any, idOrNull], any)],
] as const;

const cell: fc.Arbitrary<WireValue> = fc.oneof(
  fc.constantFrom<WireValue>(null, 0, 1, -1, 1.5, 2 ** 60, "", "0", "12", " x ", "тема", true, UNREADABLE, []),
  fc.constant(dayOf("2026-10-05")),
);
const good: WireValue[][] = [
  [1, "Тест", 1, 2, "Тема", 0, null, dayOf("2026-10-05"), "упр. 1", null, 2, 0, null, "", 12, 0],
  [1, 2, "5", dayOf("2026-10-05"), 12, 0, 5, null, null],
  [dayOf("2026-10-05"), 1, 12, null, null, null, 0, 0, null, 7, 0, null],
];

describe.each(twins.map((twin, i) => [twin[0].action, twin, good[i] ?? []] as const))("rows of %s", (_, twin, row) => {
  const [shape, schema] = twin;

  it("are taken as they should be", () => {
    expect(shape.read(row)).toBeTypeOf("object");
    expect(schema.safeParse(row).success).toBe(true);
  });

  it("are taken and refused at the same position as zod does", () => {
    const spoilt = fc
      .tuple(fc.array(fc.tuple(fc.nat(16), cell), { maxLength: 3 }), fc.nat(18))
      .map(([spots, length]) => {
        const spoiled = [...row];
        for (const [at, value] of spots) if (at < spoiled.length) spoiled[at] = value;
        return spoiled.slice(0, Math.max(length, 1));
      });
    fc.assert(
      fc.property(spoilt, (values) => {
        const read = shape.read(values);
        const parsed = schema.safeParse(values);
        const position = parsed.success ? "fits" : (parsed.error.issues[0]?.path[0] ?? "missing");
        if (typeof read !== "number") expect(position).toBe("fits");
        else if (position === "missing") expect(read).toBeLessThan(20);
        else expect(read).toBe(position);
      }),
      { numRuns: 2000 },
    );
  });
});
