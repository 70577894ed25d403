import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMapping, defaultMapping } from "../../src/domain/mapping.ts";

const mapping = createMapping(defaultMapping);
const cell = (text: string) => {
  const { marks, absences, unknown } = mapping.readCell(text);
  return [marks, absences.map(({ letter }) => letter), unknown];
};

describe("a cell (avers-protocol.md § 6)", () => {
  it.each([
    ["5", ["5"], [], []],
    ["4/3", ["4", "3"], [], []],
    ["5 4", ["5", "4"], [], []],
    ["5, 4", ["5", "4"], [], []],
    ["4-", ["4-"], [], []],
    ["Н", [], ["Н"], []],
    ["нп", [], ["НП"], []],
    ["Уп", [], ["УП"], []],
    ["ОП", [], ["ОП"], []],
    ["Н/4", ["4"], ["Н"], []],
    ["Б 3", ["3"], ["Б"], []],
    ["н/а", ["н/а"], [], []],
    ["Н/А", ["Н/А"], [], []],
    ["Н/н/а", ["н/а"], ["Н"], []],
    ["зач", ["зач"], [], []],
    ["НЕЗАЧ", ["НЕЗАЧ"], [], []],
    ["ОСВ", ["ОСВ"], [], []],
    ["усв/неусв", ["усв", "неусв"], [], []],
    ["Ъ", [], [], ["Ъ"]],
    ["6", [], [], ["6"]],
    ["0", [], [], ["0"]],
    ["45", [], [], ["45"]],
    ["  ", [], [], []],
    ["Н/Ъ/5", ["5"], ["Н"], ["Ъ"]],
  ])("%s", (text, marks, absences, unknown) => {
    expect(cell(text)).toEqual([marks, absences, unknown]);
  });

  it("knows marks up to the school's highest", () => {
    expect(createMapping(defaultMapping, 10).readCell("10/7").numbers).toEqual([10, 7]);
    expect(mapping.readCell("10").unknown).toEqual(["10"]);
  });

  it("tells a late pupil from an absent one", () => {
    expect(mapping.readCell("ОП").absences).toEqual([{ letter: "ОП", kind: "late" }]);
  });

  it("never fails, and loses nothing of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const { marks, absences, unknown } = createMapping(defaultMapping).readCell(text);
        const kept = [...marks, ...absences.map(({ letter }) => letter), ...unknown].join("").length;
        expect(kept).toBe(
          text.trim().replace(/[\s/\\,;|]+/g, "").length + marks.filter((mark) => mark.includes("/")).length,
        );
      }),
    );
  });
});

describe("a work type", () => {
  it.each([
    ["Ответ на уроке", "oral"],
    ["  ответ НА уроке. ", "oral"],
    ["Устный счет", "oral"],
    ["Ответ на уроке № 2", "oral"],
    ["Контрольная работа", "written"],
    ["КОНТРОЛЬНАЯ   работа!", "written"],
    ["Контрольная работа № 3", "written"],
    ["Итоговая контрольная работа по теме «Дроби»", "written"],
    ["Зачет", "written"],
    ["Зачёт", "written"],
    ["к/р", "written"],
    ["К.Р.", "written"],
    ["к. р.", "written"],
    ["С/р №4", "written"],
    ["д/з", "homework"],
    ["Домашняя работа № 4", "homework"],
    ["Домашняя контрольная работа", "written"],
    ["Проверка: домашнее задание", "homework"],
    ["Тест/диктант", "written"],
    ["Письменный ответ на вопросы", "written"],
    ["Танец", "unknown"],
    ["Контрольность", "unknown"],
    ["Ответ на контрольной", "unknown"],
    ["", "unknown"],
    [null, "unknown"],
  ])("«%s» is %s", (text, kind) => {
    expect(mapping.workKind(text)).toBe(kind);
  });

  it("never fails, and does not mind case and spaces", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(mapping.workKind(` ${text.toUpperCase()}  `)).toBe(mapping.workKind(text.toUpperCase()));
      }),
    );
  });
});
