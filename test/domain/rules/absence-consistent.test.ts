import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { check, classOf, entry, explained, findingsOf, lesson, pupil, teacher } from "./classroom.ts";

const rule = "absence-consistent";
const evening = "2026-10-05 18:00";
const recorded = [null, evening, "Дроби"] as const;
const five = ["101", "102", "103", "104", "105"].map((id) => lesson({ id, topic: recorded, pupils: ["p1"] }));

/** One pupil's Monday of five lessons: what stands in each cell. */
function monday(cells: readonly (string | null)[], other: Partial<Parameters<typeof classOf>[0]> = {}) {
  const entries = cells.flatMap((text, index) =>
    text === null ? [] : [entry("p1", [[null, evening, text]], { lessonId: String(101 + index) })],
  );
  return classOf({ lessons: five, entries, pupils: [pupil("p1", "2026-10-06 07:30")], ...other });
}

const found = (...args: Parameters<typeof monday>) => findingsOf(check(monday(...args)), rule);
const __ = null;

describe("Порядок 8: a lesson between two absences", () => {
  it("is a hint, for the teacher of that lesson, and counts nothing", () => {
    const outcome = check(monday(["Н", "Н", __, "Н", "Н"]));
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        severity: "hint",
        verdict: "violation",
        settled: false,
        lessonExternalId: "103",
        pupilExternalId: "p1",
        accountable: teacher,
        clause: "Порядок, п. 8",
        details: { what: "gap" },
      },
    ]);
    expect(outcome.tallies.filter((tally) => tally.rule === rule)).toEqual([]);
  });

  it.each([
    ["left for a doctor after the third lesson", [__, __, __, "Н", "Н"]],
    ["came for the last three", ["Н", "УП", __, __, __]],
    ["was marked in it", ["Н", "Н", "4", "Н", "Н"]],
    ["came late to it", ["Н", "Н", "ОП", "Н", "Н"]],
    ["has a letter that nobody knows in it", ["Н", "Н", "Ж", "Н", "Н"]],
    ["was late twice, which is no absence", ["ОП", __, __, __, "ОП"]],
    ["was absent all day", ["Н", "Н", "Н", "Н", "Н"]],
    ["was absent once", [__, __, "Н", __, __]],
  ] as const)("says nothing of a pupil who %s", (_, cells) => {
    expect(found(cells)).toEqual([]);
  });

  it("waits for the end of the day, and for a look after it", () => {
    const cells = ["Н", __, __, __, "Н"];
    expect(found(cells, { pupils: [pupil("p1", "2026-10-05 23:50")] })).toEqual([]);
    expect(found(cells, { pupils: [pupil("p1", "2026-10-06 00:00")] })).toHaveLength(3);
  });

  it("says nothing of a lesson that is not recorded, not the pupil's own, or gone", () => {
    const cells = ["Н", __, "Н"];
    const [first, , third] = five;
    const others = [
      lesson({ id: "102", topic: null, pupils: ["p1"] }),
      lesson({ id: "102", topic: recorded, pupils: ["p2"] }),
      lesson({ id: "102", topic: recorded, pupils: ["p1"], vanishedAt: "2026-10-06 12:00" }),
    ];
    for (const second of others) {
      expect(found(cells, { lessons: [first, second, third].flatMap((one) => one ?? []) })).toEqual([]);
    }
  });

  it("says so when the order of lessons is not known", () => {
    const strange = [lesson({ id: "900", date: "2026-10-01" }), lesson({ id: "50", date: "2026-10-07" }), ...five];
    const outcome = check(monday(["Н", __, "Н"], { lessons: strange }));
    const gaps = outcome.gaps.filter((gap) => gap.rule === rule);
    expect(gaps).toMatchObject([{ sentence: expect.stringContaining("каким по счёту идёт урок") }]);
    expect(findingsOf(outcome, rule)).toEqual([]);
    expect(check(monday(["Н", __, "Н"])).gaps.filter((gap) => gap.rule === rule)).toEqual([]);
  });

  it("explains itself as a question", () => {
    const text = explained(found(["Н", __, "Н"])[0]);
    expect(text).toContain("ученик отсутствовал до и после урока, а на самом уроке – нет");
    expect(text).toContain("Это подсказка, а не нарушение");
    expect(text).toContain("Если не был, отметьте отсутствие.");
  });
});

describe("Порядок 8: a mark beside an absence", () => {
  const at = (workType: string | null, text: string, options: { written?: boolean } = {}) => {
    const policy = {
      ...defaultSettings.policy,
      absenceConsistent: { marksForWrittenWork: options.written ?? false },
    };
    const snapshot = classOf({ lessons: [lesson({ workType })], entries: [entry("p1", [[null, evening, text]])] });
    return findingsOf(check(snapshot, { policy }), rule);
  };

  it("is a hint for an oral answer", () => {
    const [finding] = at("Ответ на уроке", "Н/4");
    expect(finding).toMatchObject({ severity: "hint", details: { what: "mark", text: "Н/4" } });
    expect(explained(finding)).toContain("В клетке стоят и отсутствие, и отметка: «Н/4».");
  });

  it.each([
    ["Контрольная работа", "Н/4"],
    ["Домашняя работа", "Б 5"],
    [null, "Н/4"],
    ["Танец", "Н/4"],
    ["Ответ на уроке", "ОП/4"],
    ["Ответ на уроке", "Н"],
    ["Ответ на уроке", "4"],
    ["Ответ на уроке", "н/а"],
  ])(
    "is none for «%s» with «%s»: it may have been written on another day, or there was no absence",
    (workType, text) => {
      expect(at(workType, text)).toEqual([]);
    },
  );

  it("is one for written work where the policy wants it", () => {
    expect(at("Контрольная работа", "Н/4", { written: true })).toHaveLength(1);
    expect(at("Танец", "Н/4", { written: true })).toEqual([]);
  });
});
