import { basename, dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import type { IsoDate } from "../../domain/time.ts";
import { parseDay } from "../arguments.ts";
import { sampleNotice, sampleSpan } from "../sample-notice.ts";
import { printJson, type Tools } from "../tools.ts";

interface PreviewOptions {
  pupil: string;
  from?: IsoDate;
  to?: IsoDate;
  out?: string;
  json?: boolean;
}

export function addPreview(notices: Command, tools: Tools): void {
  notices
    .command("preview")
    .description("показать распечатку одного ученика за последние две недели, ничего не записывая")
    .requiredOption("--pupil <номер>", "номер ученика в журнале, его покажет «sverka notices --list»")
    .addOption(new Option("--from <день>", "первый день, если нужен другой срок").argParser(parseDay))
    .addOption(new Option("--to <день>", "последний день").argParser(parseDay))
    .option("--out <файл>", "куда положить PDF; если не задано – образец-НОМЕР.pdf в этой папке")
    .option("--json", "итог одним документом JSON")
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<PreviewOptions>();
      await tools.lookAround(async (house) => {
        const span = sampleSpan(house, options);
        const pdf = await sampleNotice(house, options.pupil, span);
        const out = resolve(options.out ?? `образец-${options.pupil.replace(/[^\w-]/g, "")}.pdf`);
        const file = await folderFiles.write(dirname(out), basename(out), pdf);
        if (options.json) printJson(tools.stdout, { file, ...span });
        else tools.stdout.write(`${file}\nСрок: ${span.from} – ${span.to}. Это образец: в учёт он не попадает.\n`);
      });
    });
}
