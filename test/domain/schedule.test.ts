import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWorkingDay, type SchoolCalendar } from "../../src/domain/calendar.ts";
import { addDays, dayOf } from "../../src/domain/days.ts";
import { nextTick, type Schedule, ticksBetween } from "../../src/domain/schedule.ts";

const DAY = 86_400_000;
const calendarIn = (zone: string): SchoolCalendar => ({
  zone,
  workingWeekdays: [1, 2, 3, 4, 5],
  years: [
    {
      from: "2026-09-01",
      to: "2027-05-31",
      groups: [
        {
          name: "все",
          grades: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
          terms: [],
          holidays: [{ name: "осенние", from: "2026-10-26", to: "2026-11-03" }],
        },
      ],
      closed: [{ from: "2026-12-08", to: "2026-12-09", reason: "карантин", classes: null }],
    },
  ],
  national: { daysOff: ["2026-11-04"], workingDays: [] },
});
const moscow = calendarIn("Europe/Moscow");
const at = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
const iso = (ms: number, zone = "Europe/Moscow") =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
const passes: Schedule = { kind: "school-days", times: ["00:05", "07:30", "23:50"] };

describe("ticksBetween", () => {
  it("gives the passes of a school week, the night's one on the morning after each school day", () => {
    const ticks = ticksBetween(passes, moscow, at("2026-10-02T12:00:00+03:00"), at("2026-10-06T08:00:00+03:00"));
    expect(ticks.map((tick) => iso(tick).slice(0, 16))).toEqual([
      "2026-10-02T23:50",
      "2026-10-03T00:05",
      "2026-10-05T07:30",
      "2026-10-05T23:50",
      "2026-10-06T00:05",
      "2026-10-06T07:30",
    ]);
  });

  it("leaves out holidays and closed days, but not the night after the last day of school", () => {
    const ticks = ticksBetween(passes, moscow, at("2026-10-23T12:00:00+03:00"), at("2026-11-05T08:00:00+03:00"));
    expect(ticks.map((tick) => iso(tick).slice(0, 16))).toEqual([
      "2026-10-23T23:50",
      "2026-10-24T00:05",
      "2026-11-05T07:30",
    ]);
  });

  it("excludes the instant it begins after and includes the one it ends at", () => {
    const tick = at("2026-10-05T07:30:00+03:00");
    expect(ticksBetween(passes, moscow, tick - 1, tick)).toEqual([tick]);
    expect(ticksBetween(passes, moscow, tick, tick + 1)).toEqual([]);
    expect(ticksBetween(passes, moscow, tick, tick - DAY)).toEqual([]);
  });

  it("moves a time that daylight saving skips to the next one that exists, once", () => {
    const berlin = { ...calendarIn("Europe/Berlin"), workingWeekdays: [1, 2, 3, 4, 5, 6] };
    // On 28 March 2027 the clocks go from 02:00 to 03:00; it is the night after Saturday, a school day here.
    const night: Schedule = { kind: "school-days", times: ["02:15", "02:30", "03:15"] };
    const ticks = ticksBetween(night, berlin, at("2027-03-27T12:00:00+01:00"), at("2027-03-28T12:00:00+02:00"));
    expect(ticks.map((tick) => iso(tick, "Europe/Berlin").slice(0, 16))).toEqual([
      "2027-03-28T03:15",
      "2027-03-28T03:30",
    ]);
  });

  it("counts minutes from the hour, wherever it begins", () => {
    const post: Schedule = { kind: "every", minutes: 5 };
    expect(
      ticksBetween(post, moscow, at("2026-10-05T07:31:00+03:00"), at("2026-10-05T07:45:00+03:00")).map((tick) =>
        iso(tick),
      ),
    ).toEqual(["2026-10-05T07:35:00+03:00", "2026-10-05T07:40:00+03:00", "2026-10-05T07:45:00+03:00"]);
  });
});

const zones = fc.constantFrom("Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/St_Johns", "Pacific/Apia");
const clockTimes = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map((minutes) => ({ kind: "every", minutes }) as const),
  fc.array(clockTimes, { minLength: 1, maxLength: 5 }).map((times) => ({ kind: "school-days", times }) as const),
);
const from = at("2026-08-20T00:00:00Z");
const instants = fc.integer({ min: from, max: at("2027-06-20T00:00:00Z") });
const spans = fc.integer({ min: 0, max: 12 * DAY });

describe("any schedule", () => {
  it("has the same ticks however the time is cut: none lost, none twice", () => {
    fc.assert(
      fc.property(zones, schedules, instants, spans, spans, (zone, schedule, start, one, other) => {
        const calendar = calendarIn(zone);
        const [middle, end] = [start + one, start + one + other];
        const whole = ticksBetween(schedule, calendar, start, end);
        expect([
          ...ticksBetween(schedule, calendar, start, middle),
          ...ticksBetween(schedule, calendar, middle, end),
        ]).toEqual(whole);
        expect(whole).toEqual([...new Set(whole)].sort((a, b) => a - b));
        expect(whole.every((tick) => tick > start && tick <= end)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("ticks at its own times of school days and at nothing else", () => {
    fc.assert(
      fc.property(zones, fc.array(clockTimes, { minLength: 1, maxLength: 4 }), instants, (zone, times, start) => {
        const calendar = calendarIn(zone);
        const end = start + 9 * DAY;
        const expected = new Set<number>();
        for (let day = dayOf(start - DAY, zone); day <= dayOf(end + DAY, zone); day = addDays(day, 1)) {
          for (const time of times) {
            const framed = time < "04:00" ? addDays(day, -1) : day;
            if (!isWorkingDay(calendar, framed, { grade: 5, className: "5 А" })) continue;
            const tick = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds;
            if (tick > start && tick <= end) expected.add(tick);
          }
        }
        expect(ticksBetween({ kind: "school-days", times }, calendar, start, end)).toEqual(
          [...expected].sort((a, b) => a - b),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("is next due at its first tick after now", () => {
    fc.assert(
      fc.property(zones, schedules, instants, (zone, schedule, now) => {
        const calendar = calendarIn(zone);
        const next = nextTick(schedule, calendar, now);
        expect(next).not.toBeNull();
        expect(ticksBetween(schedule, calendar, now, next ?? now)).toEqual([next]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("nextTick", () => {
  it("finds the first pass of the next school year from the middle of summer", () => {
    const next = nextTick(passes, moscow, at("2026-07-10T12:00:00+03:00"));
    expect(next === null ? null : iso(next)).toBe("2026-09-01T07:30:00+03:00");
  });

  it("is null where nothing is due within a year", () => {
    expect(nextTick({ kind: "school-days", times: [] }, moscow, at("2026-10-05T00:00:00Z"))).toBeNull();
  });
});
