import { describe, expect, it } from "vitest";
import { analyseClass } from "../../../src/domain/analysis/analyse-class.ts";
import type { PupilFigures, TermFigures } from "../../../src/domain/analysis/figures.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at, pupil } from "../rules/classroom.ts";
import { analysed, finals, PUPILS, snapshotOf, TERMS, taught } from "./scene.ts";

// Means: p1 5; p2 4.4; p3 3; p4 two marks only.
const maths = taught(
  {
    id: "m",
    name: "Математика",
    cells: { p1: "5 5 5 . .", p2: "5 4 4 4 5", p3: "3 3 3 Б Н", p4: "Б 4 УП 4 ОП" },
  },
  "2026-09-07",
);
// Means: p1 4; p2 3.5; p3 (2 + 2·2 + 3) / 4 = 2.25; p4 no mark.
const russian = taught(
  {
    id: "r",
    name: "Русский язык",
    cells: { p1: "4 4 4", p2: "4 4 3", p3: "2 2 3", p4: "Б НП ." },
    weights: [null, 2, null],
  },
  "2026-09-07",
);
const both = [maths, russian];
const given = [
  ...finals("q1", "m", "Математика", { p1: "5", p2: "5", p3: "3", p4: "4" }),
  ...finals("q1", "r", "Русский язык", { p1: "4", p2: "4", p3: "2", p4: "н/а" }),
];

const who = ({ pupils }: TermFigures, id: string): PupilFigures => {
  const found = pupils.find(({ externalId }) => externalId === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const flagged = ({ pupils }: TermFigures, flag: "few" | "between") =>
  pupils.flatMap(({ externalId, subjects }) =>
    subjects.flatMap((one) => (one[flag] ? [`${externalId} ${one.subjectExternalId}`] : [])),
  );

describe("the end of a term by final marks", () => {
  const { now } = analysed(snapshotOf({ taught: both, finals: given }));

  it("counts each pupil once: quality is only 4 and 5, success is neither «2» nor unassessed", () => {
    expect(now).toMatchObject({ basis: "finals", ended: true, gaps: [] });
    // p1 and p2 of four have only 4 and 5; p3 has a «2», p4 «н/а».
    expect(now.total).toMatchObject({ pupils: 4, quality: 2, success: 2, failing: 1, unassessed: 1 });
    expect(now.total).toMatchObject({ excellent: 0, good: 2 });
    // 5 + 5 + 3 + 4 + 4 + 4 + 2 = 27 over seven marks.
    expect(now.total.mean).toBeCloseTo(27 / 7);
  });

  it("counts by subject", () => {
    const [m, r] = now.subjects;
    expect(m).toMatchObject({ name: "Математика", pupils: 4, marks: [2, 1, 1, 0], quality: 3, success: 4, mean: 4.25 });
    expect(r).toMatchObject({ name: "Русский язык", pupils: 4, marks: [0, 2, 0, 1], quality: 2, success: 2 });
    expect(r).toMatchObject({ unassessed: 1, mean: 10 / 3 });
  });

  it("names each pupil's standing, mean, and the one mark that is in the way", () => {
    expect(now.pupils.map(({ standing }) => standing?.standing)).toEqual(["good", "good", "failing", "unassessed"]);
    expect(now.pupils.map(({ mean }) => mean)).toEqual([4.5, 4.5, 2.5, 4]);
    // p1 has one «4», beside a «5»: it stands at the second place.
    expect(now.pupils.map(({ standing }) => standing?.lone)).toEqual([1, 1, null, null]);
  });

  it("counts lessons and days missed by reason, late-comers apart", () => {
    const { total, byReason, late, lessons } = who(now, "p4").absences;
    // 7 September: ill in both subjects; 8: «НП» in one; 9: «УП» in one; 11: late.
    expect(total).toEqual({ lessons: 4, days: 3 });
    expect(byReason.ill).toEqual({ lessons: 2, days: 1 });
    expect(byReason.unexcused).toEqual({ lessons: 1, days: 1 });
    expect(byReason.excused).toEqual({ lessons: 1, days: 1 });
    expect(byReason.absent).toEqual({ lessons: 0, days: 0 });
    expect([late, lessons]).toEqual([1, 8]);
    expect(now.total.absences).toMatchObject({ total: { lessons: 6, days: 5 }, late: 1, lessons: 32 });
    expect(now.subjects.map(({ absences }) => absences.total.lessons)).toEqual([4, 2]);
  });

  it("shows who has too few marks and who stands between two, whatever the final mark", () => {
    expect(flagged(now, "few")).toEqual(["p4 m", "p4 r"]);
    // p2: 4.4 is 0.1 from 4.5; 3.75 (4 + 2·4 + 3 over 4) is not near.
    expect(flagged(now, "between")).toEqual(["p2 m"]);
    expect(who(now, "p2").subjects[0]?.between).toMatchObject({ lower: 4, upper: 5, needed: 1 });
    const { now: wide } = analysed(snapshotOf({ taught: both, finals: given }), "1 четверть", {
      policy: { termAnalysis: { ...defaultPolicy.termAnalysis, near: 0.25, leastMarks: 2 } },
    });
    expect(flagged(wide, "between")).toEqual(["p2 m", "p2 r", "p3 r"]);
    expect(flagged(wide, "few")).toEqual(["p4 r"]);
  });
});

it("takes a lesson for held when its day has come and was no day off", () => {
  const { now } = analysed(snapshotOf({ taught: both }), "1 четверть", { asOf: "2026-09-08 20:00" });
  expect([who(now, "p1").absences.lessons, now.ended]).toEqual([4, false]);
  const holidays = taught({ id: "m", name: "Математика", cells: { p1: "5 5 5" } }, "2026-10-22");
  const all = analysed(snapshotOf({ taught: [holidays], terms: [{ ...TERMS[0], to: "2026-10-26" }] }));
  expect(who(all.now, "p1").absences.lessons).toBe(2);
});

describe("results that are none yet", () => {
  it("are forecasts for everybody where no final marks are given", () => {
    const { now } = analysed(snapshotOf({ taught: both }));
    expect(now.basis).toBe("forecast");
    expect(now.pupils.map(({ subjects }) => subjects.map(({ result }) => result?.value))).toEqual([
      [5, 4],
      [4, 4],
      [3, 2],
      [null, null],
    ]);
    expect(now.total).toMatchObject({ pupils: 4, quality: 2, success: 2, failing: 1, unassessed: 1 });
  });

  it("never mix: a subject whose final marks are not given is left out and named", () => {
    const { now } = analysed(
      snapshotOf({ taught: both, finals: given.filter((one) => one.subjectExternalId === "m") }),
    );
    expect(now.basis).toBe("finals");
    expect(now.pupils.map(({ subjects }) => subjects[1]?.result)).toEqual([null, null, null, null]);
    expect(now.total).toMatchObject({ pupils: 4, quality: 3, success: 4, unassessed: 0 });
    expect(now.gaps).toEqual([expect.stringContaining("Русский язык")]);
  });

  it("accuse nobody because of a single early final mark", () => {
    const early = finals("q1", "m", "Математика", { p1: "5" });
    const { now } = analysed(snapshotOf({ taught: both, finals: early }));
    expect([now.basis, now.total.unassessed]).toEqual(["forecast", 1]);
  });

  it("are missing for a pupil whose page has them for the others", () => {
    const { now } = analysed(snapshotOf({ taught: both, finals: given.filter((one) => one.pupilExternalId !== "p1") }));
    expect(who(now, "p1").subjects.map(({ result }) => result?.kind)).toEqual(["missing", "missing"]);
    expect(now.total).toMatchObject({ pupils: 4, quality: 1, success: 1, unassessed: 2 });
  });

  it("are judged group by group where a subject is split", () => {
    const [one, two] = [
      { id: "e", name: "Английский язык", group: "1", cells: { p1: "5 5 5", p2: "4 4 4" } },
      { id: "e", name: "Английский язык", group: "2", cells: { p3: "3 3 3", p4: "4 4 4" } },
    ].map((subject) => taught(subject, "2026-09-07"));
    if (one === undefined || two === undefined) throw new Error();
    const { now } = analysed(
      snapshotOf({ taught: [one, two], finals: finals("q1", "e", "Английский язык", { p1: "5", p2: "4" }) }),
    );
    expect(now.total).toMatchObject({ pupils: 2, quality: 2, success: 2, unassessed: 0 });
    expect(now.gaps).toHaveLength(1);
  });

  it("leave out what vanished, the exempt, and what nobody understands", () => {
    const [first, ...rest] = finals("q1", "m", "Математика", { p1: "2", p2: "осв", p3: "цц", p4: "зач" });
    if (first === undefined) throw new Error();
    const { now } = analysed(
      snapshotOf({ taught: [maths], finals: [{ ...first, vanishedAt: at("2026-12-01 08:00") }, ...rest] }),
    );
    expect(now.pupils.map(({ subjects }) => subjects[0]?.result?.kind)).toEqual([
      "missing",
      "exempt",
      "unclear",
      "passed",
    ]);
    expect(now.total).toMatchObject({ pupils: 2, success: 1, quality: 0, unassessed: 1 });
    expect(now.gaps).toEqual([expect.stringContaining("«цц»")]);
  });
});

describe("classes and schools that are another matter", () => {
  it("grades 0 and 1 have attendance only, even where somebody gave marks", () => {
    for (const grade of [0, 1]) {
      const { now } = analysed(snapshotOf({ taught: both, finals: given, grade }));
      expect(now).toMatchObject({ basis: "attendance", gaps: [], total: { pupils: 0, mean: null } });
      expect([flagged(now, "few"), flagged(now, "between")]).toEqual([[], []]);
      expect(now.total.absences.total.lessons).toBe(6);
    }
  });

  it("another scale than five has attendance only, and says so", () => {
    const { now } = analysed(snapshotOf({ taught: both, finals: given }), "1 четверть", { maxMark: 12 });
    expect([now.basis, now.gaps]).toEqual(["attendance", [expect.stringContaining("до 12")]]);
  });

  it("a pupil whose pages were never read is left out and counted", () => {
    const pupils = PUPILS.map((id, index) => pupil(id, id === "p4" ? null : "2026-12-30 18:00", index + 1));
    const { now } = analysed(snapshotOf({ taught: both, finals: given, pupils }));
    expect(now.total).toMatchObject({ pupils: 3, unassessed: 0 });
    expect(now.gaps).toEqual([expect.stringContaining("1\u00a0ученика")]);
  });
});

describe("terms", () => {
  const autumn = taught({ id: "m", name: "Математика", cells: { p1: "4 4 4", p2: "3 3 3" } }, "2026-11-02");
  const snapshot = snapshotOf({
    taught: [maths, autumn],
    finals: finals("q1", "m", "Математика", { p1: "5", p2: "5", p3: "3", p4: "4" }),
  });

  it("stand beside the one before, each on what it rests", () => {
    const { now, before } = analysed(snapshot, "2 ЧЕТВЕРТЬ");
    expect([now.term.externalId, now.basis, now.total.quality, now.total.pupils]).toEqual(["q2", "forecast", 1, 2]);
    expect([before?.term.externalId, before?.basis, before?.total.quality]).toEqual(["q1", "finals", 3]);
    expect(analysed(snapshot, "q1").before).toBeNull();
  });

  it("compare with their own kind only", () => {
    const terms = [
      ...TERMS,
      { externalId: "h1", name: "I полугодие", from: "2026-09-01", to: "2026-10-30" },
      { externalId: "h2", name: "II полугодие", from: "2026-11-02", to: "2026-12-29" },
    ];
    expect(analysed({ ...snapshot, terms }, "II полугодие").before?.term.externalId).toBe("h1");
    expect(analysed({ ...snapshot, terms }, "2 четверть").before?.term.externalId).toBe("q1");
  });

  it("are the calendar's where the journal tells the days of none, then by forecasts only", () => {
    const undated = [{ externalId: "h9", name: "Модуль 9", from: null, to: null }];
    for (const terms of [[], undated]) {
      const { now } = analysed({ ...snapshot, terms }, "1 четверть");
      expect([now.term.externalId, now.basis]).toEqual([null, "forecast"]);
    }
  });

  it("of the journal take the days that only the calendar tells", () => {
    const terms = [{ externalId: "q1", name: "1 четверть", from: null, to: null }];
    const { now } = analysed({ ...snapshot, terms }, "q1");
    expect([now.term.from, now.basis]).toEqual(["2026-09-01", "finals"]);
  });

  it("that the class does not have are no analysis", () => {
    const { calendar } = defaultSettings;
    const mapping = createMapping(defaultMapping);
    const input = { snapshot, calendar, mapping, policy: defaultPolicy, asOf: at("2026-12-30 18:00") };
    expect(analyseClass(input, "1 триместр", { name: "Школа", maxMark: 5 })).toBeNull();
  });
});
