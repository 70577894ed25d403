import { type Command, InvalidArgumentError, Option } from "commander";
import { moment } from "../../domain/russian.ts";
import { isoWithOffset } from "../../domain/time.ts";
import { acknowledgeRoster, type NamedRosterChange, openRosterChanges } from "../../store/roster.ts";
import { classNamed } from "../class-named.ts";
import { printJson, type Tools } from "../tools.ts";

export function addRoster(program: Command, tools: Tools): void {
  const roster = program
    .command("roster")
    .description("изменения в списках классов, с которыми ещё не ознакомились («Порядок», п. 3.2.1)")
    .option("--json", "одним документом JSON")
    .action(async ({ json }: { json?: boolean }) => {
      await tools.lookAround(async ({ store, school }) => {
        const changes = await openRosterChanges(store, school.id);
        if (json)
          return printJson(
            tools.stdout,
            changes.map((change) => jsonOf(change, school.zone)),
          );
        if (changes.length === 0) tools.stdout.write("Изменений, с которыми не ознакомились, нет.\n");
        for (const change of changes) tools.stdout.write(`${textOf(change, school.zone)}\n`);
        if (changes.length > 0) tools.stdout.write(HINT);
      });
    });

  roster
    .command("acknowledge")
    .description("отметить, что с изменениями ознакомились")
    .addOption(
      new Option("--as <кто>", "administrator – ответственный за журнал, class-teacher – классный руководитель")
        .argParser(roleOf)
        .makeOptionMandatory(),
    )
    .option("--class <класс>", "только этот класс")
    .option("--json", "итог одним документом JSON")
    .action(async (options: { as: "administrator" | "class-teacher"; class?: string }, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      await tools.withHouse(async (house) => {
        const { store, school, clock } = house;
        const klass = options.class === undefined ? null : await classNamed(house, options.class);
        const acknowledged = await acknowledgeRoster(store, school.id, {
          as: options.as,
          classExternalId: klass?.externalId ?? null,
          at: clock.now(),
        });
        if (json) printJson(tools.stdout, { acknowledged, as: options.as, class: klass?.name ?? null });
        else tools.stdout.write(`Отмечено изменений: ${acknowledged}.\n`);
      });
    });
}

function roleOf(text: string): "administrator" | "class-teacher" {
  if (text === "administrator" || text === "class-teacher") return text;
  throw new InvalidArgumentError(`«${text}» – не роль: нужно administrator или class-teacher.`);
}

const HINT = 'Ознакомились: «sverka roster acknowledge --as administrator» и «… --as class-teacher --class "5 А"».\n';

const WORDS = { joined: "прибыл(а)", left: "выбыл(а)", moved: "переведён(а)" } as const;

function textOf(change: NamedRosterChange, zone: string): string {
  const { kind, fromClass, toClass, administratorAt, classTeacherAt } = change;
  const where = {
    joined: `в ${toClass ?? "класс, который журнал не назвал"}`,
    left: `из ${fromClass ?? "школы"}`,
    moved: `из ${fromClass ?? "?"} в ${toClass ?? "?"}`,
  }[kind];
  const waiting = [
    administratorAt === null ? "ответственный за журнал" : null,
    classTeacherAt === null ? "классный руководитель" : null,
  ].filter((who) => who !== null);
  return `${moment(change.at, zone)}: ${change.pupil} ${WORDS[kind]} ${where}; ждём: ${waiting.join(", ")}`;
}

function jsonOf({ at, administratorAt, classTeacherAt, ...change }: NamedRosterChange, zone: string) {
  const instant = (when: number | null) => (when === null ? null : isoWithOffset(when, zone));
  return {
    ...change,
    at: isoWithOffset(at, zone),
    administratorAt: instant(administratorAt),
    classTeacherAt: instant(classTeacherAt),
  };
}
