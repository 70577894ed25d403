import { basename, dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import { templateFiles } from "../../../adapters/files/template-files.ts";
import type { Span } from "../../domain/calendar.ts";
import { addDays, dayOf } from "../../domain/days.ts";
import { createMapping } from "../../domain/mapping.ts";
import { composeNotice } from "../../domain/notice/compose.ts";
import type { IsoDate } from "../../domain/time.ts";
import { previewNotice } from "../../notices/preview-notice.ts";
import { noticeFacts } from "../../store/notice-facts.ts";
import { listPupils } from "../../store/pupils.ts";
import { listClasses } from "../../store/snapshot.ts";
import { parseDay } from "../arguments.ts";
import { composeNeeds } from "../needs.ts";
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
        const { settings, simulation, environment, clock, store, school } = house;
        const needs = await composeNeeds(house);
        const families = await needs.families();
        const now = clock.now();
        const today = dayOf(now, needs.school.zone);
        const to = options.to ?? today;
        const span: Span = { from: options.from ?? addDays(to, 1 - settings.policy.noticeBiweekly.days), to };
        const pdf = await previewNotice(
          {
            now,
            classOf: async (pupil) => {
              const className = (await listPupils(store, school.id)).find((one) => one.externalId === pupil)?.className;
              const classes = await listClasses(store, school.id);
              return classes.find(({ name }) => name === className)?.externalId ?? null;
            },
            facts: (classExternalId, days) => {
              const calendarTerm = needs.calendarTerm(days.to);
              const { contactOf } = needs;
              return noticeFacts(store, { school: needs.school, classExternalId, span: days, calendarTerm, contactOf });
            },
            compose: (facts) =>
              composeNotice(facts, {
                mapping: createMapping(settings.mapping, facts.school.maxMark),
                forecast: settings.policy.forecast,
                today,
                simulation,
                ...(families?.get(facts.pupil.externalId) ?? {}),
              }),
            templates: () => templateFiles(environment).own(),
          },
          { pupil: options.pupil, span },
        );
        const out = resolve(options.out ?? `образец-${options.pupil.replace(/[^\w-]/g, "")}.pdf`);
        const file = await folderFiles.write(dirname(out), basename(out), pdf);
        if (options.json) printJson(tools.stdout, { file, ...span });
        else tools.stdout.write(`${file}\nСрок: ${span.from} – ${span.to}. Это образец: в учёт он не попадает.\n`);
      });
    });
}
