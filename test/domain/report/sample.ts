import type { StoredFinding, Tally } from "../../../src/domain/finding.ts";
import type { ComplianceInput } from "../../../src/domain/report/compliance.ts";
import { moscow } from "../notice/sample.ts";

const hour = 3_600_000;
export const letterAt = moscow("2026-10-09T18:15");
export const lastLetter = moscow("2026-10-08T18:15");

/** A late oral mark of 5 October in 5 А, found today, settled as it was found; provably late by 1 to 2 days. */
export function finding(over: Partial<StoredFinding> = {}): StoredFinding {
  const dueAt = moscow("2026-10-07T00:00");
  return {
    id: "f1",
    rule: "mark-oral",
    clause: "Порядок, п. 3.1.1",
    verdict: "late",
    severity: "violation",
    settled: true,
    dueAt,
    absentAt: dueAt + 26 * hour,
    seenAt: dueAt + 40 * hour,
    classExternalId: "c5",
    className: "5 А",
    subjectExternalId: "s1",
    subject: "Математика",
    lessonDate: "2026-10-05",
    lessonExternalId: "l1",
    pupilExternalId: "p1",
    about: null,
    accountable: { externalId: "t1", name: "Лебедева Мария Ивановна" },
    details: {},
    status: "settled",
    openedAt: moscow("2026-10-09T18:00"),
    settledAt: moscow("2026-10-09T18:00"),
    withdrawnAt: null,
    waivedAt: null,
    waiverId: null,
    ...over,
  };
}

/** An open finding without a fact: a lesson that nobody recorded. */
export function missing(over: Partial<StoredFinding> = {}): StoredFinding {
  return finding({
    rule: "lesson-same-day",
    verdict: "missing",
    settled: false,
    status: "open",
    settledAt: null,
    absentAt: moscow("2026-10-09T00:05"),
    seenAt: null,
    pupilExternalId: null,
    ...over,
  });
}

export function tally(over: Partial<Tally> = {}): Tally {
  return {
    rule: "mark-oral",
    accountable: "",
    classExternalId: "c5",
    inTime: 0,
    late: 0,
    missing: 0,
    violation: 0,
    unproved: 0,
    unlooked: 0,
    pending: 0,
    ...over,
  };
}

export function input(over: Partial<ComplianceInput> = {}): ComplianceInput {
  return {
    school: { name: "Специальная школа-интернат № 100", zone: "Europe/Moscow" },
    at: letterAt,
    since: lastLetter,
    findings: [],
    tallies: [tally({ inTime: 1180, late: 30, missing: 12, unproved: 78 })],
    pupils: [
      { externalId: "p1", fullName: "Ручьёв Пётр Ильич", className: "5 А", number: 1 },
      { externalId: "p2", fullName: "Клёнова Яна Тимофеевна", className: "5 А", number: 2 },
      { externalId: "p3", fullName: "Полев Лев Андреевич", className: "5 А", number: 12 },
    ],
    pupilsBy: "number",
    passes: [
      {
        state: "done",
        startedAt: moscow("2026-10-09T18:00"),
        pagesDone: 1240,
        pagesFailed: 0,
        quarantined: 0,
        trouble: null,
      },
    ],
    simulation: false,
    ...over,
  };
}
