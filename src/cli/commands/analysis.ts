import { join, resolve } from "node:path";
import type { Command } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import { analyseSchool, fileAnalysis } from "../../control/term-analysis.ts";
import type { ClassAnalysis } from "../../domain/analysis/figures.ts";
import { measureText, percentOf } from "../../domain/analysis/measures.ts";
import { BASIS } from "../../domain/analysis/words.ts";
import { counted } from "../../domain/notice/words.ts";
import { classNamed } from "../class-named.ts";
import { analysisNeeds } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";

interface AnalysisOptions {
  readonly term: string;
  readonly class?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function addAnalysis(program: Command, tools: Tools): void {
  program
    .command("analysis")
    .description(
      "анализ успеваемости и посещаемости за учебный период («Порядок», п. 3.2.1): PDF и XLSX для классного руководителя",
    )
    .requiredOption("--term <период>", "учебный период: название, например «1 четверть», или его номер в журнале")
    .option("--class <класс>", "только этот класс, например «5 А»; без него – все")
    .option("--out <папка>", "куда положить PDF и XLSX; без неё – analysis в папке данных")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nСчитается по итоговым отметкам, а пока их нет – по прогнозу: так и сказано, вместе они не смешиваются. В 0 и 1 классах – только посещаемость.",
    )
    .action(async (options: AnalysisOptions) => {
      await tools.lookAround(async (house) => {
        const needs = await analysisNeeds(house);
        const one = options.class === undefined ? null : await classNamed(house, options.class);
        const order = { term: options.term, classExternalId: one?.externalId ?? null };
        const { classes, without } = await analyseSchool(needs, order);
        const folder = resolve(options.out ?? join(house.environment.data, "analysis"));
        const filed: { analysis: ClassAnalysis; files: readonly string[] }[] = [];
        for (const analysis of classes) {
          tools.signal.throwIfAborted();
          filed.push({ analysis, files: await fileAnalysis(needs, folderFiles, folder, analysis) });
        }
        if (options.json) {
          const documents = filed.map(({ analysis, files }) => ({ ...analysis, files }));
          printJson(tools.stdout, { asOf: needs.now, simulation: needs.simulation, classes: documents, without });
          return;
        }
        const lines = filed.flatMap(({ analysis, files }) => [
          summaryOf(analysis),
          ...files.map((file) => `  ${file}`),
        ]);
        const rest = without.length === 0 ? [] : [`Без этого периода: ${without.join(", ")}.`];
        tools.stdout.write(`${[...lines, ...rest].join("\n")}\n`);
      });
    });
}

function summaryOf({ className, now: { basis, total, pupils } }: ClassAnalysis): string {
  const missed = `пропущено ${counted(total.absences.total.lessons, "урок", "урока", "уроков")}`;
  if (basis === "attendance") return `${className}: ${BASIS[basis]}, ${missed}.`;
  const share = (part: number) => measureText(percentOf(part, total.pupils), "percent");
  const subjects = pupils.flatMap((pupil) => pupil.subjects);
  const near = subjects.filter(({ between }) => between !== null).length;
  const few = subjects.filter((one) => one.few).length;
  return `${className}: ${BASIS[basis]}; качество ${share(total.quality)}, успеваемость ${share(total.success)}, между двумя отметками ${near}, мало отметок ${few}, ${missed}.`;
}
