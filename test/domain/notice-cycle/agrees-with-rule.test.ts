import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayOf, startOfDay } from "../../../src/domain/days.ts";
import { endOfDay } from "../../../src/domain/deadline.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { type Cycle, dueNotices, type PaperPupil } from "../../../src/domain/notice-cycle/due.ts";
import { defaultPolicy, type Policy } from "../../../src/domain/policy.ts";
import { checkClass } from "../../../src/domain/rules/index.ts";
import { type FamilyNotice, NO_LISTS } from "../../../src/domain/school-lists.ts";
import type { IsoDate } from "../../../src/domain/time.ts";
import { classOf, findingsOf } from "../rules/classroom.ts";
import { anyTerms } from "./calendars.ts";

const zone = "Europe/Moscow";
const hour = 3_600_000;
const noon = (day: IsoDate) => startOfDay(day, zone) + 12 * hour;

interface Scene {
  readonly terms: Cycle["terms"];
  /** Days on which the computer is off, counted from 1 September. */
  readonly off: readonly number[];
  /** Days until each notice is handed out; null: nobody tells. */
  readonly hands: readonly (number | null)[];
}

/** A year of one family, as the job and the people make it. */
function yearOf({ terms, off, hands }: Scene, policy: Policy): readonly FamilyNotice[] {
  const away = new Set(off.map((n) => addDays("2026-09-01", n)));
  const cycle = { terms, handDays: policy.noticeBiweekly.handDays, finalDays: policy.finalMark.days };
  const notices: FamilyNotice[] = [];
  for (let today = "2026-09-01"; today <= "2027-05-26"; today = addDays(today, 1)) {
    if (away.has(today)) continue;
    const last = notices.at(-1);
    const handedOn = last?.handedAt == null ? null : dayOf(last.handedAt, zone);
    const lastOn = last === undefined ? null : dayOf(last.composedAt, zone);
    const known: PaperPupil["last"] =
      lastOn === null
        ? null
        : { composedOn: lastOn, printedOn: lastOn, handedOn: handedOn !== null && handedOn <= today ? handedOn : null };
    const pupil = { pupilExternalId: "p1", since: "2026-09-01", last: known, finalsOn: null };
    if (dueNotices(cycle, [pupil], { today, hourCome: true }).length === 0) continue;
    const hand = hands[notices.length % hands.length] ?? null;
    const handedAt = hand === null ? null : noon(addDays(today, hand)) + hour;
    const at = { composedAt: noon(today), printedAt: noon(today), handedAt, returnedAt: null };
    notices.push({ pupilExternalId: "p1", from: today, to: today, ...at, hasSlip: true, finals: false });
  }
  return notices;
}

function found({ terms }: Scene, notices: readonly FamilyNotice[], policy: Policy, asOf: IsoDate) {
  const { calendar } = terms.counting;
  const delivery = [{ pupilExternalId: "p1", way: "paper", basis: "заявление", agreedOn: "2026-09-01" } as const];
  const lists = { ...NO_LISTS, since: startOfDay("2026-09-01", zone), delivery, notices };
  const snapshot = classOf({ lessons: [], lists });
  const input = { snapshot, policy, calendar, mapping: createMapping(defaultMapping), asOf: endOfDay(asOf, zone) };
  return findingsOf(checkClass(input), "notice-biweekly");
}

const policyOf = ({ terms }: Scene): Policy => ({
  ...defaultPolicy,
  noticeBiweekly: { ...defaultPolicy.noticeBiweekly, days: terms.days, countHolidays: terms.counting.countHolidays },
});

const scene = (off: fc.Arbitrary<number[]>) =>
  fc.record({
    terms: anyTerms.map((terms) => ({ ...terms, firstDays: Math.min(terms.firstDays, terms.days) })),
    off,
    hands: fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 30, maxLength: 30 }),
  });

describe("the cycle and the rule that judges it", () => {
  it("agree: what the cycle makes in time, whenever it is handed out and whether or not anybody tells, is no violation on any day", () => {
    fc.assert(
      fc.property(scene(fc.constant([])), fc.integer({ min: 0, max: 270 }), (of, n) => {
        const policy = policyOf(of);
        const violations = found(of, yearOf(of, policy), policy, addDays("2026-09-01", n)).filter(
          ({ severity }) => severity === "violation",
        );
        expect(violations).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it("agree on the days that were missed: each notice after its limit is one violation, at the stage of composing", () => {
    const days = fc.array(fc.integer({ min: 0, max: 267 }), { maxLength: 120 });
    fc.assert(
      fc.property(scene(days), (of) => {
        const policy = policyOf(of);
        const notices = yearOf(of, policy);
        const violations = found(of, notices, policy, "2027-07-20").filter(({ severity }) => severity === "violation");
        expect(violations.every(({ details }) => details.stage === "composed")).toBe(true);
        expect(new Set(violations.map(({ id }) => id)).size).toBe(violations.length);
        expect(violations.length).toBeLessThan(notices.length + 1);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
