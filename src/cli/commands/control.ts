import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import { conclude, makeControl } from "../../control/monthly-control.ts";
import {
  type ControlLetter,
  controlLetters,
  controlPapers,
  filePapers,
  publishControl,
} from "../../control/publish-control.ts";
import { deliverDue } from "../../delivery/deliver.ts";
import { type Month, monthName } from "../../domain/control/month.ts";
import { SverkaError } from "../../domain/error.ts";
import type { House } from "../../main.ts";
import { listControls, type StoredControl } from "../../store/controls.ts";
import { controlNeeds, publishNeeds } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";

interface ControlOptions {
  readonly month?: Month;
  readonly conclusion?: string;
  readonly acceptDraft?: boolean;
  readonly send?: boolean;
  readonly dryRun?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

const LONGEST_CONCLUSION = 20_000;

export function addControl(program: Command, tools: Tools): void {
  program
    .command("control")
    .description("ежемесячный контроль («Порядок», п. 8): составить, посмотреть, утвердить, разослать")
    .addOption(
      new Option("--month <месяц>", "за какой месяц, например 2026-10; без него – список контролей").argParser(
        parseMonth,
      ),
    )
    .option("--conclusion <файл>", "утвердить контроль с заключением из этого текстового файла")
    .option("--accept-draft", "утвердить контроль с заключением, составленным программой")
    .option("--send", "отправить письма: проект – заместителю директора, утверждённый – и учителям")
    .option("--dry-run", "показать, кому и что ушло бы, ничего не утверждая и не отправляя")
    .option("--out <папка>", "куда положить PDF и XLSX; без неё – controls в папке данных")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nСоставленный контроль больше не меняется: что обнаружится позже, войдёт в следующий. Утверждение заодно рассылает письма; дважды ничего не уходит.",
    )
    .action(async (options: ControlOptions) => {
      const open = options.month === undefined ? tools.lookAround : tools.withHouse;
      await open(async (house) => {
        if (options.month === undefined)
          return listed(tools, await listControls(house.store, house.school.id), options);
        await ofMonth(tools, house, options.month, options);
      });
    });
}

async function ofMonth(tools: Tools, house: House, month: Month, options: ControlOptions): Promise<void> {
  const needs = await controlNeeds(house);
  const made = await makeControl(needs, month);
  const text = options.conclusion === undefined ? null : await conclusionFrom(options.conclusion);
  const concluding = text !== null || options.acceptDraft === true;
  const control = !concluding
    ? made
    : options.dryRun === true
      ? { ...made, conclusion: text ?? made.conclusion, concludedAt: needs.now }
      : await conclude(needs, month, text);
  const papers = await controlPapers(control);
  const publish = publishNeeds(house, needs.policy);
  const { letters, unreached } = controlLetters(control, papers, publish);
  if (options.dryRun) return shown(tools, options, letters, unreached);

  const folder = resolve(options.out ?? join(house.environment.data, "controls"));
  const files = await filePapers(folderFiles, folder, control, papers);
  let sent = 0;
  if (concluding || options.send) {
    sent = await publishControl(publish, control, letters);
    await deliverDue({
      store: house.store,
      mailer: house.mailer,
      clock: house.clock,
      log: house.log,
      signal: tools.signal,
    });
  }
  if (options.json) {
    const { number, asOf, parts } = control.facts;
    const totals = Object.fromEntries(parts.map(({ id, total }) => [id, total]));
    printJson(tools.stdout, {
      month,
      number,
      asOf,
      made: made.made,
      concluded: control.concludedAt !== null,
      totals,
      files,
      letters: sent,
      unreached,
    });
    return;
  }
  tools.stdout.write(
    textOf(control, { made: made.made, files, sent, unreached, concluding: concluding || options.send === true }),
  );
}

async function conclusionFrom(path: string): Promise<string> {
  try {
    const text = (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
    if (text.length > LONGEST_CONCLUSION || text.includes("\u0000")) {
      throw new SverkaError(
        "input",
        "conclusion-file",
        `«${path}» не похож на заключение: нужен текстовый файл не длиннее ${LONGEST_CONCLUSION} знаков.`,
      );
    }
    return text;
  } catch (cause) {
    if (cause instanceof SverkaError) throw cause;
    throw new SverkaError(
      "input",
      "conclusion-file",
      `Файл заключения «${path}» не читается: проверьте путь и права.`,
      { cause },
    );
  }
}

function textOf(
  { facts, conclusion, concludedAt }: StoredControl,
  done: { made: boolean; files: readonly string[]; sent: number; unreached: readonly string[]; concluding: boolean },
): string {
  const head = done.made
    ? `Составлен контроль № ${facts.number} за ${monthName(facts.month)}`
    : `Контроль № ${facts.number} за ${monthName(facts.month)} составлен раньше и не меняется.`;
  const next =
    concludedAt === null
      ? `Заключение – проект. Поправьте его в файле и утвердите: sverka control --month ${facts.month} --conclusion ФАЙЛ (или --accept-draft).`
      : "Заключение утверждено.";
  const letters = done.concluding ? [`Новых писем: ${done.sent}.`] : [];
  const missing =
    done.unreached.length === 0 ? [] : [`Без адреса или без писем, ознакомить по листу: ${done.unreached.join(", ")}.`];
  const files = done.files.map((file) => `  ${file}`);
  return `${[head, ...conclusion.split("\n").map((line) => `  ${line}`), next, ...letters, ...missing, "Файлы:", ...files].join("\n")}\n`;
}

function shown(
  tools: Tools,
  { json }: ControlOptions,
  letters: readonly ControlLetter[],
  unreached: readonly string[],
): void {
  if (json) {
    printJson(tools.stdout, {
      dryRun: true,
      unreached,
      letters: letters.map(({ to, subject, text }) => ({ to, subject, text })),
    });
    return;
  }
  const parts = letters.map(({ to, subject, text, attachments }) => {
    const files = attachments.map(({ name }) => name).join(", ");
    return `Кому: ${to.join(", ")}\nТема: ${subject}\n${files === "" ? "" : `Вложения: ${files}\n`}\n${text}`;
  });
  tools.stdout.write(
    letters.length === 0
      ? "Писать некому: адреса не заданы (school.yaml, people.yaml).\n"
      : `${parts.join("\n----\n\n")}\n`,
  );
}

function listed(tools: Tools, controls: readonly StoredControl[], { json }: ControlOptions): void {
  const rows = controls.map(({ facts: { month, number }, concludedAt, deliveredAt }) => ({
    month,
    number,
    concluded: concludedAt !== null,
    delivered: deliveredAt !== null,
  }));
  if (json) {
    printJson(tools.stdout, rows);
    return;
  }
  const line = ({ month, number, concluded, delivered }: (typeof rows)[number]) =>
    `${month}  № ${number}  ${concluded ? "утверждён" : "проект"}${delivered ? ", доведён" : ""}\n`;
  tools.stdout.write(
    rows.length === 0 ? "Контролей ещё нет: sverka control --month 2026-10.\n" : rows.map(line).join(""),
  );
}

function parseMonth(text: string): Month {
  const russian = /^(\d{1,2})\.(\d{4})$/.exec(text);
  const month = russian ? `${russian[2]}-${(russian[1] ?? "").padStart(2, "0")}` : text;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new InvalidArgumentError(`«${text}» – не месяц: напишите, например, 2026-10 или 10.2026.`);
  return month;
}
