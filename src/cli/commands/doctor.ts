import { existsSync } from "node:fs";
import { access, constants, statfs } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { openQueue } from "../../../jobs/queue.ts";
import { loadFonts } from "../../documents/fonts.ts";
import { SverkaError } from "../../domain/error.ts";
import type { House } from "../../main.ts";
import type { AccountKind } from "../../ports/journal.ts";
import { signInOnce } from "../../sync/sign-in.ts";
import { EXIT, endOf } from "../exit-code.ts";
import { Stopped } from "../stopping.ts";
import { printJson, type Tools } from "../tools.ts";

interface Finding {
  readonly what: string;
  readonly state: "good" | "note" | "bad";
  readonly sentence: string;
}

const MARKS = { good: "✓", note: "–", bad: "✗" } as const;
const LOW_DISK = 1024 ** 3;
const KINDS: Readonly<Record<AccountKind, string>> = {
  administrator: "администратор",
  manager: "завуч",
  teacher: "учитель",
  parent: "родитель",
  pupil: "ученик",
  auditor: "проверяющий",
  unknown: "вид неизвестен",
};

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
      const findings: Finding[] = [];
      const found = (finding: Finding) => {
        findings.push(finding);
        if (!options.json) tools.stdout.write(`${MARKS[finding.state]} ${finding.what}: ${finding.sentence}\n`);
      };
      try {
        await tools.lookAround(async (house) => {
          found({ what: "настройки", ...settingsIn(resolve(house.environment.config)) });
          const { databaseUrl } = house.environment;
          const base = databaseUrl === null ? "встроенная, работает" : "сервер из DATABASE_URL отвечает";
          found({ what: "база", state: "good", sentence: base });
          for (const [what, look] of Object.entries(LOOKS)) found(await examine(what, () => look(house, tools.signal)));
        });
      } catch (error) {
        if (!(error instanceof SverkaError)) throw error;
        found({ what: "настройки и база", state: "bad", sentence: error.message });
      }
      if (options.json) printJson(tools.stdout, findings);
      if (findings.some(({ state }) => state === "bad")) tools.end(EXIT.trouble);
    });
}

function settingsIn(folder: string): Omit<Finding, "what"> {
  if (existsSync(folder)) return { state: "good", sentence: `прочитаны: ${folder}` };
  return {
    state: "note",
    sentence: `папки «${folder}» нет, взяты значения по умолчанию: выполните «sverka init» или задайте SVERKA_CONFIG.`,
  };
}

type Look = (house: House, signal: AbortSignal) => Promise<Omit<Finding, "what">>;

/** Each says in one sentence that it is well, or throws one that says how to mend it. */
const LOOKS: Readonly<Record<string, Look>> = {
  async "папка данных"({ environment }) {
    const folder = resolve(environment.data);
    await access(folder, constants.W_OK).catch(() => {
      throw new SverkaError(
        "configuration",
        "data-folder",
        `в «${folder}» нельзя писать: дайте права или задайте другую папку в SVERKA_DATA.`,
      );
    });
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const gigabytes = `${(free / 1024 ** 3).toLocaleString("ru-RU", { maximumFractionDigits: 1 })} ГБ`;
    if (free < LOW_DISK)
      throw new SverkaError("configuration", "disk-full", `на диске осталось ${gigabytes}: освободите место.`);
    return { state: "good", sentence: `${folder}, свободно ${gigabytes}` };
  },
  async очередь({ environment, databaseUrl, log }) {
    const queue = openQueue({ redisUrl: environment.redisUrl, databaseUrl, log, readyWithinMs: 5_000 });
    try {
      await queue.ready();
      return { state: "good", sentence: environment.redisUrl === null ? "в базе, работает" : "Redis отвечает" };
    } finally {
      await queue.close();
    }
  },
  async журнал(house, signal) {
    const { store, clock, school } = house;
    const journal = house.journal({ retries: 1, requestSeconds: 15 });
    const session = await signInOnce({ store, clock, journal }, school.id, signal);
    const { build, account } = session;
    if (account.kind !== "administrator" && account.kind !== "manager") {
      return {
        state: "note",
        sentence: `вход есть, но учётная запись (${KINDS[account.kind]}) может видеть не всю школу: лучше запись администратора или завуча.`,
      };
    }
    return {
      state: "good",
      sentence: `вход есть, сборка ${build?.version ?? "неизвестна"}, учебный год ${session.year}/${session.year + 1}`,
    };
  },
  async почта({ mailer, settings, environment }) {
    await mailer.verify();
    if (settings.school.mail.deputyDirector === null) {
      return {
        state: "note",
        sentence: `${mailer.place}; кому писать, не задано: впишите mail: deputyDirector в school.yaml.`,
      };
    }
    return {
      state: "good",
      sentence: environment.smtpUrl === null ? `письма ложатся в ${mailer.place}` : `сервер ${mailer.place} отвечает`,
    };
  },
  async принтер({ printer }) {
    await printer.verify();
    return {
      state: "good",
      sentence: printer.kind === "folder" ? `распечатки ложатся в ${printer.place}` : `${printer.place} отвечает`,
    };
  },
  async шрифты() {
    loadFonts();
    return { state: "good", sentence: "PT Serif и PT Sans на месте" };
  },
};

async function examine(what: string, look: () => Promise<Omit<Finding, "what">>): Promise<Finding> {
  try {
    return { what, ...(await look()) };
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return { what, state: "bad", sentence: endOf(error).sentence ?? "" };
  }
}
