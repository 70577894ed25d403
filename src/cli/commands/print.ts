import { type Command, InvalidArgumentError, Option } from "commander";
import { SverkaError } from "../../domain/error.ts";
import type { House } from "../../main.ts";
import { continuePrint, type PrintWord, retryPrints } from "../../print/continue-print.ts";
import { listPrintJobs, UNSETTLED } from "../../store/print-jobs.ts";
import { printingNeeds } from "../needs.ts";
import { printNow } from "../print-now.ts";
import { jobJson, lineOf } from "../print-text.ts";
import { printJson, type Tools } from "../tools.ts";

interface ContinueOptions {
  readonly job: number;
  readonly fromPage?: number;
  readonly allPrinted?: boolean;
  readonly cancel?: boolean;
  readonly printerGone?: boolean;
  readonly json?: boolean;
}

export function addPrint(program: Command, tools: Tools): void {
  const print = program.command("print").description("печать: что печатается, что стоит и почему, и как продолжить");

  print
    .command("jobs")
    .description("печати, которые не кончились: состояние, страницы и что делать")
    .option("--all", "и те, что кончились")
    .option("--json", "список одним документом JSON")
    .action((options: { all?: boolean; json?: boolean }) => tools.lookAround((house) => shown(tools, house, options)));

  print
    .command("continue")
    .description("сказать, что вышло из прерванной печати, и продолжить её или закончить")
    .addOption(numberOption("--job <номер>", "номер печати").makeOptionMandatory())
    .addOption(numberOption("--from-page <страница>", "печатать с этой страницы файла; с первой – 1"))
    .option("--all-printed", "всё уже вышло, печатать нечего")
    .option("--cancel", "больше не печатать")
    .option("--printer-gone", "прежнего принтера больше нет, спрашивать его не надо")
    .option("--json", "итог одним документом JSON")
    .addHelpText("after", "\nСтраницы считаются по файлу; при двусторонней печати лист – две страницы.")
    .action(async (options: ContinueOptions) => {
      const word = wordOf(options);
      await tools.withHouse(async (house) => {
        const needs = { ...printingNeeds(house), signal: tools.signal };
        const { job: id, printerGone = false } = options;
        const fresh = await continuePrint(needs, { id, word, printerGone });
        await printNow(house, tools.signal);
        if (options.json) return printJson(tools.stdout, { job: id, continuedBy: fresh });
        tools.stdout.write(
          fresh === null ? `Печать № ${id} закончена.\n` : `Печать № ${id} продолжена печатью № ${fresh}.\n`,
        );
        if (fresh !== null) await shown(tools, house, {});
      });
    });

  print
    .command("retry")
    .description("попробовать ещё раз то, от чего принтер отказался, и то, что ждёт")
    .addOption(numberOption("--job <номер>", "номер печати; без него – все отвергнутые"))
    .option("--json", "список одним документом JSON")
    .action(async ({ job, json = false }: { job?: number; json?: boolean }) =>
      tools.withHouse(async (house) => {
        const needs = { ...printingNeeds(house), signal: tools.signal };
        const refused = await listPrintJobs(house.store, house.school.id, ["refused"]);
        await retryPrints(needs, job === undefined ? refused.map(({ id }) => id) : [job]);
        await printNow(house, tools.signal);
        await shown(tools, house, { json });
      }),
    );
}

function numberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("нужно число от 1.");
    return Number(text);
  });
}

function wordOf({ fromPage, allPrinted, cancel }: ContinueOptions): PrintWord {
  const words: PrintWord[] = [];
  if (fromPage !== undefined) words.push({ kind: "from", page: fromPage });
  if (allPrinted) words.push({ kind: "all-printed" });
  if (cancel) words.push({ kind: "cancel" });
  const [word] = words;
  if (word !== undefined && words.length === 1) return word;
  throw new SverkaError(
    "input",
    "print-word",
    "Скажите одно из трёх: --from-page СТРАНИЦА (печатать с неё), --all-printed (всё вышло) или --cancel (больше не печатать).",
  );
}

async function shown(
  tools: Tools,
  { store, school, printer }: House,
  options: { all?: boolean; json?: boolean },
): Promise<void> {
  const jobs = await listPrintJobs(store, school.id, options.all ? undefined : UNSETTLED);
  if (options.json)
    return printJson(
      tools.stdout,
      jobs.map((job) => jobJson(job, school.zone, printer)),
    );
  if (jobs.length === 0) tools.stdout.write("Печатать нечего: всё, что просили, напечатано.\n");
  for (const job of jobs) tools.stdout.write(lineOf(job));
}
