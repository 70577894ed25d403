import { describe, expect, it } from "vitest";
import { importText } from "../../src/cli/import-text.ts";
import type { ImportResult } from "../../src/import/import-list.ts";

const result: ImportResult = {
  kind: "load",
  title: "нагрузка",
  fileName: "нагрузка.xlsx",
  sheet: "Лист1",
  header: 2,
  unusedColumns: ["Кабинет"],
  covers: "класс 5 А",
  added: [{ row: 3, text: "5 А · Математика" }],
  changed: [{ row: 4, text: "5 А · Физика · 3", before: "5 А · Физика · 2" }],
  removed: [{ text: "5 А · Химия" }],
  same: 7,
  leftOut: [{ row: 9, reason: "строка-раздел" }],
  refused: [],
  notes: [{ row: 3, reason: "имя, которого в журнале нет" }],
  written: true,
};

describe("the preview of an import", () => {
  it("tells what would be added, changed, removed and left out, and how to take it back", () => {
    expect(importText(result, false).split("\n")).toEqual([
      "нагрузка: нагрузка.xlsx, лист «Лист1», заголовок – строка 2. Речь о: класс 5 А; остальное не тронуто.",
      "Столбцы, которые не читаются: Кабинет.",
      "Добавляются (1):",
      "  строка 3: 5 А · Математика",
      "Меняются (1):",
      "  строка 4: 5 А · Физика · 3 (было: 5 А · Физика · 2)",
      "Убираются (1):",
      "  5 А · Химия",
      "Без изменений: 7.",
      "Оставлены в стороне (1):",
      "  строка 9: строка-раздел",
      "Приняты с замечанием (1):",
      "  строка 3: имя, которого в журнале нет",
      "Записано: добавлено 1, изменено 1, убрано 1. Отменить: «sverka import undo load».",
      "",
    ]);
  });

  it("says that nothing was written when it was only looked at, or nothing differs", () => {
    expect(importText({ ...result, written: false }, true)).toContain("Это только показ: ничего не записано.");
    const same = { ...result, added: [], changed: [], removed: [], written: false };
    expect(importText(same, false)).toContain("Список уже такой: записывать нечего.");
  });

  it("shows what is wrong, and no change, when a row is refused; the rest by its count", () => {
    const refused = Array.from({ length: 32 }, (_, index) => ({ row: index + 3, reason: "пусто в столбце «Предмет»" }));
    const text = importText({ ...result, refused, written: false }, false);
    expect(text).toContain("Не приняты (32):\n  строка 3: пусто в столбце «Предмет»\n");
    expect(text).toContain("  … и ещё 2: --json покажет все.");
    expect(text).toContain("Файл не принят: непонятых строк 32. Ничего не записано");
    expect(text).not.toMatch(/Добавляются|Убираются/);
  });
});
