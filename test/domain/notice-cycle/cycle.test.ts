import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWorkingDay } from "../../../src/domain/calendar.ts";
import { addDays } from "../../../src/domain/days.ts";
import { lastNoticeDay } from "../../../src/domain/notice-cycle/counting.ts";
import { type Cycle, dueNotices, nextNotice, type PaperPupil } from "../../../src/domain/notice-cycle/due.ts";
import { type CycleTerms, countsFrom, planAfter, planFirst } from "../../../src/domain/notice-cycle/plan.ts";
import { nextRhythmDay, rhythmOf } from "../../../src/domain/notice-cycle/rhythm.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import type { IsoDate } from "../../../src/domain/time.ts";
import { toldCalendar } from "../rules/told-calendar.ts";
import { anyTerms, of } from "./calendars.ts";

const { noticeCycle, noticeBiweekly, finalMark } = defaultPolicy;
const usual: CycleTerms = {
  counting: { calendar: toldCalendar, of, countHolidays: false },
  rhythm: rhythmOf(noticeCycle, of.className),
  days: noticeBiweekly.days,
  firstDays: noticeCycle.firstDays,
};
const cycleOf = (terms: CycleTerms): Cycle => ({ terms, handDays: noticeBiweekly.handDays, finalDays: finalMark.days });
const plannedAfter = (composedOn: IsoDate, countsFromDay = composedOn, terms = usual) =>
  planAfter(terms, { composedOn, countsFrom: countsFromDay });

describe("the rhythm", () => {
  it("is every second Thursday from the second week of the school year on", () => {
    const days: IsoDate[] = [];
    for (let day: IsoDate | null = "2026-08-20"; day !== null && day < "2027-09-25"; ) {
      day = nextRhythmDay(usual.counting, usual.rhythm, day);
      if (day !== null) days.push(day);
    }
    expect(days).toEqual([
      ...["2026-09-10", "2026-09-24", "2026-10-08", "2026-10-22", "2026-11-05", "2026-11-19", "2026-12-03"],
      // 31 December is a day off: the last working day before it.
      ...["2026-12-17", "2026-12-30", "2027-01-14", "2027-01-28", "2027-02-11", "2027-02-25", "2027-03-11"],
      ...["2027-03-25", "2027-04-08", "2027-04-22", "2027-05-06", "2027-05-20"],
      // The last working day before the first Thursday of the summer, then the next school year.
      ...["2027-05-26", "2027-09-09", "2027-09-23", "2027-10-07"].slice(0, 4),
    ]);
  });

  it("may be another one for a class", () => {
    const byClass = [{ classes: ["1а", "подг."], day: 3, weeks: 1 }];
    expect(rhythmOf({ ...noticeCycle, byClass }, "1 А")).toEqual({ day: 3, hour: "13:00", weeks: 1, firstWeek: 2 });
    expect(rhythmOf({ ...noticeCycle, byClass }, "2 А")).toMatchObject({ day: 4, weeks: 2 });
  });
});

describe("the next notice of a family", () => {
  it("is on the day of the rhythm when that is in time", () => {
    expect(plannedAfter("2026-09-10", "2026-09-11")).toEqual({ on: "2026-09-24", limit: "2026-09-25", why: "rhythm" });
    expect(plannedAfter("2026-10-08")).toEqual({ on: "2026-10-22", limit: "2026-10-22", why: "rhythm" });
  });

  it("comes before holidays, and before the rhythm where waiting would be too long", () => {
    const counted = { ...usual, counting: { ...usual.counting, countHolidays: true } };
    expect(plannedAfter("2026-12-17", "2026-12-18", counted)).toMatchObject({ on: "2026-12-30", why: "rhythm" });
    // Printed on a Wednesday out of the rhythm: the Thursday after next would be the fifteenth day; one day is kept in reserve.
    expect(plannedAfter("2026-09-16", "2026-09-16")).toMatchObject({ on: "2026-09-24", why: "rhythm" });
    expect(plannedAfter("2026-09-25", "2026-09-25", { ...usual, days: 10 })).toEqual({
      on: "2026-10-02",
      limit: "2026-10-05",
      why: "early",
    });
  });

  it("passes over a day of the rhythm right after a notice, but only when the next one is in time", () => {
    expect(plannedAfter("2026-10-21")).toMatchObject({ on: "2026-11-05", why: "rhythm" });
    expect(plannedAfter("2026-09-23")).toMatchObject({ on: "2026-09-24", why: "rhythm" });
  });

  it("is the first one at once, or with the rhythm within three working days", () => {
    expect(planFirst(usual, "2026-09-15")).toEqual({ on: "2026-09-15", limit: "2026-09-18", why: "first" });
    expect(planFirst(usual, "2026-09-19")).toMatchObject({ on: "2026-09-21", limit: "2026-09-23" });
    expect(planFirst(usual, "2026-09-22")).toEqual({ on: "2026-09-24", limit: "2026-09-25", why: "first" });
  });

  it("is one of its own for final marks, unless the usual one comes within their day", () => {
    const last = { composedOn: "2026-10-08", printedOn: "2026-10-08", handedOn: "2026-10-09" };
    const pupil = (finalsOn: IsoDate | null): PaperPupil => ({
      pupilExternalId: "1",
      since: "2026-09-01",
      last,
      finalsOn,
    });
    const next = (finalsOn: IsoDate | null) => nextNotice(cycleOf(usual), pupil(finalsOn));
    expect(next("2026-10-19")).toMatchObject({ kind: "final", plannedOn: "2026-10-19", limit: "2026-10-20" });
    expect(next("2026-10-21")).toMatchObject({ kind: "regular", plannedOn: "2026-10-22" });
    expect(next(null)).toMatchObject({ kind: "regular", plannedOn: "2026-10-22" });
  });
});

describe("from which day the time runs", () => {
  const from = (handedOn: IsoDate | null) =>
    countsFrom(usual.counting, { composedOn: "2026-10-08", printedOn: "2026-10-08", handedOn }, 7);
  it("is the hand-out that was told in time, else the print", () => {
    expect(from("2026-10-09")).toBe("2026-10-09");
    expect(from(null)).toBe("2026-10-08");
    expect(from("2026-10-30")).toBe("2026-10-08");
    expect(countsFrom(usual.counting, { composedOn: "2026-10-08", printedOn: null, handedOn: null }, 7)).toBe(
      "2026-10-08",
    );
  });
});

interface Life {
  readonly terms: CycleTerms;
  readonly off: ReadonlySet<IsoDate>;
  /** Days until the hand-out of the n-th notice; null: nobody tells. */
  readonly hands: readonly (number | null)[];
}

const lives: fc.Arbitrary<Life> = fc.record({
  terms: anyTerms,
  off: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 267 }), fc.integer({ min: 1, max: 12 })), { maxLength: 8 })
    .map(
      (spans) =>
        new Set(spans.flatMap(([n, length]) => Array.from({ length }, (_, i) => addDays("2026-09-01", n + i)))),
    ),
  hands: fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { minLength: 60, maxLength: 60 }),
});

/** Lives through a school year as the job does: each day that the computer is on. */
function live({ terms, off, hands }: Life) {
  const cycle = cycleOf(terms);
  let last: PaperPupil["last"] = null;
  const notices: { on: IsoDate; plannedOn: IsoDate; limit: IsoDate; why: string; handedOn: IsoDate | null }[] = [];
  for (let today = "2026-09-01"; today <= "2027-05-26"; today = addDays(today, 1)) {
    if (off.has(today)) continue;
    // What happens after today is not known yet.
    const known: PaperPupil["last"] =
      last === null
        ? null
        : { ...last, handedOn: last.handedOn !== null && last.handedOn <= today ? last.handedOn : null };
    const pupil = { pupilExternalId: "1", since: "2026-09-01", last: known, finalsOn: null };
    const [due] = dueNotices(cycle, [pupil], { today, hourCome: true });
    if (due === undefined) continue;
    const hand = hands[notices.length % hands.length] ?? null;
    const handedOn = hand === null ? null : addDays(today, hand);
    notices.push({ on: today, plannedOn: due.plannedOn, limit: due.limit, why: due.why, handedOn });
    last = { composedOn: today, printedOn: today, handedOn };
  }
  return notices;
}

describe("over any calendar, any rhythm and any days with the computer off", () => {
  it("is never over the limit while a working day with the computer on was left for it", () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { calendar } = life.terms.counting;
        for (const { on, plannedOn, limit } of live(life)) {
          // Planned while there was still time …
          expect(plannedOn <= limit).toBe(true);
          expect(isWorkingDay(calendar, plannedOn, of)).toBe(true);
          if (on <= limit) continue;
          // … and then too late only because from the planned day on the computer was off on each working day.
          for (let day = plannedOn; day <= limit; day = addDays(day, 1))
            expect([day, isWorkingDay(calendar, day, of) && !life.off.has(day)]).toEqual([day, false]);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it("never lets more than the policy's days pass between two hand-outs when each notice is handed out at once", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const notices = live({ terms, off: new Set(), hands: [0] });
        for (const [i, { on }] of notices.entries()) {
          const before = notices[i - 1];
          if (before !== undefined) expect(on <= lastNoticeDay(terms.counting, before.on, terms.days)).toBe(true);
        }
        expect(notices.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it("makes no more notices than the rhythm, where the rhythm is in time", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const easy = { ...terms, days: 60, rhythm: { ...terms.rhythm, weeks: Math.min(terms.rhythm.weeks, 2) } };
        const notices = live({ terms: easy, off: new Set(), hands: [null] }).slice(1);
        for (const { why } of notices) expect(why).toBe("rhythm");
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
