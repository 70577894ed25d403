import { Command, type CommanderError, Help } from "commander";

const TITLES: Record<string, string> = {
  "Usage:": "Использование:",
  "Options:": "Параметры:",
  "Commands:": "Команды:",
  "Arguments:": "Аргументы:",
  "Global Options:": "Общие параметры:",
};

const inRussian = (description: string) =>
  description.replace("(default: ", "(если не задано: ").replace("(choices: ", "(одно из: ");

/**
 * A commander program that speaks Russian throughout, its subcommands too, and never leaves the process by itself. An option belongs to the command before it:
 * `mail teachers --dry-run` must not leave the word to `mail`, which has one of that name too.
 */
export function russianCommand(name: string): Command {
  const plain = new Help();
  return new Command(name)
    .helpOption("-h, --help", "показать эту справку")
    .helpCommand("help [команда]", "справка по команде")
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      commandUsage: (command) =>
        plain.commandUsage(command).replace("[options]", "[параметры]").replace("[command]", "[команда]"),
      optionDescription: (option) => inRussian(plain.optionDescription(option)),
      argumentDescription: (argument) => inRussian(plain.argumentDescription(argument)),
      subcommandTerm: (command) => plain.subcommandTerm(command).replace("[options]", "[параметры]"),
    })
    .configureOutput({ outputError: () => undefined })
    .enablePositionalOptions()
    .exitOverride();
}

/** One Russian sentence for a wrong use of the command line; null for what is no error at all (help, version), or where the help has been shown instead. */
export function misuse(error: CommanderError): string | null {
  const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? "";
  const meant = /Did you mean (?:one of )?(.+?)\?/.exec(error.message)?.[1];
  const hint = meant === undefined ? "" : ` Может быть, «${meant}»?`;
  switch (error.code) {
    case "commander.help":
    case "commander.helpDisplayed":
    case "commander.version":
      return null;
    case "commander.unknownCommand":
      return `Неизвестная команда «${quoted}».${hint} Список команд: sverka --help.`;
    case "commander.unknownOption":
      return `Неизвестный параметр «${quoted}».${hint} Добавьте --help, чтобы увидеть возможные.`;
    case "commander.missingArgument":
      return `Не хватает аргумента «${quoted}». Добавьте --help, чтобы увидеть порядок.`;
    case "commander.missingMandatoryOptionValue":
      return `Не хватает параметра «${quoted}». Добавьте --help, чтобы увидеть порядок.`;
    case "commander.optionMissingArgument":
      return `Параметр «${quoted}» требует значения. Добавьте --help, чтобы увидеть какого.`;
    case "commander.excessArguments":
      return "Лишние слова в команде. Добавьте --help, чтобы увидеть порядок; имя из нескольких слов берут в кавычки.";
    case "commander.invalidArgument":
      return `«${quoted}»: ${/is invalid\. (.+)$/s.exec(error.message)?.[1] ?? "значение не подходит."}`;
    default:
      return "Команда не понята. Добавьте --help, чтобы увидеть порядок.";
  }
}
