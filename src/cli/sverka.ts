import type { Command } from "commander";
import { VERSION } from "../version.ts";
import { russianCommand } from "./program.ts";
import type { Tools } from "./tools.ts";

type Add = (program: Command, tools: Tools) => void;

const waive = async () => (await import("./commands/waive.ts")).addWaive;
const start = async () => (await import("./commands/start.ts")).addStart;

/** Each command's own module, in the order of the help: a command that is asked for loads nothing of the others. */
const COMMANDS: ReadonlyMap<string, () => Promise<Add>> = new Map<string, () => Promise<Add>>([
  ["init", async () => (await import("./commands/init.ts")).addInit],
  ["sync", async () => (await import("./commands/sync.ts")).addSync],
  ["check", async () => (await import("./commands/check.ts")).addCheck],
  ["explain", async () => (await import("./commands/explain.ts")).addExplain],
  ["waive", waive],
  ["unwaive", waive],
  ["waivers", waive],
  ["policy", async () => (await import("./commands/policy.ts")).addPolicy],
  ["control", async () => (await import("./commands/control.ts")).addControl],
  ["analysis", async () => (await import("./commands/analysis.ts")).addAnalysis],
  ["mail", async () => (await import("./commands/mail.ts")).addMail],
  ["notices", async () => (await import("./commands/notices.ts")).addNotices],
  ["slips", async () => (await import("./commands/slips.ts")).addSlips],
  ["print", async () => (await import("./commands/print.ts")).addPrint],
  ["import", async () => (await import("./commands/import.ts")).addImport],
  ["roster", async () => (await import("./commands/roster.ts")).addRoster],
  ["calendar", async () => (await import("./commands/calendar.ts")).addCalendar],
  ["accounts", async () => (await import("./commands/accounts.ts")).addAccounts],
  ["tokens", async () => (await import("./commands/tokens.ts")).addTokens],
  ["audit", async () => (await import("./commands/audit.ts")).addAudit],
  ["start", start],
  ["worker", start],
  ["doctor", async () => (await import("./commands/doctor.ts")).addDoctor],
]);

/** The command line: `sverka` with the command that the words begin with, or with all of them where they begin with none. */
export async function createProgram(tools: Tools, words: readonly string[]): Promise<Command> {
  const program = russianCommand("sverka")
    .description("«Сверка»: электронный журнал «Аверс» по правилам приказа № 204")
    .version(VERSION, "-V, --version", "показать версию")
    .addHelpText(
      "after",
      `
Коды завершения: 0 – сделано, 1 – сделано с оговорками, 2 – неверная команда или настройка, 3 – журнал недоступен или отказал.
С --json на стандартный вывод идёт один документ JSON и ничего больше; при ошибке это {"error": {"code", "message"}}.`,
    );
  const asked = COMMANDS.get(words[0] ?? "");
  const loaders = asked === undefined ? new Set(COMMANDS.values()) : [asked];
  for (const load of loaders) (await load())(program, tools);
  return program;
}
