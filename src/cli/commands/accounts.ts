import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { folderFiles } from "../../../adapters/files/folder-files.ts";
import { disable, type Invited, invite, renewCode } from "../../access/accounts.ts";
import { type InvitationPlace, mailInvitation, printInvitation } from "../../access/invitation-letter.ts";
import { type Account, loginFor } from "../../domain/access/accounts.ts";
import { ROLE_NAMES, type Role } from "../../domain/access/roles.ts";
import { SverkaError } from "../../domain/error.ts";
import { moment } from "../../domain/russian.ts";
import type { House } from "../../main.ts";
import { accountByLogin, listAccounts, staffNames } from "../../store/access/accounts.ts";
import type { Transaction } from "../../store/transaction.ts";
import { accessNeeds, invitationPlace } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";

interface InviteOptions {
  readonly role: readonly Role[];
  readonly login?: string;
  readonly mail?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Whoever sits at the school's own computer: the audit has no account for them. */
const TERMINAL = { accountId: null, address: "terminal", who: null };

/** What is typed after `--role`. */
const WORDS: Readonly<Record<string, Role>> = {
  ответственный: "administrator",
  директор: "director",
  заместитель: "deputy",
  классный: "class-teacher",
  предметник: "subject-teacher",
};

const STATES = { invited: "приглашён", active: "работает", disabled: "отключён" } as const;

/** `sverka accounts`: who may sign in. */
export function addAccounts(program: Command, tools: Tools): void {
  const accounts = program.command("accounts").description("учётные записи: кто может входить на страницу");
  accounts
    .command("list")
    .description("все учётные записи")
    .option("--json", "одним документом JSON")
    .action(async ({ json }: { json?: boolean }) => {
      await tools.withHouse(async ({ store, school }) => {
        const all = await listAccounts(store.pool, school.id);
        if (json) return printJson(tools.stdout, all);
        tools.stdout.write(
          all.length === 0 ? "Учётных записей нет: sverka accounts link.\n" : all.map(lineOf).join(""),
        );
      });
    });
  accounts
    .command("invite")
    .description("пригласить сотрудника: письмом или листом с одноразовым кодом")
    .argument("<имя>", "как в журнале: «Фамилия И. О.»")
    .addOption(
      new Option("--role <обязанность...>", `обязанности: ${Object.keys(WORDS).join(", ")}`)
        .argParser(parseRole)
        .makeOptionMandatory(),
    )
    .option("--login <логин>", "логин; без него – из имени")
    .option("--mail <адрес>", "отправить приглашение письмом")
    .option("--out <папка>", "положить лист с кодом сюда")
    .option("--json", "итог одним документом JSON")
    .action(async (name: string, options: InviteOptions) => {
      await tools.withHouse(async (house) => {
        const staffName = (await staffNames(house.store.pool, house.school.id)).find((one) => one === name) ?? null;
        const { role: roles, mail = null, login = loginFor(name) } = options;
        const order = { login, name, staffName, roles, mail };
        const invited = await invite(accessNeeds(house), TERMINAL, order, mailing(house));
        await told(tools, house, invited, options);
      });
    });
  accounts
    .command("link")
    .description("новая одноразовая ссылка: первый вход или забытый пароль")
    .argument("[логин]", "чей пароль забыт; без него – учётная запись ответственного за работу")
    .option("--phone-lost", "потерян и телефон: вход по коду из приложения настроить заново")
    .option("--out <папка>", "положить лист с кодом сюда")
    .option("--json", "итог одним документом JSON")
    .addHelpText("after", "\nПрежний пароль и открытые входы этого человека перестают действовать.")
    .action(async (login: string | undefined, options: { phoneLost?: boolean; out?: string; json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const needs = accessNeeds(house);
        const account = login === undefined ? await administrator(house) : await known(house, login);
        const invited =
          account === null
            ? await invite(needs, TERMINAL, {
                login: "admin",
                name: "Администратор",
                staffName: null,
                roles: ["administrator"],
                mail: null,
              })
            : await renewCode(needs, TERMINAL, account.id, {
                and: mailing(house),
                phoneLost: options.phoneLost ?? false,
              });
        await told(tools, house, invited, options);
      });
    });
  accounts
    .command("disable")
    .description("отключить учётную запись: её входы кончаются сразу")
    .argument("<логин>", "из «sverka accounts list»")
    .option("--json", "итог одним документом JSON")
    .action(async (login: string, { json }: { json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const { id } = await known(house, login);
        await disable(accessNeeds(house), TERMINAL, id);
        if (json) printJson(tools.stdout, { disabled: login });
        else tools.stdout.write(`Учётная запись «${login}» отключена.\n`);
      });
    });
}

const mailing = (house: House) => async (client: Transaction, invited: Invited) => {
  await mailInvitation(client, invited, await invitationPlace(house));
};

async function told(
  tools: Tools,
  house: House,
  invited: Invited,
  { out, json }: { out?: string; json?: boolean },
): Promise<void> {
  const place = await invitationPlace(house);
  const { account, code, expiresAt } = invited;
  const link = linkOf(place, code);
  const file =
    out === undefined
      ? null
      : await folderFiles.write(
          resolve(out),
          `Приглашение ${account.login}.pdf`,
          await printInvitation(invited, place),
        );
  if (json)
    return printJson(tools.stdout, {
      account: account.id,
      login: account.login,
      link,
      expiresAt,
      mail: account.mail,
      file,
    });
  const lines = [
    `${account.name}, логин ${account.login}`,
    `Одноразовая ссылка, до ${moment(expiresAt, house.school.zone)}: ${link}`,
    account.mail === null ? null : `Письмо на ${account.mail} поставлено в очередь.`,
    file,
  ];
  tools.stdout.write(`${lines.filter((one) => one !== null).join("\n")}\n`);
}

export const linkOf = ({ page }: InvitationPlace, code: string): string => `${page}/invite/${code}`;

async function administrator({ store, school }: House): Promise<Account | null> {
  const all = (await listAccounts(store.pool, school.id)).filter(({ roles }) => roles.includes("administrator"));
  return all.find(({ state }) => state === "active") ?? all.find(({ state }) => state === "invited") ?? null;
}

async function known({ store, school }: House, login: string): Promise<Account> {
  const account = await accountByLogin(store.pool, school.id, login.toLowerCase());
  if (account !== null) return account;
  throw new SverkaError("input", "account-unknown", `Логина «${login}» нет: список покажет «sverka accounts list».`);
}

function lineOf({ login, name, roles, state, hasTotp }: Account): string {
  const duties = roles.map((role) => ROLE_NAMES[role]).join(", ");
  return `${login.padEnd(20)} ${STATES[state].padEnd(10)} ${name} – ${duties}${hasTotp ? ", вход по коду" : ""}\n`;
}

function parseRole(text: string, before: readonly Role[] | undefined): readonly Role[] {
  const role = WORDS[text.toLowerCase()];
  if (role === undefined)
    throw new InvalidArgumentError(`«${text}» – не обязанность. Есть: ${Object.keys(WORDS).join(", ")}.`);
  return [...(before ?? []), role];
}
