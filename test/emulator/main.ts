// `npm run emulator -- --port … --seed … --at …`: the emulated journal alone, for whoever wants to sign in to it.
import { InvalidArgumentError, Option } from "commander";
import { parseMoment } from "../../src/cli/arguments.ts";
import { endOf } from "../../src/cli/exit-code.ts";
import { russianCommand } from "../../src/cli/program.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { portError } from "../../src/web/port-error.ts";
import { generateSchool, startEmulator } from "./index.ts";
import { MOST_CLASSES } from "./school/staff-and-classes.ts";
import type { Version } from "./wire/question.ts";

interface Options {
  readonly port: number;
  readonly seed: number;
  readonly at: EpochMs;
  readonly classes: number;
  readonly pupils: number;
  readonly build: Version;
  readonly onEntry?: true;
  readonly standStill?: true;
  readonly json?: true;
}

const WHO = { administrator: "администратор", teacher: "учитель", parent: "родитель", pupil: "ученик" };

const whole = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`Нужно целое число от ${least} до ${most}.`);
  return number;
};

const build = (text: string): Version => {
  if (text !== "3.1" && text !== "4.1") throw new InvalidArgumentError("Нужна сборка 3.1 или 4.1.");
  return text;
};

const program = russianCommand("npm run emulator --")
  .description("учебный журнал, говорящий на протоколе «Аверс»")
  .option("--port <номер>", "порт, 0 – любой свободный", whole(0, 65_535), 8080)
  .option("--seed <число>", "зерно: то же зерно – та же школа", whole(0, 2 ** 32 - 1), 1)
  .addOption(
    new Option("--at <момент>", "время журнала при запуске")
      .argParser(parseMoment)
      .default(Date.parse("2026-10-05T12:00:00+03:00"), "2026-10-05T12:00:00+03:00"),
  )
  .option("--classes <число>", "сколько классов", whole(1, MOST_CLASSES), 26)
  .option("--pupils <число>", "сколько учеников", whole(1, 5000), 300)
  .option("--build <сборка>", "3.1 или 4.1", build, "4.1" as Version)
  .option("--on-entry", "строки уроков появляются, когда учитель их заводит")
  .option("--stand-still", "часы стоят, пока их не переведут")
  .option("--json", "где журнал и кто в нём есть – одной строкой JSON")
  .addHelpText(
    "after",
    "\nУправление: GET и POST /emulator/clock {at}, POST и DELETE /emulator/faults, GET /emulator/truth, GET /emulator/requests.",
  )
  .action(serve);

try {
  await program.parseAsync();
} catch (error) {
  const { exitCode, sentence } = endOf(error);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}

async function serve(options: Options): Promise<void> {
  const school = generateSchool({
    seed: options.seed,
    classes: options.classes,
    pupils: options.pupils,
    lessonRows: options.onEntry ? "on-entry" : "ahead",
  });
  const emulator = await startEmulator({
    school,
    at: options.at,
    port: options.port,
    version: options.build,
    runs: options.standStill !== true,
  }).catch((error: unknown) => {
    throw portError(options.port, error, "--port 8090");
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
  const { url, credentials } = emulator;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ url, at: options.at, credentials })}\n`);
    return;
  }
  const lines = Object.entries(credentials).map(
    ([who, { login, password }]) => `  ${WHO[who as keyof typeof WHO].padEnd(14)} ${login} / ${password}\n`,
  );
  process.stdout.write(
    `Учебный журнал ${options.build}: ${url}, время в нём ${new Date(options.at).toISOString()}\n${lines.join("")}Остановить: Ctrl+C.\n`,
  );
}
