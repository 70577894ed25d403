import type { Command } from "commander";
import { compareClasses } from "../../domain/notice/class-order.ts";
import { counted, longDay } from "../../domain/notice/words.ts";
import { KIND_NAMES } from "../../domain/notice-cycle/states.ts";
import { lettersOf } from "../../notices/batch-register.ts";
import { composeDue } from "../../notices/compose-due.ts";
import { dueNow, type PlannedNotice } from "../../notices/due-now.ts";
import { batchPrintNeeds, composeNeeds } from "../needs.ts";
import { printedHere } from "../printed-here.ts";
import { printJson, type Tools } from "../tools.ts";

const UNTOLD =
  "Какие семьи получают распечатки, не сказано: загрузите список (sverka import delivery) или впишите их в paper-families.yaml.\n";

/** `sverka notices compose`: what is due now, composed and sent to the printer; or only shown, with why. */
export function addCompose(notices: Command, tools: Tools): void {
  notices
    .command("compose")
    .description("составить распечатки, которым пришёл срок, и отправить их на печать")
    .option("--dry-run", "только показать, кому, когда и почему; ничего не составлять")
    .option("--json", "итог одним документом JSON")
    .action(async (options: { dryRun?: boolean }, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      const open = options.dryRun ? tools.lookAround : tools.withHouse;
      await open(async (house) => {
        const needs = await composeNeeds(house);
        if (options.dryRun) {
          const { notices: planned } = await dueNow(needs, { anyHour: true });
          if (json) return printJson(tools.stdout, { notices: planned?.map(shown) ?? null });
          tools.stdout.write(planned === null ? UNTOLD : planText(planned));
          return;
        }
        const printing = await batchPrintNeeds(house);
        const { result: composed, printed } = await printedHere(house, tools, () =>
          composeDue(needs, printing, { anyHour: true }),
        );
        if (json) return printJson(tools.stdout, { ...composed, prints: printed.json });
        if ((await needs.families()) === null) tools.stdout.write(UNTOLD);
        else if (composed.batches.length === 0)
          tools.stdout.write("Сейчас составлять нечего. Кому и когда – покажет «sverka notices compose --dry-run».\n");
        for (const { number, kind, made } of composed.batches)
          tools.stdout.write(
            `Партия № ${number} (${KIND_NAMES[kind]})${made ? "" : ", её только что составили в другом окне"}.\n`,
          );
        if (composed.withdrawn > 0)
          tools.stdout.write("Из прежних партий изъяты распечатки семей, которые больше не получают их на бумаге.\n");
        tools.stdout.write(printed.text);
        for (const batch of composed.batches) {
          const letters = await lettersOf(needs, batch);
          if (letters > 0)
            tools.stdout.write(
              `Писем по почте: ${letters}. Реестр для почты сделает «sverka notices register --batch ${batch.number}».\n`,
            );
        }
      });
    });
}

const shown = ({ pupilExternalId, className, kind, why, due, plannedOn, limit, wanted }: PlannedNotice) => ({
  pupilExternalId,
  className,
  kind,
  why,
  due,
  plannedOn,
  limit,
  from: wanted.from,
});

/** Class by class, what has the same day and reason in one line. */
function planText(planned: readonly PlannedNotice[]): string {
  if (planned.length === 0) return "Семей на бумаге среди учеников журнала нет.\n";
  const groups = Map.groupBy(planned, ({ className, due, why, plannedOn, limit }) =>
    JSON.stringify([className, !due, why, plannedOn, limit]),
  );
  const lines = [...groups.values()].toSorted(([one], [other]) =>
    one === undefined || other === undefined
      ? 0
      : Number(other.due) - Number(one.due) || compareClasses(one.className, other.className),
  );
  return lines
    .map(([first, ...rest]) => {
      if (first === undefined) return "";
      const families = counted(rest.length + 1, "семья", "семьи", "семей");
      return `${first.due ? "сейчас" : longDay(first.plannedOn)}  ${first.className}: ${families} – ${whyText(first)}\n`;
    })
    .join("");
}

function whyText({ why, plannedOn, limit, due }: PlannedNotice): string {
  const late = due ? `, намечено на ${longDay(plannedOn)}` : "";
  switch (why) {
    case "rhythm":
      return `по ритму класса${late}; крайний день ${longDay(limit)}`;
    case "early":
      return `раньше ритма: до его следующего дня срок кончится (${longDay(limit)})${late}`;
    case "first":
      return `первая распечатка, не позже ${longDay(limit)}`;
    case "final":
      return `появились итоговые отметки (${longDay(plannedOn)}), не позже ${longDay(limit)}`;
  }
}
