import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileTables } from "../../../adapters/tables/read-table.ts";
import type { Cell } from "../../../src/domain/import/table.ts";
import { windows1251 } from "../../bad-input/files.ts";
import { workbook } from "../../support/workbook.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sverka-tables-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array, sheet: string | null = null) {
  await writeFile(join(folder, "список"), content);
  return fileTables.read(join(folder, "список"), { sheet });
}
const cells = async (content: string | Uint8Array, sheet: string | null = null) =>
  (await read(content, sheet)).rows.map((row): readonly Cell[] => row.cells);

describe("a text", () => {
  const text = "Класс;Часы\r\n5 А;1,5\r\n";
  const rows = [
    ["Класс", "Часы"],
    ["5 А", "1,5"],
  ];

  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["Windows-1251", windows1251(text)],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["tabs", Buffer.from(text.replaceAll(";", "\t"))],
    ["quoted commas", Buffer.from('Класс,Часы\n"5 А","1,5"\n')],
    ["a told delimiter", Buffer.from(`sep=|\n${text.replaceAll(";", "|")}`)],
  ])("is read in %s", async (_, content) => {
    expect(await cells(content)).toEqual(rows);
  });

  it("counts lines as an editor does, over blank ones and cells of several lines", async () => {
    const { rows: found } = await read('Класс;Тема\n\n5 А;"Дроби\nи степени"\n;\n5 Б;Дроби\n');
    expect(found.map(({ number }) => number)).toEqual([1, 3, 6]);
    expect(found[1]?.cells[1]).toBe("Дроби\nи степени");
  });
});

describe("a book", () => {
  it("gives numbers, days, kept values of formulas, and merged cells everywhere", async () => {
    const rows = [
      ["Класс", "Дата", "Часы", "Сумма"],
      ["5 А", { serial: 46300 }, 1.5, { formula: "C2*2", value: 3 }],
      [null, { serial: 46301.5 }, 46300, { formula: 'A2&"!"', value: "5 А!" }],
    ];
    expect(await cells(workbook({ name: "Лист1", rows, merges: ["A2:A3"] }))).toEqual([
      ["Класс", "Дата", "Часы", "Сумма"],
      ["5 А", { day: "2026-10-05" }, 1.5, 3],
      ["5 А", { day: "2026-10-06" }, 46300, "5 А!"],
    ]);
  });

  it("reads the named sheet, else the first that is not hidden", async () => {
    const sheet = (name: string, hidden = false) => ({ name, hidden, rows: [[name]] });
    const book = workbook(sheet("Черновик", true), sheet("План"), sheet("Нагрузка"));
    expect(await read(book)).toMatchObject({ sheet: "План", rows: [{ number: 1, cells: ["План"] }] });
    expect(await cells(book, "нагрузка")).toEqual([["Нагрузка"]]);
    expect(await cells(book, "Черновик")).toEqual([["Черновик"]]);
  });

  it("is not blown up by a merged range of a million rows", async () => {
    const { rows } = await read(
      workbook({ name: "Лист1", rows: [["5 А"], [null, "x"], [null, "y"]], merges: ["A1:XFD1048576"] }),
    );
    expect(rows.map((row) => [row.number, row.cells.length, row.cells[0], row.cells[255]])).toEqual([
      [1, 256, "5 А", "5 А"],
      [2, 256, "5 А", "5 А"],
      [3, 256, "5 А", "5 А"],
    ]);
  });
});
