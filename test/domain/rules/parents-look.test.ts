import { describe, expect, it } from "vitest";
import type { ClassLists, DeliveryAgreement, ParentLook } from "../../../src/domain/school-lists.ts";
import { at, check, classOf, findingsOf, tallyOf } from "./classroom.ts";
import { toldCalendar } from "./told-calendar.ts";

const rule = "parents-look";
const agreed = (pupilExternalId: string, other: Partial<DeliveryAgreement> = {}): DeliveryAgreement => ({
  pupilExternalId,
  way: "electronic",
  basis: "заявление",
  agreedOn: "2026-09-01",
  ...other,
});
const look = (pupilExternalId: string, ...days: string[]) =>
  days.map((on): ParentLook => ({ pupilExternalId, on, kind: "look" }));
const acknowledged = (pupilExternalId: string, on: string): ParentLook => ({
  pupilExternalId,
  on,
  kind: "acknowledged",
});
const quarter = { externalId: "q1", name: "1 четверть", from: "2026-09-01", to: "2026-10-23" };

function outcomeOf(looks: readonly ParentLook[] | null, lists: Partial<ClassLists> = {}, asOf = "2026-10-20 12:00") {
  const delivery = [agreed("p1"), agreed("p2")];
  const snapshot = classOf({ terms: [quarter], lists: { since: at("2026-09-01 12:00"), delivery, looks, ...lists } });
  return check(snapshot, { asOf, calendar: toldCalendar });
}
const hintsOf = (...args: Parameters<typeof outcomeOf>) => findingsOf(outcomeOf(...args), rule);

/** p1 looks twice in each of three weeks. */
const diligent = look("p1", "2026-09-14", "2026-09-17", "2026-09-21", "2026-09-25", "2026-09-28", "2026-10-02");

describe("Регламент 6: what families look at", () => {
  it("hints at the weeks with fewer than two looks, a term in one hint, and counts nothing", () => {
    const outcome = outcomeOf([...diligent, ...look("p2", "2026-09-15", "2026-09-23", "2026-09-24")]);
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        severity: "hint",
        pupilExternalId: "p2",
        details: { from: "2026-09-01", to: "2026-10-23", weeks: ["2026-09-14"] },
      },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({});
  });

  it("judges no week of which the list may know nothing, nor one that was not whole", () => {
    const one = look("p1", "2026-09-14", "2026-09-17");
    expect(hintsOf([...one])).toEqual([]);
    const holidays = look("p1", "2026-10-19", "2026-10-21", "2026-11-09", "2026-11-11");
    expect(hintsOf(holidays, { delivery: [agreed("p1")] }, "2026-11-12 12:00")).toEqual([]);
  });

  it("asks nothing of paper families, nor before the day of the choice", () => {
    expect(hintsOf(diligent, { delivery: [agreed("p2", { way: "paper" })] })).toEqual([]);
    expect(hintsOf(diligent, { delivery: [agreed("p2", { agreedOn: "2026-09-30" })] })).toEqual([]);
    expect(hintsOf(diligent, { delivery: [agreed("p2", { agreedOn: null })] })).toEqual([]);
  });

  it("hints at a missing acknowledgement after a period's end where the class's are told at all", () => {
    const told = [acknowledged("p1", "2026-10-24")];
    expect(hintsOf(told, {}, "2026-11-07 12:00")).toMatchObject([
      {
        severity: "hint",
        verdict: "missing",
        pupilExternalId: "p2",
        lessonDate: "2026-10-23",
        dueAt: at("2026-11-07 00:00"),
      },
    ]);
    expect(hintsOf(told, {}, "2026-11-06 12:00")).toEqual([]);
    expect(hintsOf(look("p1", "2026-10-24"), {}, "2026-11-07 12:00")).toEqual([]);
  });

  it("says what to import", () => {
    expect(outcomeOf(null).gaps.find((gap) => gap.rule === rule)?.sentence).toContain("sverka import looks ФАЙЛ");
    expect(outcomeOf([], { delivery: null }).gaps.find((gap) => gap.rule === rule)?.sentence).toContain(
      "import delivery",
    );
  });
});
