import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { endOf } from "../../src/cli/exit-code.ts";
import { russianCommand } from "../../src/cli/program.ts";
import { createProgram } from "../../src/cli/sverka.ts";
import type { Tools } from "../../src/cli/tools.ts";
import { SverkaError } from "../../src/domain/error.ts";
import { IMPORT_KINDS } from "../../src/domain/import/settings.ts";
import { RULES, SCHOOL_RULES } from "../../src/domain/rules/catalogue.ts";

/** A world in which no command may come as far as opening the house. */
function program(...words: string[]) {
  const tools = {
    signal: new AbortController().signal,
    withHouse: () => Promise.reject(new Error("the house was opened")),
    lookAround: () => Promise.reject(new Error("the house was opened")),
  } as unknown as Tools;
  return createProgram(tools, words);
}

function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut(part) {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

/** What stays Latin in a Russian help: names that are typed, and proper names. */
const PROPER = new Set([
  "sverka",
  "JSON",
  "PDF/A",
  "Ctrl+C",
  "SIGTERM",
  "SMTP",
  "PDF",
  "JPEG",
  "PNG",
  "TIFF",
  "error",
  "code",
  "message",
  "outbox",
  "scans",
  "controls",
  "findings",
  "passes",
  "analysis",
  "XLSX",
  "CSV",
  "help",
  "undo",
  "administrator",
  "class-teacher",
  ...IMPORT_KINDS,
]);
const TYPED = [
  /(?<![\w-])--?[a-z][\w-]*/gi, // options
  /\b[A-Z]+(_[A-Z]+)+\b/g, // variables
  /[\w./-]*\.(ya?ml|eml|pdf|xlsx|csv|json|txt)\b/gi, // files
  /https?:\/\/\S+/g,
  /\d{4}-\d\d-\d\dT[\d:+]+/g,
];

describe("help", async () => {
  const commands = all(await program());
  const known = new Set([
    ...commands.map((command) => command.name()),
    ...[...RULES, ...SCHOOL_RULES].map(({ id }) => id),
  ]);

  it.each(commands.map((command) => [pathOf(command), command] as const))(
    "of «%s» has no English word",
    (_, command) => {
      const text = TYPED.reduce((rest, pattern) => rest.replace(pattern, " "), helpOf(command));
      const words = text.match(/[A-Za-z][A-Za-z/+-]*/g) ?? [];
      expect(words.filter((word) => !PROPER.has(word) && !known.has(word))).toEqual([]);
      expect(text).toContain("Использование:");
      expect(text).toContain("показать эту справку");
    },
  );

  it("of a command is the same whether or not the others are loaded", async () => {
    const root = await program();
    for (const among of root.commands) {
      const name = among.name();
      const alone = await program(name);
      const own = alone.commands.find((command) => command.name() === name);
      expect(own && helpOf(own)).toBe(helpOf(among));
    }
  });

  it("tells what each command and each option does", () => {
    for (const command of commands) {
      expect(command.description(), pathOf(command)).not.toBe("");
      for (const option of command.options)
        expect(option.description, `${pathOf(command)} ${option.flags}`).not.toBe("");
    }
  });
});

it("an option belongs to the command that it follows, though the one above has its name too", async () => {
  const taken: object[] = [];
  const above = russianCommand("mail").option("--dry-run");
  above
    .command("teachers")
    .option("--dry-run")
    .action((options: object) => void taken.push(options));
  await above.parseAsync(["teachers", "--dry-run"], { from: "user" });
  expect(taken).toEqual([{ dryRun: true }]);
});

describe("a wrong use of the command line", () => {
  const end = async (...args: string[]) => {
    const root = await program(...args);
    for (const command of all(root)) command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    try {
      await root.parseAsync(args, { from: "user" });
    } catch (error) {
      return endOf(error);
    }
    throw new Error("not refused");
  };

  it.each([
    [["synk"], "Неизвестная команда «synk». Может быть, «sync»?"],
    [["вчера"], "Неизвестная команда «вчера». Список команд: sverka --help."],
    [["policy", "нет"], "Неизвестная команда «нет»."],
    [["sync", "--jsn"], "Неизвестный параметр «--jsn». Может быть, «--json»?"],
    [["check", "--as-of"], "Параметр «--as-of <момент>» требует значения."],
    [["check", "--as-of", "2026-10-05"], "«--as-of <момент>»: «2026-10-05» – не момент времени: напишите, например,"],
    [["notices", "--from", "31.02.2026"], "«--from <день>»: «31.02.2026» – не дата: напишите, например, 2026-10-05"],
    [["notices", "--from", "2026-10-05"], "Задайте срок и папку: sverka notices --from"],
    [["explain"], "Не хватает аргумента «замечание»."],
    [["explain", "a1b2", "c3d4"], "Лишние слова в команде."],
    [["waive", "a1b2", "--reason", "болезнь"], "Не хватает параметра «--author <имя>»."],
  ])("sverka %j is refused with code 2 and one Russian sentence", async (args, sentence) => {
    const { exitCode, code, sentence: said } = await end(...args);
    expect([exitCode, said]).toEqual([2, expect.stringContaining(sentence)]);
    expect(code).toMatch(/^[a-z-]+$/);
    expect(said).not.toMatch(/error|option|argument|command|invalid/);
  });

  it("without a command shows the help and is no success", async () => {
    expect(await end()).toMatchObject({ exitCode: 2, sentence: null });
  });

  it.each([["--help"], ["--version"], ["help"], ["help", "sync"], ["sync", "--help"]])(
    "but «%s %s» is what was asked for",
    async (...args) => {
      expect(await end(...args)).toEqual({ exitCode: 0, code: null, sentence: null });
    },
  );
});

describe("the exit code of an error", () => {
  it.each([
    ["configuration", 2],
    ["input", 2],
    ["journal", 3],
    ["trouble", 1],
  ] as const)("of kind %s is %i", (kind, exitCode) => {
    expect(endOf(new SverkaError(kind, "some-code", "Сделайте так."))).toEqual({
      exitCode,
      code: "some-code",
      sentence: "Сделайте так.",
    });
  });

  it("of an unexpected one is 1, and its words stay inside", () => {
    const end = endOf(new TypeError("Петрова Анна is not iterable"));
    expect(end).toMatchObject({ exitCode: 1, code: "unexpected" });
    expect(end.sentence).not.toContain("Петрова");
  });
});
