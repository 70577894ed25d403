import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import { SverkaError } from "../../domain/error.ts";
import { correctNotice } from "../../notices/correct-notice.ts";
import { batchFiles, printAgain } from "../../notices/print-batch.ts";
import { printRest } from "../../notices/print-rest.ts";
import { printFileBytes } from "../../store/batch-files.ts";
import { parseNumber } from "../arguments.ts";
import { batchNumbered } from "../batch-numbered.ts";
import { classNamed } from "../class-named.ts";
import { batchPrintNeeds, composeNeeds } from "../needs.ts";
import { printedHere } from "../printed-here.ts";
import { printJson, type Tools } from "../tools.ts";

const batchOption = () =>
  new Option("--batch <номер>", "партия, её номер покажет «sverka notices batches»")
    .argParser(parseNumber)
    .makeOptionMandatory();

/** `sverka notices reprint`: the same again, byte for byte, to the printer or into a folder. */
export function addReprint(notices: Command, tools: Tools): void {
  notices
    .command("reprint")
    .description("напечатать партию снова точно такой же; отозванные распечатки в неё не входят")
    .addOption(batchOption())
    .option("--class <класс>", "только этот класс, например «5 Б»")
    .option("--out <папка>", "положить PDF сюда, а не на принтер")
    .option("--json", "итог одним документом JSON")
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ batch: number; class?: string; out?: string; json?: boolean }>();
      await tools.withHouse(async (house) => {
        const batch = await batchNumbered(house, options.batch);
        const klass = options.class === undefined ? null : await classNamed(house, options.class);
        const part = { classExternalId: klass?.externalId ?? "" };
        const needs = await batchPrintNeeds(house);
        if (options.out === undefined) {
          const { result, printed } = await printedHere(house, tools, () => printAgain(needs, batch, part));
          if (result.length === 0) throw gone(options.batch);
          if (options.json)
            printJson(tools.stdout, {
              batch: batch.number,
              files: result.map(({ name }) => name),
              prints: printed.json,
            });
          else tools.stdout.write(printed.text);
          return;
        }
        const files = await batchFiles(needs, batch, part);
        if (files.length === 0) throw gone(options.batch);
        const paths: string[] = [];
        for (const { id, name } of files)
          paths.push(await folderFiles.write(resolve(options.out), name, await printFileBytes(house.store, id)));
        if (options.json) printJson(tools.stdout, { batch: batch.number, files: files.map(({ name }) => name), paths });
        else tools.stdout.write(paths.map((path) => `${path}\n`).join(""));
      });
    });
}

/** `sverka notices correct`: a new edition of one notice, from what the journal says now. */
export function addCorrect(notices: Command, tools: Tools): void {
  notices
    .command("correct")
    .description("исправить распечатку одного ученика: новая редакция по журналу, прежняя отзывается")
    .addOption(batchOption())
    .requiredOption("--pupil <номер>", "номер ученика в журнале, его покажет «sverka notices --list»")
    .option("--json", "итог одним документом JSON")
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ batch: number; pupil: string; json?: boolean }>();
      await tools.withHouse(async (house) => {
        const batch = await batchNumbered(house, options.batch);
        const { edition, className } = await correctNotice(await composeNeeds(house), batch, options.pupil);
        const needs = await batchPrintNeeds(house);
        const { result: sent, printed } = await printedHere(house, tools, () => printRest(needs, batch));
        if (options.json) {
          const { number } = batch;
          const { pupil } = options;
          return printJson(tools.stdout, { batch: number, pupil, edition, className, sent, prints: printed.json });
        }
        tools.stdout.write(
          `Партия № ${batch.number}, ${className}: составлена ${edition}-я редакция, прежняя отозвана.\n${printed.text}`,
        );
      });
    });
}

function gone(number: number): SverkaError {
  return new SverkaError(
    "input",
    "batch-gone",
    `Партию № ${number} напечатать снова нельзя: её распечатки отозваны, сделаны прежней программой или уничтожены, потому что срок хранения прошёл.`,
  );
}
