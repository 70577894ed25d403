import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { SverkaError } from "../../domain/error.ts";
import type { IsoDate } from "../../domain/time.ts";
import { printNotices } from "../../notices/print-notices.ts";
import { listPupils } from "../../store/pupils.ts";
import { parseDay } from "../arguments.ts";
import { familiesOnPaper } from "../families-on-paper.ts";
import { byHandNeeds } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";
import { addBatches } from "./notices-batches.ts";
import { addCompose } from "./notices-compose.ts";
import { addHanded } from "./notices-handed.ts";
import { addPreview } from "./notices-preview.ts";
import { addCorrect, addReprint } from "./notices-reprint.ts";

interface NoticeOptions {
  from?: IsoDate;
  to?: IsoDate;
  out?: string;
  all?: boolean;
  list?: boolean;
  json?: boolean;
}

export function addNotices(program: Command, tools: Tools): void {
  const notices = program
    .command("notices")
    .description("распечатки для семей на бумаге: один PDF/A, по классам и фамилиям")
    .addOption(new Option("--from <день>", "первый день, например 2026-10-05 или 05.10.2026").argParser(parseDay))
    .addOption(new Option("--to <день>", "последний день").argParser(parseDay))
    .option("--out <папка>", "куда положить PDF")
    .option("--all", "для всех учеников, а не только семей на бумаге (sverka import delivery или paper-families.yaml)")
    .option("--list", "показать учеников с их номерами в журнале, ничего не печатая")
    .option("--json", "итог одним документом JSON")
    .action(async (options: NoticeOptions) => {
      const order = options.list ? null : orderOf(options);
      const open = order === null ? tools.lookAround : tools.withHouse;
      await open(async (house) => {
        if (order === null) return listed(tools, await listPupils(house.store, house.school.id), options);
        const untold = (await familiesOnPaper(house)) === null;
        const printed = await printNotices(await byHandNeeds(house), { ...order, all: options.all === true });
        if (options.json) return printJson(tools.stdout, { ...printed, everybody: options.all === true || untold });
        if (untold && !options.all)
          tools.stdout.write(
            "Кто получает распечатки, не сказано (sverka import delivery или paper-families.yaml), поэтому они сделаны для всех.\n",
          );
        tools.stdout.write(
          printed.notices === 0
            ? "Печатать нечего: учеников из списка семей на бумаге в журнале нет. Сначала «sverka sync»?\n"
            : `Распечаток: ${printed.notices}, классов: ${printed.classes}.\n${printed.files.map((file) => `  ${file}\n`).join("")}Когда раздадите: «sverka notices handed --batch ${printed.batch} --class "5 А"».\n`,
        );
      });
    });
  addCompose(notices, tools);
  addBatches(notices, tools);
  addHanded(notices, tools);
  addReprint(notices, tools);
  addCorrect(notices, tools);
  addPreview(notices, tools);
}

function orderOf({ from, to, out }: NoticeOptions): { span: { from: IsoDate; to: IsoDate }; out: string } {
  if (from !== undefined && to !== undefined && out !== undefined) return { span: { from, to }, out: resolve(out) };
  throw new SverkaError(
    "input",
    "notices-options",
    "Задайте срок и папку: sverka notices --from 2026-10-05 --to 2026-10-18 --out печать.",
  );
}

function listed(tools: Tools, pupils: Awaited<ReturnType<typeof listPupils>>, { json }: NoticeOptions): void {
  if (json) printJson(tools.stdout, pupils);
  else
    for (const { externalId, className, number, fullName } of pupils) {
      tools.stdout.write(
        `${externalId.padStart(10)}  ${className.padEnd(8)} № ${String(number).padStart(2)}  ${fullName}\n`,
      );
    }
}
