import { resolve } from "node:path";
import type { Command } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import { SverkaError } from "../../domain/error.ts";
import { batchRegister } from "../../notices/batch-register.ts";
import { batchNumbered, batchOption } from "../batch-numbered.ts";
import { composeNeeds } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";

/** `sverka notices register`: the list of a batch's letters that goes to the post office with them. */
export function addRegister(notices: Command, tools: Tools): void {
  notices
    .command("register")
    .description("реестр писем партии для почты: кому и куда, без имён учеников")
    .addOption(batchOption())
    .option("--out <папка>", "куда положить PDF; если не задано – в эту папку")
    .option("--json", "итог одним документом JSON")
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ batch: number; out?: string; json?: boolean }>();
      await tools.withHouse(async (house) => {
        const batch = await batchNumbered(house, options.batch);
        const pdf = await batchRegister(await composeNeeds(house), batch);
        if (pdf === null)
          throw new SverkaError(
            "input",
            "no-letters",
            `В партии № ${batch.number} нет писем по почте: реестр не нужен.`,
          );
        const file = await folderFiles.write(
          resolve(options.out ?? "."),
          `Реестр писем, партия № ${batch.number}.pdf`,
          pdf,
        );
        if (options.json) printJson(tools.stdout, { batch: batch.number, file });
        else tools.stdout.write(`${file}\n`);
      });
    });
}
