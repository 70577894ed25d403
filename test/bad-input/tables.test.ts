import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileTables } from "../../adapters/tables/read-table.ts";
import { LIST_KINDS } from "../../src/domain/import/kinds/index.ts";
import { readList } from "../../src/domain/import/read-list.ts";
import { defaultImportSettings } from "../../src/domain/import/settings.ts";
import { sampleDirectory } from "../domain/import/sample.ts";
import { BAD_ROWS, type BadTable, NO_LISTS_IN_THEM, NO_TABLES } from "./tables.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sverka-bad-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read({ name, kind, content, sheet }: BadTable) {
  const path = join(folder, name);
  await writeFile(path, content);
  const table = await fileTables.read(path, { sheet: sheet ?? null });
  return readList(table, { kind: LIST_KINDS[kind], directory: sampleDirectory, settings: defaultImportSettings });
}

/** What a person reads: the sentence of the refusal, or of each refused row. */
async function sentence(bad: BadTable): Promise<string> {
  try {
    const { refused } = await read(bad);
    return refused.map(({ row, reason }) => `строка ${row}: ${reason}`).join(" | ");
  } catch (error) {
    expect(error).toMatchObject({ name: "SverkaError", kind: "input" });
    return (error as Error).message;
  }
}

describe.each([
  ["a file that is no table", NO_TABLES],
  ["a table that is no list", NO_LISTS_IN_THEM],
  ["a row that is refused", BAD_ROWS],
])("%s", (_, cases) => {
  it.each(cases)("$what", async (bad) => {
    expect(await sentence(bad)).toBe(bad.sentence);
  });
});

it("says what to do about a file that is not there, and a folder", async () => {
  await expect(fileTables.read(join(folder, "нет.xlsx"), { sheet: null })).rejects.toThrow(
    "Файл «нет.xlsx» не найден: проверьте путь и имя.",
  );
  await expect(fileTables.read(folder, { sheet: null })).rejects.toThrow(
    /– это папка: назовите файл XLSX или CSV в ней\.$/,
  );
});
