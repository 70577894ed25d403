import { describe, expect, it } from "vitest";
import { membersBefore } from "../../../src/domain/journal/members.ts";
import { pageAt } from "../../../src/domain/journal/page-at.ts";
import { changeMoments, eventsUntil, type SeenVersion, stateAt } from "../../../src/domain/journal/seen-versions.ts";

const at = (text: string) => Temporal.Instant.from(`2026-11-${text}:00+03:00`).epochMilliseconds;
const seen = <Content>(content: Content, seenAt: number, more: Partial<SeenVersion<Content>> = {}) => ({
  content,
  seenAt,
  absentAt: null,
  vanishedAt: null,
  ...more,
});

const [monday, noon, night, tuesday] = [at("16T07:30"), at("16T12:00"), at("16T23:50"), at("17T07:30")];
/** A four that became a five, went away and came back as a three. */
const history = [
  seen("4", noon, { absentAt: monday }),
  seen("5", night, { absentAt: noon, vanishedAt: tuesday }),
  seen("3", at("18T12:00"), { absentAt: tuesday }),
];

describe("a cell at a moment", () => {
  it.each([
    ["16T11:59", null],
    ["16T12:00", { content: "4", changed: false, gone: false }],
    ["16T23:49", { content: "4", changed: false, gone: false }],
    ["17T00:00", { content: "5", changed: true, gone: false }],
    ["17T07:30", { content: "5", changed: true, gone: true }],
    ["18T12:00", { content: "3", changed: true, gone: false }],
  ])("is what had been seen by %s", (moment, expected) => {
    expect(stateAt(history, at(moment))).toEqual(expected);
  });

  it("tells its whole history, each step with the looks between which it happened", () => {
    expect(eventsUntil(history, at("30T00:00")).map(({ kind, after, by }) => [kind, after, by])).toEqual([
      ["seen", monday, noon],
      ["changed", noon, night],
      ["withdrawn", null, tuesday],
      ["returned", tuesday, at("18T12:00")],
    ]);
    expect(eventsUntil(history, night)).toHaveLength(2);
  });
});

it("makes one moment of all that one pass found, and never one before the change itself", () => {
  const second = 1000;
  const moments = changeMoments([
    [seen("4", noon + second)],
    [seen("5", noon + 90 * second), seen("4", night, { vanishedAt: tuesday })],
  ]);
  expect(moments).toEqual([noon + 120 * second, night, tuesday]);
});

describe("a class list", () => {
  it("is walked back through what happened since", () => {
    const moves = [
      { pupilExternalId: "c", from: null, to: "5a" },
      { pupilExternalId: "b", from: "5a", to: "5b" },
    ];
    expect([...membersBefore("5a", ["a", "c"], moves)].sort()).toEqual(["a", "b"]);
  });
});

describe("a page at a moment", () => {
  const day = (date: string) => ({ date, topic: "Дроби" });
  const pupil = (externalId: string, fullName: string, here = true) => ({ externalId, fullName, here, onPage: true });
  const facts = {
    pupils: [pupil("p2", "Полев И."), pupil("p1", "Лугова А."), pupil("p3", "Садова Е.", false)],
    moves: [{ pupilExternalId: "p3", from: "5a", to: "5b" }],
    lessons: [
      { externalId: "2", teacher: null, versions: [seen(day("2026-11-17"), noon)] },
      { externalId: "1", teacher: null, versions: [seen(day("2026-11-16"), noon)] },
      { externalId: "3", teacher: null, versions: [seen(day("2026-11-16"), noon, { vanishedAt: night })] },
      { externalId: "4", teacher: null, versions: [seen(day("2026-09-01"), noon)] },
    ],
    cells: new Map([["p1/1", [seen("5", night)]]]),
    finals: new Map(),
  };
  const order = { classExternalId: "5a", group: "", span: { from: "2026-11-09", to: "2026-12-29" } };

  it("has the lessons of the term in their order, and the class of then by surname", () => {
    const page = pageAt(facts, { ...order, at: night - 1 });
    expect(page.lessons.map(({ externalId, place }) => [externalId, place])).toEqual([
      ["1", 1],
      ["3", 2],
      ["2", null],
    ]);
    expect(page.pupils.map(({ fullName, number }) => [fullName, number])).toEqual([
      ["Лугова А.", 1],
      ["Полев И.", 2],
      ["Садова Е.", 3],
    ]);
    expect(page.pupils.flatMap(({ cells }) => cells.filter((cell) => cell !== null))).toEqual([]);
  });

  it("leaves out a lesson that was taken away without marks, and a pupil who left without any", () => {
    const page = pageAt({ ...facts, moves: [] }, { ...order, at: night });
    expect(page.lessons.map(({ externalId }) => externalId)).toEqual(["1", "2"]);
    expect(page.pupils.map(({ fullName }) => fullName)).toEqual(["Лугова А.", "Полев И."]);
    expect(page.pupils[0]?.cells[0]).toEqual({ content: "5", changed: false, gone: false });
  });

  it("keeps a lesson that was taken away as long as a mark had been seen in it", () => {
    const cells = new Map([["p1/3", [seen("4", noon, { vanishedAt: night })]]]);
    const page = pageAt({ ...facts, cells }, { ...order, at: night });
    expect(page.lessons.map(({ externalId, gone }) => [externalId, gone])).toEqual([
      ["1", false],
      ["3", true],
      ["2", false],
    ]);
    expect(page.pupils[0]?.cells[1]).toEqual({ content: "4", changed: false, gone: true });
  });
});
