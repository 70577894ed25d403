import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listDiff } from "../../../src/domain/import/diff.ts";
import { LIST_KINDS } from "../../../src/domain/import/kinds/index.ts";
import type { ListRecord } from "../../../src/domain/import/list-kind.ts";
import { keyOf, readList } from "../../../src/domain/import/read-list.ts";
import { defaultImportSettings, type ImportKind } from "../../../src/domain/import/settings.ts";
import type { Cell } from "../../../src/domain/import/table.ts";
import { sampleDirectory } from "./sample.ts";

const read = (kind: ImportKind, rows: readonly (readonly Cell[])[], given: Record<string, string> = {}) =>
  readList(
    { sheet: null, rows: rows.map((cells, index) => ({ number: index + 1, cells })) },
    { kind: LIST_KINDS[kind], directory: sampleDirectory, settings: defaultImportSettings, given },
  );

describe("a table", () => {
  it("has its header wherever it stands, also over two rows, and other columns beside", () => {
    const { header, unused, records } = read(
      "plan",
      [
        ["Календарно-тематическое планирование"],
        ["№", "Тема", "Часы", "Дата", "Дата", "Примечания"],
        ["№", "Тема", "Часы", "план", "факт", "Примечания"],
        [1, "Дроби", 1, "05.10.2026", "06.10.2026", "—"],
      ],
      { class: "5 А", subject: "матем" },
    );
    expect([header, unused]).toEqual([3, ["Дата факт", "Примечания"]]);
    expect(records.map(({ record }) => record)).toEqual([
      {
        classExternalId: "51",
        subjectExternalId: "31",
        group: "",
        number: 1,
        plannedOn: "2026-10-05",
        topic: "Дроби",
        hours: 1,
      },
    ]);
  });

  it("leaves out, and tells, what is no row of the list", () => {
    const { leftOut, refused, records } = read("curriculum", [
      ["Класс", "Предмет", "Часы"],
      ["Основная школа", "Основная школа", "Основная школа"],
      ["5 А", "Математика", 5],
      [null, null, null],
      ["Класс", "Предмет", "Часы"],
      ["5 Б", "Математика", "–"],
      ["5а", "матем.", "5,0"],
      ["Всего", null, 5],
      ["Директор", "Р. Р. Зарева", null],
    ]);
    expect(refused).toEqual([]);
    expect(records.map(({ row }) => row)).toEqual([3]);
    expect(leftOut).toEqual([
      { row: 2, reason: "строка-раздел" },
      { row: 5, reason: "повтор заголовка" },
      { row: 6, reason: "часов нет" },
      { row: 7, reason: "повторяет строку 3" },
      { row: 8, reason: "итог, подпись или примечание" },
      { row: 9, reason: "итог, подпись или примечание" },
    ]);
  });

  it("may be the matrix of subjects and classes", () => {
    const { records, leftOut } = read("curriculum", [
      ["Учебный план 2026/27"],
      ["Предметная область", "Учебные предметы", "5 А", "5 Б", "10 А"],
      ["Обязательная часть"],
      ["Математика и информатика", "Математика", 5, "5", 4.5],
      ["Русский язык", "Русский язык", 5, null, "-"],
      ["Итого", null, 10, 5, 4.5],
    ]);
    expect(
      records.map(({ row, record }) => [row, record.classExternalId, record.subjectExternalId, record.weeklyHours]),
    ).toEqual([
      [4, "51", "31", 5],
      [4, "52", "31", 5],
      [4, "101", "31", 4.5],
      [5, "51", "32", 5],
    ]);
    expect(leftOut.map(({ row }) => row)).toEqual([3, 6]);
  });

  it("tells a pupil who has left from one who never was", () => {
    const rows = (name: string) => [
      ["Класс", "Ученик", "Родитель", "Способ"],
      ["5 А", name, "Снегова Р. Р.", "на бумаге"],
      ["5 А", "Клёнова Анна", "Клёнова О. О.", "дневник"],
    ];
    expect(read("delivery", rows("Снегова Дарья"))).toMatchObject({
      refused: [],
      leftOut: [{ row: 2, reason: "ученик выбыл" }],
    });
    expect(read("delivery", rows("Снегова Дарина")).refused).toHaveLength(1);
  });

  it("names a group as the journal does, and an archive's week by its Monday", () => {
    const groups = ["1", "1 группа", "гр. 1", "подгруппа 1", "весь класс", "", "Мальчики"].map(
      (group) =>
        read("load", [
          ["Класс", "Предмет", "Группа", "Часы", "Учитель"],
          ["5 А", "Математика", group, 5, "Лугова А. П."],
        ]).records[0]?.record.group,
    );
    expect(groups).toEqual(["1", "1", "1", "1", "", "", "Мальчики"]);
    const archives = read("archives", [
      ["Вид", "Дата", "Класс"],
      ["неделя", "08.10.2026", "5 А"],
      ["книга", "08.10.2026", "5 А"],
    ]);
    expect(archives.records.map(({ record }) => record.startsOn)).toEqual(["2026-10-05", "2026-10-08"]);
  });
});

describe("the difference of two lists", () => {
  const kind = LIST_KINDS.curriculum;
  const list = fc
    .uniqueArray(
      fc.record({
        classExternalId: fc.constantFrom("51", "52"),
        subjectExternalId: fc.constantFrom("31", "32", "33"),
        weeklyHours: fc.constantFrom(1, 2.5),
      }),
      { selector: (record) => keyOf(kind, record) },
    )
    .map((records): ListRecord[] => records);
  const sorted = (records: readonly ListRecord[]) =>
    records.map((record) => JSON.stringify(Object.entries(record).sort())).sort();

  it("leads from the one to the other and back, and touches nothing that is the same", () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { added, changed, removed, same } = listDiff(kind, before, after);
        const dropped = new Set([...removed, ...changed.map((one) => one.before)].map((record) => keyOf(kind, record)));
        const there = [
          ...before.filter((record) => !dropped.has(keyOf(kind, record))),
          ...added,
          ...changed.map((one) => one.after),
        ];
        expect(sorted(there)).toEqual(sorted(after));
        const put = new Set([...added, ...changed.map((one) => one.after)].map((record) => keyOf(kind, record)));
        const back = [
          ...there.filter((record) => !put.has(keyOf(kind, record))),
          ...removed,
          ...changed.map((one) => one.before),
        ];
        expect(sorted(back)).toEqual(sorted(before));
        expect(same).toBe(after.length - added.length - changed.length);
        expect(listDiff(kind, after, after)).toEqual({ added: [], changed: [], removed: [], same: after.length });
      }),
    );
  });
});
