import { readEnvironment } from "../../adapters/files/environment.ts";
import type { Remembered } from "../../adapters/files/remembered.ts";
import { SverkaError } from "../domain/error.ts";
import type { Dialogue } from "./dialogue.ts";

/** What the environment gives, which is not asked for. */
export interface GivenJournal {
  readonly aversUrl: string | null;
  readonly aversLogin: string | null;
  readonly aversPassword: string | null;
}

/**
 * Asks where the journal is and how to sign in, as far as the environment does not say so. What an earlier answer said is offered: Enter keeps it, so that a
 * changed password is given by running `init` again. An address that is none is asked for again at once.
 */
export async function askJournal(dialogue: Dialogue, given: GivenJournal, kept: Remembered): Promise<Remembered> {
  const answers: Remembered = {};
  if (given.aversUrl === null) {
    const url = await askAddress(dialogue, kept.AVERS_URL);
    if (url !== "") answers.AVERS_URL = url;
  }
  if (given.aversLogin === null) {
    const login = await dialogue.ask(`Логин сотрудника в журнале${keep(kept.AVERS_LOGIN)}: `);
    if (login !== "") answers.AVERS_LOGIN = login;
  }
  if (given.aversPassword === null) {
    const known = kept.AVERS_PASSWORD === undefined ? "" : ", Enter – оставить прежний";
    const password = await dialogue.askSecret(`Пароль (при вводе не виден, хранится только в папке данных${known}): `);
    if (password !== "") answers.AVERS_PASSWORD = password;
  }
  return answers;
}

async function askAddress(dialogue: Dialogue, kept: string | undefined): Promise<string> {
  for (;;) {
    const answer = await dialogue.ask(
      `Адрес журнала, как в браузере, например http://journal.school.example:8080${keep(kept)}: `,
    );
    if (answer === "") return "";
    const url = answer.includes("://") ? answer : `http://${answer}`;
    try {
      readEnvironment({ AVERS_URL: url });
      return url;
    } catch (error) {
      if (!(error instanceof SverkaError)) throw error;
      dialogue.say("Это не адрес. Скопируйте его из строки браузера, в котором открывается журнал.");
    }
  }
}

const keep = (known: string | undefined) => (known === undefined ? "" : ` [${known}, Enter – оставить]`);
