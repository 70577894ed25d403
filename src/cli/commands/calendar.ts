import { type Command, InvalidArgumentError, Option } from "commander";
import { type ClassKey, sameClass } from "../../domain/calendar.ts";
import { yearView } from "../../domain/calendar-view.ts";
import { dayOf } from "../../domain/days.ts";
import { SverkaError } from "../../domain/error.ts";
import type { House } from "../../main.ts";
import { schoolSnapshot } from "../../store/school-snapshot.ts";
import { calendarText } from "../calendar-text.ts";
import { checkNeeds } from "../school.ts";
import { printJson, type Tools } from "../tools.ts";

interface CalendarOptions {
  class?: string;
  year?: number;
  json?: boolean;
}

export function addCalendar(program: Command, tools: Tools): void {
  program
    .command("calendar")
    .description("календарь учебного года, как его понимает программа")
    .command("show")
    .description("показать год: периоды, каникулы, выходные, переносы, закрытые и укороченные дни, итоги, смены")
    .option("--class <класс>", "как у этого класса, например «5 А»; без него – вся школа")
    .addOption(
      new Option("--year <год>", "год, в котором учебный год начался; без него – нынешний").argParser(yearNumber),
    )
    .option("--json", "одним документом JSON")
    .action(async (options: CalendarOptions) => {
      await tools.lookAround(async (house) => {
        const { calendar } = await checkNeeds(house);
        const day = options.year === undefined ? dayOf(house.clock.now(), calendar.zone) : `${options.year}-10-01`;
        const of = options.class === undefined ? null : await keyOf(house, options.class);
        const view = yearView(calendar, day, of);
        if (options.json) printJson(tools.stdout, { class: of?.className ?? null, ...view });
        else tools.stdout.write(calendarText(view, calendar, of));
      });
    });
}

function yearNumber(text: string): number {
  if (/^20\d{2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`«${text}» – не год: напишите, например, 2026.`);
}

/** Before the first pass the journal's classes are unknown: then the name's own number is the grade. */
async function keyOf({ store, school, clock }: House, name: string): Promise<ClassKey> {
  const { classes } = await schoolSnapshot(store, school, clock.now());
  const known = classes.find((klass) => sameClass(klass.name, name));
  if (known !== undefined) return { grade: known.grade, className: known.name };
  const grade = Number.parseInt(name, 10);
  if (classes.length === 0 && grade >= 0 && grade <= 12) return { grade, className: name };
  const names = classes.map((klass) => klass.name).join(", ") || "пока ни одного: сначала «sverka sync»";
  throw new SverkaError("input", "class-unknown", `Класса «${name}» в журнале нет. Есть: ${names}.`);
}
