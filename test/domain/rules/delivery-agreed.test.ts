import { describe, expect, it } from "vitest";
import type { ClassLists, DeliveryAgreement } from "../../../src/domain/school-lists.ts";
import { at, check, classOf, explained, findingsOf, isMended, tallyOf } from "./classroom.ts";

const rule = "delivery-agreed";
const complete = { way: "electronic", basis: "заявление от 1 сентября", agreedOn: "2026-09-01" } as const;
const agreed = (pupilExternalId: string, other: Partial<DeliveryAgreement> = {}): DeliveryAgreement => ({
  pupilExternalId,
  ...complete,
  ...other,
});

const outcomeOf = (lists: Partial<ClassLists>, asOf = "2026-10-20 12:00") =>
  check({ ...classOf({ lists: { since: at("2026-09-01 12:00"), ...lists } }), classTeacher: "Осина А. Б." }, { asOf });

describe("Регламент 5: an agreed way of delivery", () => {
  it("finds nothing where each pupil has one complete agreement, whatever else stands there", () => {
    const delivery = [agreed("p1"), agreed("p1", { basis: null }), agreed("p2", { way: "paper" }), agreed("p3")];
    expect(tallyOf(outcomeOf({ delivery }), rule)).toEqual({ inTime: 3 });
  });

  it("finds a pupil without agreement, without date and without basis, and holds the class teacher to it", () => {
    const delivery = [agreed("p1", { basis: " " }), agreed("p2", { agreedOn: null })];
    const outcome = outcomeOf({ delivery });
    expect(findingsOf(outcome, rule)).toMatchObject([
      { pupilExternalId: "p1", details: { what: "basis" }, accountable: { name: "Осина А. Б." } },
      { pupilExternalId: "p2", details: { what: "date" } },
      { pupilExternalId: "p3", details: { what: "none" }, verdict: "missing", settled: false },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ missing: 3 });
    expect(findingsOf(outcomeOf({ delivery: [agreed("p1", { agreedOn: "2026-12-01" })] }), rule)[0]).toMatchObject({
      details: { what: "date" },
    });
  });

  it("is mended by an agreement, not by the pupil's leaving", () => {
    const room = (lists: Partial<ClassLists>) => classOf({ lists: { since: at("2026-09-01 12:00"), ...lists } });
    const [found] = findingsOf(outcomeOf({ delivery: [agreed("p2"), agreed("p3")] }), rule);
    const mended = room({ delivery: [agreed("p1"), agreed("p2"), agreed("p3")] });
    expect(isMended(mended, found)).toBe(true);
    expect(isMended({ ...mended, pupils: mended.pupils.slice(1) }, found)).toBe(false);
    expect(isMended(room({ delivery: [agreed("p2"), agreed("p1", { basis: null })] }), found)).toBe(false);
    const text = explained(found === undefined ? undefined : { ...found, settled: true });
    expect(text).toContain("Способ информирования согласован. Делать ничего не нужно; замечание остаётся в истории.");
    expect(text).toContain("Что было известно.");
  });

  it("gives a new family, and a new service, the policy's days", () => {
    const joined = { id: 1, at: at("2026-10-10 15:00"), kind: "joined", pupilExternalId: "p3" } as const;
    const rest = { fromClassExternalId: null, toClassExternalId: "c5", administratorAt: null, classTeacherAt: null };
    const lists = { delivery: [agreed("p1"), agreed("p2")], rosterChanges: [{ ...joined, ...rest }] };
    expect(tallyOf(outcomeOf(lists), rule)).toEqual({ inTime: 2, pending: 1 });
    const [finding] = findingsOf(outcomeOf(lists, "2026-11-03 12:00"), rule);
    expect(finding).toMatchObject({ pupilExternalId: "p3", dueAt: at("2026-11-03 00:00") });
    expect(tallyOf(outcomeOf({ delivery: [agreed("p1")] }, "2026-09-14 12:00"), rule)).toEqual({
      inTime: 1,
      pending: 2,
    });
    expect(findingsOf(outcomeOf({ delivery: [agreed("p1")], since: null }), rule)).toEqual([]);
  });

  it("says what to import when there is no list, or nobody of the class in it", () => {
    for (const delivery of [null, []]) {
      const outcome = outcomeOf({ delivery });
      expect(outcome.gaps.find((gap) => gap.rule === rule)?.sentence).toContain("sverka import delivery ФАЙЛ");
      expect(findingsOf(outcome, rule)).toEqual([]);
    }
  });
});
