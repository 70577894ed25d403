import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileTables } from "../../adapters/tables/read-table.ts";
import { defaultImportSettings, type ImportKind } from "../../src/domain/import/settings.ts";
import { type ImportOrder, importList } from "../../src/import/import-list.ts";
import { undoImport } from "../../src/import/undo-import.ts";
import { classLists } from "../../src/store/class-lists.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { applyDirectory } from "../../src/store/directory.ts";
import { loadList } from "../../src/store/imports.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { sampleDirectory } from "../domain/import/sample.ts";
import { countWrites } from "../support/count-writes.ts";
import { freshDatabase } from "../support/postgres.ts";
import { workbook } from "../support/workbook.ts";

const at = Date.parse("2026-10-05T12:00:00+03:00");
let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let schoolId: number;
let folder: string;

beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  ({ id: schoolId } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at }));
  const { classes, pupils, subjects, staff } = sampleDirectory;
  const directory = {
    classes: classes.map((klass) => ({ ...klass, classTeacher: null, termIds: [] })),
    pupils: pupils.map(({ gone: _, ...pupil }) => ({ ...pupil, grade: 5 })),
    subjects,
    staff,
    terms: [],
    letters: [],
    unplaced: [],
  };
  const options = { at, massShare: 0.2, massCount: 10 };
  await applyDirectory(store, schoolId, directory, options);
  const staying = directory.pupils.filter(({ externalId }) => externalId !== "20006");
  await applyDirectory(store, schoolId, { ...directory, pupils: staying }, options);
  folder = await mkdtemp(join(tmpdir(), "sverka-import-"));
});

afterEach(async () => {
  await store.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function put(kind: ImportKind, content: string | Uint8Array, order: Partial<ImportOrder> = {}) {
  const source = join(folder, "список");
  await writeFile(source, content);
  return importList(
    { store, tables: fileTables, clock: { now: () => at }, settings: defaultImportSettings },
    schoolId,
    { kind, source, sheet: null, dryRun: false, whole: false, given: {}, ...order },
  );
}
const undo = (kind: ImportKind) => undoImport({ store, clock: { now: () => at + 1 } }, schoolId, kind);
const list = (kind: ImportKind) => inTransaction(store, (client) => loadList(client, schoolId, kind));

describe("an import", () => {
  it("takes the load from a merged workbook, and only the differences from the next one", async () => {
    const head = ["Класс", "Предмет", "Группа", "Часы", "Учитель"];
    const rows = [
      ["5 А", "матем.", null, 5, "Лугова А. П."],
      [null, "Русский язык", null, { formula: "2+2,5", value: 4.5 }, "Полева М. И."],
      [null, "англ. яз.", "1 группа", "3", "Ручьёв Пётр Ильич"],
    ];
    const sheet = { name: "Нагрузка", rows: [["Нагрузка на 2026/27"], head, ...rows, ["Итого", null, null, 12.5]] };
    const first = await put("load", workbook({ ...sheet, merges: ["A1:E1", "A3:A5"] }));
    expect(first.refused).toEqual([]);
    expect(first).toMatchObject({ covers: "класс 5 А", header: 2, written: true, same: 0 });
    expect(first.added.map(({ row }) => row)).toEqual([3, 4, 5]);
    expect(first.leftOut).toEqual([{ row: 6, reason: "итог, подпись или примечание" }]);
    expect(first.notes.map(({ row }) => row)).toEqual([4]);
    const lists = await classLists(store, schoolId, "51", at);
    expect(lists.load?.map(({ subject, group, holder, weeklyHours }) => [subject, group, holder, weeklyHours])).toEqual(
      [
        ["Математика", "", { externalId: "7", name: "Лугова Анна Петровна" }, 5],
        ["Русский язык", "", { externalId: null, name: "Полева М. И." }, 4.5],
        ["Иностранный язык (английский)", "1", { externalId: "10", name: "Ручьёв Пётр Ильич" }, 3],
      ],
    );

    const writes = await countWrites(store);
    const again = await put("load", workbook({ ...sheet, merges: ["A1:E1", "A3:A5"] }));
    expect(again).toMatchObject({ added: [], changed: [], removed: [], same: 3, written: false });
    expect(await writes()).toBe(0);
    const other = await put(
      "load",
      "класс;предмет;часы;учитель\n5А;Математика;6;Лугова Анна Петровна\n5А;Русский язык;4,5;Полева М. И.\n",
    );
    expect([other.added, other.changed, other.removed].map((one) => one.length)).toEqual([0, 1, 1]);
    expect(other.changed[0]).toMatchObject({
      row: 2,
      text: expect.stringContaining("6 ч."),
      before: expect.stringContaining("5 ч."),
    });
    // One changed row is taken away and put again, one is removed, and the import is noted.
    expect(await writes()).toBe(4);
  });

  it("writes nothing at all when one row is refused, nor when it is only looked at", async () => {
    const text = "Класс;Предмет;Часы\n5 А;Математика;5\n5 В;Математика;5\n";
    const refused = await put("curriculum", text);
    expect(refused).toMatchObject({
      written: false,
      refused: [{ row: 3, reason: "класса «5 В» в журнале нет (есть 5 А, 5 Б)" }],
    });
    expect(await put("curriculum", text.replace("5 В", "5 Б"), { dryRun: true })).toMatchObject({
      written: false,
      refused: [],
    });
    expect(await list("curriculum")).toEqual([]);
    expect((await classLists(store, schoolId, "51", at)).curriculum).toBeNull();
  });

  it("leaves what the file does not speak of, unless it is the whole list", async () => {
    await put("curriculum", "Класс;Предмет;Часы\n5 А;Математика;5\n5 Б;Математика;5\n");
    expect(await put("curriculum", "Класс;Предмет;Часы\n5 А;Русский язык;5\n")).toMatchObject({
      covers: "класс 5 А",
      removed: [{ text: expect.stringContaining("5 А · Математика") }],
    });
    expect((await list("curriculum")).map((row) => [row.classExternalId, row.subjectExternalId])).toEqual([
      ["51", "32"],
      ["52", "31"],
    ]);
    await put("curriculum", "Класс;Предмет;Часы\n5 А;Русский язык;5\n", { whole: true });
    expect(await list("curriculum")).toHaveLength(1);
  });

  it("is undone, one after the other, to what stood before", async () => {
    await put("curriculum", "Класс;Предмет;Часы\n5 А;Математика;5\n5 А;Русский язык;4\n");
    const before = await list("curriculum");
    await put("curriculum", "Класс;Предмет;Часы\n5 А;Математика;6\n5 А;Иностранный язык (английский);3\n");
    expect(await undo("curriculum")).toMatchObject({ added: 1, changed: 1, removed: 1 });
    expect(await list("curriculum")).toEqual(before);
    await undo("curriculum");
    expect(await list("curriculum")).toEqual([]);
    await expect(undo("curriculum")).rejects.toMatchObject({ code: "import-none" });
    expect((await classLists(store, schoolId, "51", at)).curriculum).toBeNull();
  });

  it("takes every kind there and back", async () => {
    const files: Record<ImportKind, string> = {
      curriculum:
        "Учебные предметы;5 А;5 Б;10А\nОбязательная часть\nМатематика;5;5;4,5\nРусский язык;5;–;\nИтого;10;5;4,5\n",
      load: "Класс;Предмет;Часы;Учитель\n5 A;Математика;5;Лугова А.П.\n",
      plan: "№ п/п;Тема;Часы;Дата\nРаздел 1\n1;Дроби;1;05.10.2026\n2;Степени;2;12 окт 2026\n",
      delivery:
        "Класс;ФИО ученика;Номер ученика;Родитель;Способ;Основание;Дата;Крупный шрифт\n5 А;Березкин Егор;;Березкина О. О.;на бумаге;заявление;01.09.2026;да\n5 Б;;20003;Рощина И. И.;электронно;;;\n5 А;Снегова Дарья;;Снегова Р. Р.;на бумаге;;;\n",
      substitutions:
        "Дата;По;Кого заменяют;Кто заменяет;Класс;Предмет\n05.10.2026;09.10.2026;Лугова А. П.;Ручьёв П. И.;5 А;\n",
      looks: "Класс;Ученик;Дата\n5 А;Клёнова Анна;05.10.2026\n5 А;Клёнова Анна;05.10.2026\n",
      archives: "Вид;Неделя;Класс;Проверен;Передан\nнеделя;07.10.2026;все классы;12.10.2026;\n",
    };
    const counts: Record<string, number> = {};
    for (const [kind, text] of Object.entries(files) as [ImportKind, string][]) {
      const given = kind === "plan" ? { class: "5 А", subject: "математика" } : {};
      const result = await put(kind, text, { given });
      expect([kind, result.refused]).toEqual([kind, []]);
      counts[kind] = result.added.length;
      const standing = await list(kind);
      expect(standing).toHaveLength(result.added.length);
      expect([kind, await put(kind, text, { given })]).toMatchObject([
        kind,
        { written: false, added: [], changed: [], removed: [] },
      ]);
    }
    expect(counts).toEqual({ curriculum: 4, load: 1, plan: 2, delivery: 2, substitutions: 1, looks: 1, archives: 3 });
    expect((await list("archives"))[0]).toMatchObject({
      kind: "week",
      startsOn: "2026-10-05",
      verifiedOn: "2026-10-12",
      handedOn: null,
    });
    for (const kind of Object.keys(files) as ImportKind[]) {
      await undo(kind);
      expect(await list(kind)).toEqual([]);
    }
  });
});
