import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterQuiet } from "../../src/domain/quiet-hours.ts";

const zone = "Europe/Moscow";
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;
const night = { from: "20:00", to: "07:00" };

describe("quiet hours", () => {
  it("hold a letter of the evening or the night until the morning, and no other", () => {
    expect(afterQuiet(at("2026-10-05T19:59"), night, zone)).toBe(at("2026-10-05T19:59"));
    expect(afterQuiet(at("2026-10-05T20:00"), night, zone)).toBe(at("2026-10-06T07:00"));
    expect(afterQuiet(at("2026-10-06T00:05"), night, zone)).toBe(at("2026-10-06T07:00"));
    expect(afterQuiet(at("2026-10-06T07:00"), night, zone)).toBe(at("2026-10-06T07:00"));
  });

  it("may lie within one day, or not be at all", () => {
    expect(afterQuiet(at("2026-10-05T13:30"), { from: "13:00", to: "14:00" }, zone)).toBe(at("2026-10-05T14:00"));
    expect(afterQuiet(at("2026-10-05T03:00"), { from: "00:00", to: "00:00" }, zone)).toBe(at("2026-10-05T03:00"));
  });

  it("never send earlier, never wait a day, and never end in the quiet", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 400 });
    fc.assert(
      fc.property(time, time, minutes, (from, to, minute) => {
        const now = at("2026-09-01T00:00") + minute * 60_000;
        const due = afterQuiet(now, { from, to }, zone);
        expect(due).toBeGreaterThanOrEqual(now);
        expect(due - now).toBeLessThan(86_400_000);
        expect(afterQuiet(due, { from, to }, zone)).toBe(due);
      }),
    );
  });
});
