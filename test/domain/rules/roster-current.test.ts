import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RosterChange } from "../../../src/domain/school-lists.ts";
import { at, check, classOf, explained, findingsOf } from "./classroom.ts";

const rule = "roster-current";

const change = (id: number, over: Partial<RosterChange> = {}): RosterChange => ({
  id,
  at: at("2026-10-05 12:00"),
  kind: "joined",
  pupilExternalId: `p${id}`,
  fromClassExternalId: null,
  toClassExternalId: "c5",
  administratorAt: null,
  classTeacherAt: null,
  ...over,
});

const outcomeOf = (rosterChanges: readonly RosterChange[], asOf = "2026-10-20 12:00") =>
  check({ ...classOf({ lists: { rosterChanges } }), classTeacher: "Классная Руководительница" }, { asOf });

describe("Порядок 3.2.1: changes in a class list", () => {
  it("are one hint a day, for the class teacher, until both have acknowledged them", () => {
    const changes = [change(1), change(2, { kind: "left" }), change(3, { at: at("2026-10-07 12:00"), kind: "moved" })];
    const outcome = outcomeOf(changes);
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        severity: "hint",
        settled: false,
        about: "2026-10-05",
        accountable: { name: "Классная Руководительница" },
        details: {
          joined: ["p1"],
          left: ["p2"],
          moved: [],
          awaits: ["классный руководитель", "ответственный за журнал"],
        },
      },
      { about: "2026-10-07", details: { moved: ["p3"] } },
    ]);
    expect(outcome.tallies.filter((tally) => tally.rule === rule)).toEqual([]);
  });

  it("are settled when both have, not when one has", () => {
    const seen = at("2026-10-06 12:00");
    const settled = (over: Partial<RosterChange>) => findingsOf(outcomeOf([change(1, over)]), rule)[0]?.settled;
    expect(settled({ classTeacherAt: seen })).toBe(false);
    expect(settled({ administratorAt: seen })).toBe(false);
    expect(settled({ classTeacherAt: seen, administratorAt: seen })).toBe(true);
  });

  it("explain who has not acknowledged them yet", () => {
    const [finding] = findingsOf(outcomeOf([change(1, { classTeacherAt: at("2026-10-06 12:00") })]), rule);
    const text = explained(finding);
    expect(text).toContain("В списке класса: прибыли № p1 в журнале.");
    expect(text).toContain("Ещё не подтвердили: ответственный за журнал.");
    expect(text).toContain("Отвечает: Классная Руководительница.");
  });

  it("are shown whenever one of them stands unacknowledged at that instant, and never otherwise", () => {
    const instant = fc.option(
      fc.integer({ min: 5, max: 19 }).map((day) => at(`2026-10-${String(day).padStart(2, "0")} 12:00`)),
    );
    const any = fc.record({
      at: instant.filter((one) => one !== null),
      administratorAt: instant,
      classTeacherAt: instant,
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), fc.integer({ min: 4, max: 20 }), (drawn, day) => {
        const asOf = `2026-10-${String(day).padStart(2, "0")} 13:00`;
        const now = at(asOf);
        const changes = drawn.map((one, index) => change(index, { ...one, at: one.at ?? 0 }));
        const open = changes.filter(
          (one) =>
            one.at <= now && !((one.administratorAt ?? now + 1) <= now && (one.classTeacherAt ?? now + 1) <= now),
        );
        const found = findingsOf(outcomeOf(changes.toReversed(), asOf), rule).filter(({ settled }) => !settled);
        const day0 = ({ at: moment }: RosterChange) =>
          Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO("Europe/Moscow").toPlainDate().toString();
        expect(new Set(found.map(({ about }) => about))).toEqual(new Set(open.map(day0)));
      }),
    );
  });
});
