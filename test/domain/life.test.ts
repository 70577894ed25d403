import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding, FindingChanges, StoredFinding } from "../../src/domain/finding.ts";
import { applyWaivers, reconcile } from "../../src/domain/life.ts";
import { createWaiverFinder, type Waiver } from "../../src/domain/waiver.ts";

const missing: Finding = {
  id: "a",
  rule: "lesson-same-day",
  clause: "Порядок, пп. 3.1.1, 8",
  verdict: "missing",
  severity: "violation",
  settled: false,
  dueAt: 100,
  absentAt: 110,
  seenAt: null,
  classExternalId: "c",
  className: "5 А",
  subjectExternalId: "s",
  subject: "Математика",
  lessonDate: "2026-10-05",
  lessonExternalId: "l",
  pupilExternalId: null,
  about: null,
  accountable: { externalId: "t", name: "Учитель Первый" },
  details: {},
};
const late: Finding = { ...missing, verdict: "late", settled: true, absentAt: 120, seenAt: 130 };
const unproved: Finding = { ...late, verdict: "unproved", absentAt: 90 };

function apply(stored: readonly StoredFinding[], { upserts }: FindingChanges): readonly StoredFinding[] {
  const byId = new Map(stored.map((finding) => [finding.id, finding]));
  for (const finding of upserts) byId.set(finding.id, finding);
  return [...byId.values()];
}

/** The stored findings after some checks, one after another at 1000, 2000, … */
function storedAfter(...checks: readonly (readonly Finding[])[]): readonly StoredFinding[] {
  return checks.reduce<readonly StoredFinding[]>(
    (stored, found, index) => apply(stored, reconcile({ stored, found, at: 1000 * (index + 1) })),
    [],
  );
}

describe("the life of a finding (rules.md § 4)", () => {
  it("opens", () => {
    expect(storedAfter([missing])).toEqual([
      {
        ...missing,
        status: "open",
        openedAt: 1000,
        settledAt: null,
        withdrawnAt: null,
        waivedAt: null,
        waiverId: null,
      },
    ]);
  });

  it("is settled when the fact has appeared, and keeps the day on which it was opened", () => {
    expect(storedAfter([missing], [late])).toEqual([
      {
        ...late,
        status: "settled",
        openedAt: 1000,
        settledAt: 2000,
        withdrawnAt: null,
        waivedAt: null,
        waiverId: null,
      },
    ]);
  });

  it("keeps the day on which it was settled, whatever changes later", () => {
    expect(storedAfter([late], [{ ...late, dueAt: 105 }])).toMatchObject([{ settledAt: 1000, dueAt: 105 }]);
  });

  it("is settled from the start when nothing is left to be done, proved or not", () => {
    for (const found of [late, unproved]) {
      expect(storedAfter([found])).toMatchObject([{ status: "settled", openedAt: 1000, settledAt: 1000 }]);
    }
  });

  it("is withdrawn when the rule no longer finds it, and never deleted", () => {
    const stored = storedAfter([missing], []);
    expect(stored).toMatchObject([{ status: "withdrawn", openedAt: 1000, withdrawnAt: 2000, verdict: "missing" }]);
    const { events } = reconcile({ stored: storedAfter([missing]), found: [], at: 2000 });
    expect(events).toMatchObject([{ findingId: "a", at: 2000, kind: "withdrawn", author: "sverka" }]);
    expect(events[0]?.cause).toMatch(/\p{L}+/u);
  });

  it("is settled, once, when what was found is mended, and opened again when it is found again", () => {
    const mended = () => true;
    const open = storedAfter([missing]);
    const { upserts, events } = reconcile({ stored: open, found: [], at: 2000, mended });
    expect(upserts).toMatchObject([{ status: "settled", settledAt: 2000, withdrawnAt: null, verdict: "missing" }]);
    expect(events).toMatchObject([{ kind: "settled", author: "sverka", at: 2000 }]);
    expect(reconcile({ stored: upserts, found: [], at: 3000, mended })).toEqual({ upserts: [], events: [] });
    const again = reconcile({ stored: upserts, found: [missing], at: 4000, mended });
    expect(again.upserts).toMatchObject([{ status: "open", settledAt: null, openedAt: 1000 }]);
    expect(again.events).toMatchObject([{ kind: "reopened" }]);
  });

  it("is opened again when it is found again", () => {
    expect(storedAfter([missing], [], [missing])).toMatchObject([
      { status: "open", openedAt: 1000, withdrawnAt: null, waivedAt: null, waiverId: null },
    ]);
    expect(storedAfter([late], [], [late])).toMatchObject([{ status: "settled", settledAt: 1000, withdrawnAt: null }]);
    expect(storedAfter([late], [missing])).toMatchObject([{ status: "open", openedAt: 1000, settledAt: null }]);
  });

  it("tells each step by one event", () => {
    const kinds = (stored: readonly StoredFinding[], found: readonly Finding[]) =>
      reconcile({ stored, found, at: 9000 }).events.map(({ kind }) => kind);
    expect(kinds([], [missing])).toEqual(["opened"]);
    expect(kinds(storedAfter([missing]), [late])).toEqual(["settled"]);
    expect(kinds(storedAfter([missing]), [])).toEqual(["withdrawn"]);
    expect(kinds(storedAfter([missing], []), [late])).toEqual(["reopened"]);
    expect(kinds(storedAfter([late]), [unproved])).toEqual(["changed"]);
    expect(kinds(storedAfter([missing]), [{ ...missing, accountable: null }])).toEqual(["changed"]);
  });

  it("does not take a later look that still lacks the fact for news", () => {
    const changes = reconcile({ stored: storedAfter([missing]), found: [{ ...missing, absentAt: 500 }], at: 2000 });
    expect(changes).toEqual({ upserts: [], events: [] });
  });

  it("keeps how often something was seen without telling it as news", () => {
    const seen = (times: number): Finding => ({ ...missing, details: { text: "Ж", times } });
    const changes = reconcile({ stored: storedAfter([seen(3)]), found: [seen(4)], at: 2000 });
    expect(changes).toMatchObject({ upserts: [{ details: { times: 4 } }], events: [] });
    expect(reconcile({ stored: storedAfter([seen(3)], [seen(4)]), found: [seen(4)], at: 3000 }).upserts).toEqual([]);
  });

  it("leaves alone what lies outside the check's scope", () => {
    const scope = ({ classExternalId }: StoredFinding) => classExternalId === "other";
    expect(reconcile({ stored: storedAfter([missing]), found: [], at: 2000, scope })).toEqual({
      upserts: [],
      events: [],
    });
  });

  it("does not mind the order in which a database gives keys back", () => {
    const found = { ...missing, details: { days: 3, workType: "Тест", before: ["Н"] } };
    const stored = storedAfter([{ ...missing, details: { before: ["Н"], workType: "Тест", days: 3 } }]);
    expect(reconcile({ stored, found: [found], at: 2000 }).upserts).toEqual([]);
  });
});

const DAY = 86_400_000;
const MONDAY = Temporal.Instant.from("2026-10-05T00:00:00+03:00").epochMilliseconds;

function waiver(over: Partial<Waiver> = {}): Waiver {
  return {
    id: 7,
    covers: { kind: "finding", findingId: "a" },
    reason: "болезнь",
    author: "Завуч",
    madeAt: 1500,
    expiresOn: null,
    revokedAt: null,
    revokedBy: null,
    ...over,
  };
}
const finderOf = (waivers: readonly Waiver[], at: number) => createWaiverFinder(waivers, at, "Europe/Moscow");

describe("a waiver (rules.md § 4)", () => {
  const reconciled = (stored: readonly StoredFinding[], found: readonly Finding[], at: number, ...by: Waiver[]) =>
    reconcile({ stored, found, at, waiverOf: finderOf(by, at) });

  it("takes an open finding away with its author and reason, and says so once", () => {
    const changes = reconciled(storedAfter([missing]), [missing], 2000, waiver());
    expect(changes.upserts).toMatchObject([{ status: "waived", waivedAt: 2000, waiverId: 7, verdict: "missing" }]);
    expect(changes.events).toMatchObject([{ kind: "waived", author: "Завуч", cause: "Снятие № 7: болезнь" }]);
    const stored = apply(storedAfter([missing]), changes);
    expect(reconciled(stored, [missing], 3000, waiver())).toEqual({ upserts: [], events: [] });
  });

  it("takes away what a check finds only later, with both steps told", () => {
    const { upserts, events } = reconciled([], [late], 2000, waiver());
    expect(upserts).toMatchObject([{ status: "waived", openedAt: 2000, settledAt: 2000 }]);
    expect(events.map(({ kind }) => kind)).toEqual(["opened", "waived"]);
  });

  it("opens the finding again when it has run out or was revoked, and settled ones as settled", () => {
    const short = waiver({ expiresOn: "2026-10-05", madeAt: MONDAY });
    const taken = apply(storedAfter([missing]), reconciled(storedAfter([missing]), [missing], MONDAY, short));
    expect(reconciled(taken, [missing], MONDAY + DAY - 1, short).events).toEqual([]);
    const { upserts, events } = reconciled(taken, [missing], MONDAY + DAY, short);
    expect(upserts).toMatchObject([{ status: "open", waivedAt: null, waiverId: null, openedAt: 1000 }]);
    expect(events).toMatchObject([{ kind: "reopened", cause: "Снятие № 7 больше не действует." }]);
    const settled = apply(storedAfter([late]), reconciled(storedAfter([late]), [late], 2000, waiver()));
    expect(applyWaivers(settled, finderOf([waiver({ revokedAt: 2500 })], 3000), 3000).upserts).toMatchObject([
      { status: "settled", settledAt: 1000 },
    ]);
  });

  it("stays while the fact appears meanwhile, which is told too", () => {
    const taken = apply(storedAfter([missing]), reconciled(storedAfter([missing]), [missing], 2000, waiver()));
    const { upserts, events } = reconciled(taken, [late], 3000, waiver());
    expect(upserts).toMatchObject([{ status: "waived", settledAt: 3000, waivedAt: 2000 }]);
    expect(events.map(({ kind }) => kind)).toEqual(["settled"]);
  });

  it("covers a person in a span by the lesson's day and by the day the deadline ran out, under its rules alone", () => {
    const dueFriday = MONDAY + 5 * DAY;
    const of = { ...missing, dueAt: dueFriday };
    const span = (from: string, to: string, rules: Finding["rule"][] = []) =>
      waiver({ covers: { kind: "span", person: "Учитель Первый", span: { from, to }, rules } });
    const taken = (by: Waiver, finding: Finding = of) => finderOf([by], 2000)(finding) !== null;
    expect(taken(span("2026-10-05", "2026-10-05"))).toBe(true);
    expect(taken(span("2026-10-09", "2026-10-12"))).toBe(true);
    expect(taken(span("2026-10-10", "2026-10-12"))).toBe(false);
    expect(taken(span("2026-10-01", "2026-10-30", ["mark-oral"]))).toBe(false);
    expect(taken(span("2026-10-01", "2026-10-30", ["lesson-same-day"]))).toBe(true);
    const other = { ...of, accountable: { externalId: null, name: "Учитель Второй" } };
    expect(taken(span("2026-10-01", "2026-10-30"), other)).toBe(false);
    expect(taken(span("2026-10-01", "2026-10-30"), { ...of, verdict: "unproved" })).toBe(false);
  });
});

const finding = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d", "e"),
    kind: fc.constantFrom(missing, late, unproved),
    dueAt: fc.integer({ min: 90, max: 110 }),
  })
  .map(({ id, kind, dueAt }): Finding => ({ ...kind, id, dueAt }));
const found = fc.uniqueArray(finding, { selector: ({ id }) => id });

describe("any row of checks", () => {
  it("changes nothing when a check is repeated, at once or later", () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 6 }), found, (before, last) => {
        const stored = storedAfter(...before, last);
        expect(reconcile({ stored, found: last, at: 99_000 })).toEqual({ upserts: [], events: [] });
      }),
    );
  });

  it("gives the same whatever the order of findings and of the store", () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 4 }), found, fc.func(fc.integer()), (before, last, key) => {
        const shuffled = <Item>(items: readonly Item[]) => items.toSorted((one, other) => key(one) - key(other));
        const stored = storedAfter(...before);
        const plain = reconcile({ stored, found: last, at: 9000 });
        expect(reconcile({ stored: shuffled(stored), found: shuffled(last), at: 9000 })).toEqual(plain);
      }),
    );
  });

  it("loses no finding, and what stands open or settled is exactly what was found last", () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 6 }), found, (before, last) => {
        const stored = storedAfter(...before, last);
        const ids = new Set([...before.flat(), ...last].map(({ id }) => id));
        expect(new Set(stored.map(({ id }) => id))).toEqual(ids);
        const standing = stored.filter(({ status }) => status !== "withdrawn");
        expect(new Set(standing.map(({ id }) => id))).toEqual(new Set(last.map(({ id }) => id)));
        for (const { status, settled, settledAt } of standing) {
          expect(status).toBe(settled ? "settled" : "open");
          expect(settledAt !== null).toBe(settled);
        }
      }),
    );
  });
});

describe("any row of checks and waivers", () => {
  const waivers = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 4 }),
      findingId: fc.constantFrom("a", "b", "c"),
      madeAt: fc.integer({ min: 500, max: 5500 }),
      revokedAt: fc.option(fc.integer({ min: 500, max: 9000 })),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  );

  it("says in the end what the last check and the standing waivers say, however often it is repeated", () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 5 }), found, waivers, (before, last, drawn) => {
        const all = drawn.map(({ findingId, ...rest }) => waiver({ ...rest, covers: { kind: "finding", findingId } }));
        const live = (stored: readonly StoredFinding[], now: readonly Finding[], at: number) =>
          apply(stored, reconcile({ stored, found: now, at, waiverOf: finderOf(all, at) }));
        const checks = [...before, last];
        const stored = checks.reduce<readonly StoredFinding[]>((all, now, i) => live(all, now, 1000 * (i + 1)), []);
        const end = live(stored, last, 20_000);
        const waiverOf = finderOf(all, 20_000);
        expect(reconcile({ stored: end, found: last, at: 30_000, waiverOf })).toEqual({ upserts: [], events: [] });
        expect(applyWaivers(end, waiverOf, 30_000)).toEqual({ upserts: [], events: [] });
        for (const finding of last) {
          const by = waiverOf(finding);
          const kept = end.find(({ id }) => id === finding.id);
          expect(kept?.status).toBe(by !== null ? "waived" : finding.settled ? "settled" : "open");
          expect(kept?.waiverId ?? null).toBe(by?.id ?? null);
        }
      }),
    );
  });
});
