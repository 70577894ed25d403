import { type Command, Option } from "commander";
import { dayOf } from "../../domain/days.ts";
import { endOfDay } from "../../domain/deadline.ts";
import { SverkaError } from "../../domain/error.ts";
import type { EpochMs, IsoDate } from "../../domain/time.ts";
import { markHanded } from "../../store/notice-stages.ts";
import { listPupils } from "../../store/pupils.ts";
import { parseDay, parseNumber } from "../arguments.ts";
import { batchNumbered } from "../batch-numbered.ts";
import { classNamed } from "../class-named.ts";
import { printJson, type Tools } from "../tools.ts";

interface HandedOptions {
  batch?: number;
  class: string;
  except?: string[];
  on?: IsoDate;
}

/** `sverka notices handed`: a class teacher tells that the last prints were handed out. */
export function addHanded(notices: Command, tools: Tools): void {
  notices
    .command("handed")
    .description("отметить, что последние распечатки класса розданы")
    .addOption(
      new Option(
        "--batch <номер>",
        "партия (sverka notices batches); без неё – последняя распечатка каждого",
      ).argParser(parseNumber),
    )
    .requiredOption("--class <класс>", "класс, например «5 Б»")
    .option("--except <ученик...>", "кому не отдали: номера учеников в журнале (sverka notices --list)")
    .addOption(new Option("--on <день>", "когда раздали; без него – сейчас").argParser(parseDay))
    .option("--json", "итог одним документом JSON")
    .action(async (options: HandedOptions, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      await tools.withHouse(async (house) => {
        const { store, school, clock } = house;
        const klass = await classNamed(house, options.class);
        const pupils = (await listPupils(store, school.id)).filter(({ className }) => className === klass.name);
        const except = new Set(options.except ?? []);
        const stranger = [...except].find((id) => !pupils.some(({ externalId }) => externalId === id));
        if (stranger !== undefined) {
          throw new SverkaError(
            "input",
            "pupil-unknown",
            `Ученика с номером «${stranger}» в классе «${klass.name}» нет: номера покажет «sverka notices --list».`,
          );
        }
        const batch = options.batch === undefined ? null : await batchNumbered(house, options.batch);
        const handed = await markHanded(store, school.id, {
          pupilExternalIds: pupils.flatMap(({ externalId }) => (except.has(externalId) ? [] : [externalId])),
          at: momentOf(options.on, clock.now(), school.zone),
          batchId: batch?.id ?? null,
        });
        if (json) printJson(tools.stdout, { class: klass.name, handed, except: [...except].sort() });
        else
          tools.stdout.write(
            `${klass.name}: отмечено розданными ${handed.length}${except.size > 0 ? `, кроме ${except.size}` : ""}.${handed.length === 0 ? " Неотмеченных распечаток на этот день нет." : ""}\n`,
          );
      });
    });
}

/** A day that is over counts to its end. */
function momentOf(on: IsoDate | undefined, now: EpochMs, zone: string): EpochMs {
  if (on === undefined || on === dayOf(now, zone)) return now;
  if (on > dayOf(now, zone)) {
    throw new SverkaError(
      "input",
      "handed-future",
      `${on} ещё не наступило: отметьте, когда распечатки будут розданы.`,
    );
  }
  return endOfDay(on, zone) - 1;
}
