import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { SverkaError } from "../../domain/error.ts";
import { EXIT } from "../exit-code.ts";
import { type Examined, examineHouse } from "../looks.ts";
import { printJson, type Tools } from "../tools.ts";

const MARKS = { good: "✓", note: "–", bad: "✗" } as const;
export function addDoctor(program: Command, tools: Tools): void {
  program
    .command("doctor")
    .description(
      "проверить настройки, базу, очередь, журнал, почту, принтер, шрифты и сказать, что не так и что делать",
    )
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\n✓ – в порядке, – – можно работать, но прочтите, ✗ – надо исправить. Коды: 0 – нет ни одного ✗, 1 – есть.",
    )
    .action(async (options: { json?: boolean }) => {
      const findings: Examined[] = [];
      const found = (finding: Examined) => {
        findings.push(finding);
        if (!options.json) tools.stdout.write(`${MARKS[finding.state]} ${finding.what}: ${finding.sentence}\n`);
      };
      try {
        await tools.lookAround(async (house) => {
          found({ what: "настройки", ...settingsIn(resolve(house.environment.config)) });
          const { databaseUrl } = house.environment;
          const base = databaseUrl === null ? "встроенная, работает" : "сервер из DATABASE_URL отвечает";
          found({ what: "база", state: "good", sentence: base });
          for await (const examined of examineHouse(house, tools.signal)) found(examined);
        });
      } catch (error) {
        if (!(error instanceof SverkaError)) throw error;
        found({ what: "настройки и база", state: "bad", sentence: error.message });
      }
      if (options.json) printJson(tools.stdout, findings);
      if (findings.some(({ state }) => state === "bad")) tools.end(EXIT.trouble);
    });
}

function settingsIn(folder: string): Omit<Examined, "what"> {
  if (existsSync(folder)) return { state: "good", sentence: `прочитаны: ${folder}` };
  return {
    state: "note",
    sentence: `папки «${folder}» нет, взяты значения по умолчанию: выполните «sverka init» или задайте SVERKA_CONFIG.`,
  };
}
