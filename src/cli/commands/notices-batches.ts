import { type Command, Option } from "commander";
import { dayOf } from "../../domain/days.ts";
import { counted, longDay, longSpan } from "../../domain/notice/words.ts";
import {
  type BatchStates,
  KIND_NAMES,
  openStep,
  SILENT_CYCLES,
  SILENT_TODO,
  type SilentFamily,
} from "../../domain/notice-cycle/states.ts";
import { batchStates, silentFamilies } from "../../store/notice-states.ts";
import { listPupils } from "../../store/pupils.ts";
import { parseNumber } from "../arguments.ts";
import { familiesOnPaper } from "../families-on-paper.ts";
import { printJson, type Tools } from "../tools.ts";

const USUAL = 6;

/** `sverka notices batches`: how far the notices have come, class by class, and the families whose slips do not come back. */
export function addBatches(notices: Command, tools: Tools): void {
  notices
    .command("batches")
    .description("партии распечаток: что составлено, напечатано, роздано, вернулось")
    .addOption(new Option("--last <число>", "сколько последних партий").argParser(parseNumber).default(USUAL))
    .option("--json", "итог одним документом JSON")
    .action(async (options: { last: number }, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      await tools.lookAround(async (house) => {
        const { store, school } = house;
        const batches = await batchStates(store, school.id, options.last);
        const paper = ((await familiesOnPaper(house)) ?? []).map(({ pupilExternalId }) => pupilExternalId);
        const silent = await silentFamilies(store, school.id, { cycles: SILENT_CYCLES, paper });
        if (json) return printJson(tools.stdout, { batches, silent });
        const pupils = new Map((await listPupils(store, school.id)).map((pupil) => [pupil.externalId, pupil.number]));
        const text = [
          ...batches.map((batch) => batchText(batch, school.zone)),
          silentText(silent, pupils, school.zone),
        ];
        tools.stdout.write(batches.length === 0 ? "Партий ещё нет: sverka notices compose.\n" : text.join(""));
      });
    });
}

function batchText({ number, kind, from, to, composedAt, classes }: BatchStates, zone: string): string {
  const head = `Партия № ${number}, ${KIND_NAMES[kind]}, составлена ${longDay(dayOf(composedAt, zone))}, за ${longSpan(from, to)}\n`;
  const rows = classes.map((one) => {
    const counts = `распечаток ${one.notices}, напечатано ${one.printed}, роздано ${one.handed}, вернулось ${one.returned}`;
    const withdrawn = one.withdrawn === 0 ? "" : `, отозвано ${one.withdrawn}`;
    return `  ${one.className.padEnd(8)} ${counts}${withdrawn} – ${openStep(one)}\n`;
  });
  return head + rows.join("");
}

function silentText(silent: readonly SilentFamily[], numbers: ReadonlyMap<string, number>, zone: string): string {
  if (silent.length === 0) return "";
  const rows = silent.map(({ pupilExternalId, className, slips, sinceAt }) => {
    const number = numbers.get(pupilExternalId);
    const pupil = number === undefined ? "" : `№ ${number} по списку, `;
    return `  ${className.padEnd(8)} ${pupil}ученик ${pupilExternalId}: не вернулось ${counted(slips, "корешок", "корешка", "корешков")} подряд, первый роздан ${longDay(dayOf(sinceAt, zone))}\n`;
  });
  return `Корешки не возвращаются:\n${rows.join("")}${SILENT_TODO}\n`;
}
