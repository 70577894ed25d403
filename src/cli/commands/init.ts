import { cp, mkdir, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { type Environment, readEnvironment } from "../../../adapters/files/environment.ts";
import { type Remembered, remember, remembered } from "../../../adapters/files/remembered.ts";
import { SverkaError } from "../../domain/error.ts";
import { type House, openHouse } from "../../main.ts";
import { askJournal } from "../ask-journal.ts";
import { openDialogue } from "../dialogue.ts";
import type { Tools } from "../tools.ts";

/** The commented configuration that comes with the program. */
const TEMPLATE = fileURLToPath(new URL("../../../config", import.meta.url));

export function addInit(program: Command, tools: Tools): void {
  program
    .command("init")
    .description("подготовить папку данных, базу и настройки; спросить, чего не хватает")
    .option("--simulation", "учебное хранилище: для учебных часов (SVERKA_CLOCK) и показа, настоящим оно уже не станет")
    .addHelpText(
      "after",
      "\nПовторный запуск ничего не портит: готовое остаётся, как есть. Сменился пароль журнала – запустите ещё раз и введите новый.",
    )
    .action(async (options: { simulation?: boolean }) => {
      const { config, data } = readEnvironment(process.env);
      const copied = await copyConfiguration(resolve(config));
      if (!options.simulation) await refuseSimulation(tools.environment());
      const answers = await ask(tools, resolve(data));
      if (Object.keys(answers).length > 0) remember(resolve(data), answers);
      const environment = tools.environment();
      const house = await openHouse({ environment, as: options.simulation ? "simulation" : "real" });
      try {
        const { simulation } = house;
        tools.stdout.write(
          [
            `Хранилище готово: ${resolve(environment.data)}${simulation ? " (УЧЕБНЫЕ ДАННЫЕ)" : ""}.`,
            `Настройки: ${resolve(environment.config)}${copied ? " (созданы, поправьте под школу)" : " (уже были, не тронуты)"}.`,
            journalLine(house),
            "Дальше: «npx sverka doctor» проверит всё, «npx sverka sync» сделает первый проход, «npm start» включит службу.",
          ].join("\n"),
        );
        tools.stdout.write("\n");
      } finally {
        await house.close();
      }
    });
}

/** After the demonstration its store lies where a school would begin: what is invented there must not mix with a real journal. */
async function refuseSimulation(environment: Environment): Promise<void> {
  const house = await openHouse({ environment, as: null });
  await house.close();
  if (!house.simulation) return;
  const place =
    environment.databaseUrl === null
      ? `В папке «${resolve(environment.data)}» лежат учебные данные (показ или «init --simulation»): удалите её или задайте другую, например SVERKA_DATA=./school.`
      : "В базе из DATABASE_URL лежат учебные данные: задайте другую базу.";
  throw new SverkaError(
    "configuration",
    "origin-simulation",
    `${place} Настоящая школа с ними не смешивается; для учебной повторите с --simulation.`,
  );
}

function journalLine(house: House): string {
  try {
    house.journal();
    return `Журнал: ${house.environment.aversUrl}, вход: ${house.environment.aversLogin}.`;
  } catch (error) {
    if (!(error instanceof SverkaError)) throw error;
    // The sentence for the other commands sends people here.
    return error.code === "journal-not-set"
      ? "Журнал не задан: задайте AVERS_URL, AVERS_LOGIN и AVERS_PASSWORD или запустите «sverka init» в окне терминала и ответьте на вопросы."
      : error.message;
  }
}

/** Copies the commented files where there are none; what the school has already is left alone. */
async function copyConfiguration(folder: string): Promise<boolean> {
  if (resolve(folder) === resolve(TEMPLATE)) return false;
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) return false;
    await cp(TEMPLATE, folder, { recursive: true });
    return true;
  } catch (cause) {
    const sentence = `Папка настроек «${folder}» не создаётся: проверьте путь в SVERKA_CONFIG и права на него.`;
    throw new SverkaError("configuration", "config-folder", sentence, { cause });
  }
}

/** Asks a person for what the environment does not give; asks nothing where nobody sits. */
async function ask({ stderr }: Tools, dataFolder: string): Promise<Remembered> {
  const given = readEnvironment(process.env);
  if (!process.stdin.isTTY || (given.aversUrl !== null && given.aversLogin !== null && given.aversPassword !== null))
    return {};
  const dialogue = openDialogue(process.stdin, stderr);
  try {
    return await askJournal(dialogue, given, remembered(dataFolder));
  } finally {
    dialogue.close();
  }
}
