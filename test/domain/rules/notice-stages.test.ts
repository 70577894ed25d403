import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/domain/finding.ts";
import type { DeliveryAgreement, FamilyNotice } from "../../../src/domain/school-lists.ts";
import { at, check, classOf, explained, findingsOf } from "./classroom.ts";
import { toldCalendar } from "./told-calendar.ts";

const paper: DeliveryAgreement = { pupilExternalId: "p1", way: "paper", basis: "заявление", agreedOn: "2026-09-01" };

/** Composed, printed, handed out and back, each as a Moscow clock tells; null: not yet. */
function notice(composed: string, stages: Partial<Record<"printed" | "handed" | "returned", string | null>> = {}) {
  const { printed = composed, handed = printed, returned = null } = stages;
  const on = (moscow: string | null) => (moscow === null ? null : at(moscow));
  const times = { composedAt: at(composed), printedAt: on(printed), handedAt: on(handed), returnedAt: on(returned) };
  return {
    pupilExternalId: "p1",
    from: "2026-09-01",
    to: composed.slice(0, 10),
    ...times,
    hasSlip: true,
    finals: false,
  };
}

function found(notices: readonly FamilyNotice[], asOf = "2026-10-20 12:00"): readonly Finding[] {
  const snapshot = classOf({ lists: { since: at("2026-09-01 12:00"), delivery: [paper], notices } });
  const outcome = check({ ...snapshot, classTeacher: "Осина А. Б." }, { asOf, calendar: toldCalendar });
  return [...findingsOf(outcome, "notice-biweekly"), ...findingsOf(outcome, "parents-look")];
}

const stagesOf = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, verdict, details }) => [rule, severity, verdict, details.stage]);
const back = (composed: string, handed: string, returned: string) => notice(composed, { handed, returned });
const good = [
  back("2026-09-10 13:00", "2026-09-11 12:00", "2026-09-14 12:00"),
  back("2026-09-24 13:00", "2026-09-25 12:00", "2026-09-28 12:00"),
];

describe("the stage at which a notice got stuck", () => {
  it("is composing, where nobody composed one in time: the class teacher answers", () => {
    const late = [...good, notice("2026-10-12 10:00", { handed: "2026-10-12 12:00" })];
    expect(stagesOf(found(late))).toEqual([["notice-biweekly", "violation", "late", "composed"]]);
    expect(found(late)[0]?.accountable?.name).toBe("Осина А. Б.");
    expect(stagesOf(found(good))).toEqual([["notice-biweekly", "violation", "missing", "composed"]]);
  });

  it("is the printer, where it was composed in time: no teacher answers for that", () => {
    const stuck = [...good, notice("2026-10-08 13:00", { printed: null })];
    expect(stagesOf(found(stuck))).toEqual([["notice-biweekly", "violation", "missing", "printer"]]);
    const mended = [...good, notice("2026-10-08 13:00", { printed: "2026-10-14 13:00", handed: "2026-10-14 14:00" })];
    expect(stagesOf(found(mended))).toEqual([["notice-biweekly", "violation", "late", "printer"]]);
    for (const [finding] of [found(stuck), found(mended)]) expect(finding?.accountable).toBeNull();
    expect(found(stuck)[0]?.id).toBe(found(mended)[0]?.id);
    expect(explained(found(stuck)[0])).toContain("дело в принтере");
    expect(explained(found(stuck)[0])).toContain("почините принтер");
  });

  it("is the hand-out, one warning for all prints in a row of which nobody told", () => {
    const first = [...good, notice("2026-10-08 13:00", { handed: null })];
    expect(stagesOf(found(first))).toEqual([["notice-biweekly", "warning", "violation", "handed"]]);
    const again = [...first, notice("2026-10-22 13:00", { handed: null })];
    const later = found(again, "2026-11-04 12:00");
    expect(stagesOf(later)).toEqual([["notice-biweekly", "warning", "violation", "handed"]]);
    expect(later[0]).toMatchObject({ id: found(first)[0]?.id, details: { from: "2026-10-08", times: 1 } });
    expect(found([...first, notice("2026-10-22 13:00")], "2026-11-04 12:00")).toEqual([]);
  });

  it("is the way back, a hint once the slip is overdue, and only where slips do come back", () => {
    const lost = [...good, notice("2026-10-08 13:00", { handed: "2026-10-09 12:00" })];
    expect(found(lost)).toEqual([]);
    const next = back("2026-10-22 13:00", "2026-10-23 12:00", "2026-11-09 12:00");
    expect(stagesOf(found([...lost, next], "2026-11-03 12:00"))).toEqual([
      ["notice-biweekly", "hint", "violation", "returned"],
    ]);
    expect(explained(found([...lost, next], "2026-11-03 12:00")[0])).toContain("корешок с подписью семьи не вернулся");
    // The next slip came back: the family does get its notices.
    expect(found([...lost, next], "2026-11-10 12:00")).toEqual([]);
    const never = [...lost, next].map((one) => ({ ...one, returnedAt: null }));
    expect(found(never, "2026-11-10 12:00")).toEqual([]);
    const without = [...good, ...lost.slice(2).map((one) => ({ ...one, hasSlip: false })), next];
    expect(found(without, "2026-11-03 12:00")).toEqual([]);
  });

  it("is asked for by п. 6 where the slip acknowledges final marks, whether or not looks are known", () => {
    const finals = { ...notice("2026-10-08 13:00", { handed: "2026-10-09 12:00" }), finals: true };
    const next = back("2026-10-22 13:00", "2026-10-23 12:00", "2026-11-09 12:00");
    const [hint, ...rest] = found([...good, finals, next], "2026-11-10 12:00");
    expect(rest).toEqual([]);
    expect(stagesOf(hint === undefined ? [] : [hint])).toEqual([["parents-look", "hint", "missing", "returned"]]);
    expect(explained(hint)).toContain("Распечатка с итоговыми отметками передана семье 9 октября 2026");
    const told = { ...finals, returnedAt: at("2026-10-12 12:00") };
    expect(found([...good, told, next], "2026-11-10 12:00")).toEqual([]);
  });

  it("gives the days from the hand-out to the next, where it was told in time, as the cycle counts them", () => {
    const friday = (handed: string | null) => [
      ...good.slice(0, 1),
      notice("2026-09-24 13:00", { handed }),
      notice("2026-10-09 08:30", { handed: "2026-10-09 12:00" }),
    ];
    const violations = (handed: string | null) => found(friday(handed)).filter((one) => one.severity === "violation");
    expect(violations("2026-09-25 12:00")).toEqual([]);
    expect(violations(null)).toMatchObject([{ verdict: "late", dueAt: at("2026-10-09 00:00") }]);
    // Telling it weeks later wins no time.
    expect(violations("2026-10-16 12:00")).toMatchObject([{ verdict: "late", dueAt: at("2026-10-09 00:00") }]);
  });
});
