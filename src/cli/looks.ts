import { access, constants, statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { openQueue } from "../../jobs/queue.ts";
import { loadFonts } from "../documents/fonts.ts";
import { SverkaError } from "../domain/error.ts";
import type { House } from "../main.ts";
import type { AccountKind } from "../ports/journal.ts";
import { signInOnce } from "../sync/sign-in.ts";
import { endOf } from "./exit-code.ts";
import { Stopped } from "./stopping.ts";

/** How one part of the house is. */
export interface Examined {
  readonly what: string;
  readonly state: "good" | "note" | "bad";
  readonly sentence: string;
}

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

type Look = (house: House, signal: AbortSignal) => Promise<Omit<Examined, "what">>;

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

async function examine(what: string, look: () => Promise<Omit<Examined, "what">>): Promise<Examined> {
  try {
    return { what, ...(await look()) };
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return { what, state: "bad", sentence: endOf(error).sentence ?? "" };
  }
}

/** Looks at every part, one after another. */
export async function* examineHouse(house: House, signal: AbortSignal): AsyncGenerator<Examined> {
  for (const [what, look] of Object.entries(LOOKS)) yield await examine(what, () => look(house, signal));
}
