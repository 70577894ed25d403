import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileTables } from "../../../adapters/tables/read-table.ts";
import { printAnalysis } from "../../../src/documents/analysis/analysis-print.ts";
import { analysisWorkbook } from "../../../src/documents/analysis/analysis-workbook.ts";
import { analysisDocument } from "../../../src/domain/analysis/document.ts";
import type { ClassSnapshot } from "../../../src/domain/facts.ts";
import { analysed, finals, PUPILS, snapshotOf, taught } from "../../domain/analysis/scene.ts";
import { at, pupil } from "../../domain/rules/classroom.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sverka-analysis-"));
});
afterAll(() => rm(folder, { recursive: true }));

const FORMULA = '=HYPERLINK("http://evil.example")';
const snapshot = (over: Partial<ClassSnapshot> = {}): ClassSnapshot => ({
  ...snapshotOf({
    taught: [
      taught(
        { id: "m", name: "Математика", cells: { p1: "5 5 5", p2: "5 4 4 4 5", p3: "3 3 2", p4: "4 Б" } },
        "2026-09-07",
      ),
      taught(
        { id: "m", name: "Математика", cells: { p1: "5 5 4", p2: "4 4 4", p3: "3 3 3", p4: "4 4 Н" } },
        "2026-11-02",
      ),
    ],
    finals: [
      ...finals("q1", "m", "Математика", { p1: "5", p2: "4", p3: "2", p4: "н/а" }),
      ...finals("q2", "m", "Математика", { p1: "5", p2: "4", p3: "3", p4: "4-" }),
    ],
    pupils: PUPILS.map((id, index) => pupil(id, "2026-12-30 18:00", index + 1)).map((one, index) =>
      index === 0 ? { ...one, fullName: FORMULA } : one,
    ),
  }),
  classTeacher: "Лесов Пётр Ильич",
  ...over,
});

async function papers(term: string, of = snapshot(), simulation = true) {
  const analysis = analysed(of, term);
  const document = analysisDocument(analysis, { zone: "Europe/Moscow", simulation, leastMarks: 3 });
  const [pdf, xlsx] = [join(folder, "a.pdf"), join(folder, "a.xlsx")];
  const print = await printAnalysis(document, at("2026-12-30 18:00"));
  await writeFile(pdf, print);
  await writeFile(xlsx, await analysisWorkbook(analysis, document));
  const text = spawnSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).stdout.replaceAll("\u00a0", " ");
  const sheet = async (name: string) => (await fileTables.read(xlsx, { sheet: name })).rows.map(({ cells }) => cells);
  return { text, raw: Buffer.from(print).toString("latin1"), sheet };
}

describe("the print", () => {
  it("is tagged PDF/A with the label of a simulation, page numbers, and all its parts", async () => {
    const { text, raw } = await papers("2 четверть");
    expect(raw).toMatch(/pdfaid:part>2</);
    expect(text).toContain("УЧЕБНЫЕ ДАННЫЕ");
    expect(text).toMatch(/стр\. 1 из \d/);
    expect(text).toContain("Посчитано по итоговым отметкам. Прогнозов среди них нет.");
    // Three of four have 4 and 5, none a «2»; before it was two of four.
    expect(text).toMatch(/качество: только «4» и «5»\s+75 %\s+50 %\s+\+25 п\. п\./);
    expect(text).toMatch(/успеваемость: без «2» и неаттестованных\s+100 %\s+50 %\s+\+50 п\. п\./);
    expect(text).toMatch(/средний балл\s+4,00\s+3,66\s+\+0,34/);
    expect(text).toMatch(/Между двумя отметками: 0/);
    expect(text).toMatch(/Меньше отметок, чем нужно для аттестации \(3\): 1/);
    expect(text).toContain("Классный руководитель Лесов Пётр Ильич");
  });

  it("has no label and no comparison where there is none of either", async () => {
    const { text } = await papers("1 четверть", snapshot(), false);
    expect(text).not.toContain("УЧЕБНЫЕ");
    expect(text).toContain("Сравнить не с чем");
    expect(text).not.toContain("изменение");
    expect(text).toMatch(/Не аттестованы: 1/);
    expect(text).toMatch(/«н\/а»; отметок за период 1, пропущено 1 из 5/);
    expect(text).toMatch(/4,40: 4 и 5; итоговая 4/);
  });

  it("says that a forecast is one, and takes no difference from final marks", async () => {
    const { text } = await papers("2 четверть", {
      ...snapshot(),
      finals: snapshot().finals.filter(({ termExternalId }) => termExternalId === "q1"),
    });
    expect(text).toContain("2 четверть (прогноз)");
    expect(text).toContain("1 четверть (итоговые отметки)");
    expect(text).toContain("разность успехов не считается");
    expect(text).toMatch(/качество: только «4» и «5»\s+50 %\s+50 %\s+–/);
    expect(text).toMatch(/пропущено уроков\s+1\s+1\s+0/);
    expect(text).toContain("Ведомость: 2 четверть (прогноз)");
  });

  it("of grades 0 and 1 is about attendance only", async () => {
    const { text } = await papers("2 четверть", snapshot({ grade: 1 }));
    expect(text).toContain("только посещаемость");
    expect(text).not.toMatch(/качество:|Ведомость|Между двумя|средний/);
  });
});

describe("the workbook", () => {
  it("holds numbers as numbers and texts as texts, a formula too", async () => {
    const { sheet } = await papers("2 четверть");
    const summary = await sheet("Итог");
    expect(summary.slice(0, 5)).toEqual([
      ["показатель", "2 четверть (итоговые отметки)", "1 четверть (итоговые отметки)", "изменение"],
      ["учеников в расчёте", 4, 4, 0],
      ["качество: только «4» и «5», %", 75, 50, 25],
      ["успеваемость: без «2» и неаттестованных, %", 100, 50, 50],
      ["средний балл", 4, 3.66, 0.34],
    ]);
    expect(summary.flat()).toContain("УЧЕБНЫЕ ДАННЫЕ");
    expect((await sheet("По предметам"))[1]).toEqual([
      ...["Математика", 4, 1, 2, 1, 0, 0, 75, 50, 100, 50, 4, 3.66, 1, 1],
    ]);
    const pupils = await sheet("По ученикам");
    expect(pupils[1]?.slice(0, 4)).toEqual([1, FORMULA, "только «5»", 5]);
    expect(pupils[4]?.slice(2, 9)).toEqual(["«4» и «5», одна «4»: математика", 4, null, 1, 1, 1, 1]);
    expect((await sheet("Ведомость"))[4]).toEqual([4, "Ученик p4", "4-"]);
    expect((await sheet("Мало отметок"))[1]).toEqual([4, "Ученик p4", "Математика", "отметок 2; итоговая 4-"]);
    expect(await sheet("Не аттестованы")).toHaveLength(1);
  });
});
