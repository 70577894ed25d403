import type { Command } from "commander";
import { isoWithOffset } from "../../domain/time.ts";
import type { SyncResult } from "../../sync/sync-school.ts";
import { watchedPass } from "../../sync/watched-pass.ts";
import { EXIT } from "../exit-code.ts";
import { raiser, syncNeeds } from "../needs.ts";
import { passProgress } from "../progress.ts";
import { printJson, type Tools } from "../tools.ts";

export function addSync(program: Command, tools: Tools): void {
  program
    .command("sync")
    .description("сделать один проход по журналу сейчас, с показом хода")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nКоды: 0 – проход полный, 1 – с оговорками (не все страницы), 2 – настройка, 3 – журнал недоступен или отказал.",
    )
    .action(async (options: { json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const progress = passProgress(tools.stderr);
        try {
          const sync = { ...syncNeeds(house), onProgress: progress.show };
          const result = await watchedPass({ sync, raise: raiser(house) }, house.school.id, tools.signal);
          progress.stop();
          if (options.json) printJson(tools.stdout, jsonOf(result, house.school.zone));
          else tools.stdout.write(textOf(result));
          if (result.state !== "done") tools.end(EXIT.trouble);
        } finally {
          progress.stop();
        }
      });
    });
}

function jsonOf({ startedAt, finishedAt, troubles, oddities: _, build, ...rest }: SyncResult, zone: string) {
  return {
    ...rest,
    build: build?.title ?? null,
    startedAt: isoWithOffset(startedAt, zone),
    finishedAt: isoWithOffset(finishedAt, zone),
    troubles: troubles.map(({ at, ...trouble }) => ({ at: isoWithOffset(at, zone), ...trouble })),
  };
}

function textOf(result: SyncResult): string {
  const seconds = ((result.finishedAt - result.startedAt) / 1000).toFixed(1).replace(".", ",");
  const lines = [
    `Проход ${result.passId} ${result.state === "done" ? "закончен" : "закончен с оговорками"} за ${seconds} с${result.resumed ? " (продолжен прерванный)" : ""}.`,
    `Страниц: ${result.pagesDone} из ${result.pages}, без изменений ${result.pagesSame}, не получено ${result.pagesFailed}, задержано ${result.quarantined}.`,
    `Записей: новых ${result.added}, изменённых ${result.changed}, исчезнувших ${result.vanished}. Запросов к журналу: ${result.requests}.`,
  ];
  const shown = result.troubles.slice(0, 10);
  if (shown.length > 0) lines.push("Оговорки:", ...shown.map((trouble) => `  – ${trouble.sentence}`));
  if (result.troubles.length > shown.length)
    lines.push(`  … и ещё ${result.troubles.length - shown.length}: «sverka sync --json» покажет все.`);
  return `${lines.join("\n")}\n`;
}
