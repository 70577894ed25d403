import type { Command } from "commander";
import { VERSION } from "../version.ts";
import { addAccounts } from "./commands/accounts.ts";
import { addAnalysis } from "./commands/analysis.ts";
import { addAudit } from "./commands/audit.ts";
import { addCalendar } from "./commands/calendar.ts";
import { addCheck } from "./commands/check.ts";
import { addControl } from "./commands/control.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExplain } from "./commands/explain.ts";
import { addImport } from "./commands/import.ts";
import { addInit } from "./commands/init.ts";
import { addMail } from "./commands/mail.ts";
import { addNotices } from "./commands/notices.ts";
import { addPolicy } from "./commands/policy.ts";
import { addPrint } from "./commands/print.ts";
import { addRoster } from "./commands/roster.ts";
import { addSlips } from "./commands/slips.ts";
import { addStart } from "./commands/start.ts";
import { addSync } from "./commands/sync.ts";
import { addTokens } from "./commands/tokens.ts";
import { addWaive } from "./commands/waive.ts";
import { russianCommand } from "./program.ts";
import type { Tools } from "./tools.ts";

const COMMANDS = [
  addInit,
  addSync,
  addCheck,
  addExplain,
  addWaive,
  addPolicy,
  addControl,
  addAnalysis,
  addMail,
  addNotices,
  addSlips,
  addPrint,
  addImport,
  addRoster,
  addCalendar,
  addAccounts,
  addTokens,
  addAudit,
  addStart,
  addDoctor,
];

/** The whole command line: `sverka` with all its commands. */
export function createProgram(tools: Tools): Command {
  const program = russianCommand("sverka")
    .description("«Сверка»: электронный журнал «Аверс» по правилам приказа № 204")
    .version(VERSION, "-V, --version", "показать версию")
    .addHelpText(
      "after",
      `
Коды завершения: 0 – сделано, 1 – сделано с оговорками, 2 – неверная команда или настройка, 3 – журнал недоступен или отказал.
С --json на стандартный вывод идёт один документ JSON и ничего больше; при ошибке это {"error": {"code", "message"}}.`,
    );
  for (const add of COMMANDS) add(program, tools);
  return program;
}
