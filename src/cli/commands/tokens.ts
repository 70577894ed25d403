import { type Command, InvalidArgumentError, Option } from "commander";
import { endToken, issueToken } from "../../access/tokens.ts";
import { SCOPES, type TokenScope } from "../../domain/access/matrix.ts";
import { type ApiToken, endOfToken, MOST_TOKEN_DAYS, SCOPE_NAMES, TOKEN_START } from "../../domain/access/tokens.ts";
import { SverkaError } from "../../domain/error.ts";
import { moment } from "../../domain/russian.ts";
import { accountByLogin, listAccounts } from "../../store/access/accounts.ts";
import { listTokens } from "../../store/access/tokens.ts";
import { parseNumber } from "../arguments.ts";
import { accessNeeds } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";

interface CreateOptions {
  readonly owner: string;
  readonly scope: readonly TokenScope[];
  readonly days: number;
  readonly json?: boolean;
}

/** Whoever sits at the school's own computer: the audit has no account for them. */
const TERMINAL = { accountId: null, address: "terminal" };

/** `sverka tokens`: by what programs read `/api/v1`. */
export function addTokens(program: Command, tools: Tools): void {
  const tokens = program.command("tokens").description("ключи, по которым программы школы читают данные");
  tokens
    .command("list")
    .description("все ключи, и прежние")
    .option("--json", "одним документом JSON")
    .action(async ({ json }: { json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const { store, school } = house;
        const all = await listTokens(store.pool, school.id);
        if (json) return printJson(tools.stdout, all);
        const accounts = await listAccounts(store.pool, school.id);
        const { clock } = accessNeeds(house);
        const lines = all.map((token) =>
          lineOf(token, {
            owner: accounts.find(({ id }) => id === token.accountId)?.login ?? "",
            now: clock.now(),
            zone: school.zone,
          }),
        );
        tools.stdout.write(lines.length === 0 ? "Ключей ещё не выдавали.\n" : lines.join(""));
      });
    });
  tokens
    .command("create")
    .description("выдать ключ; он печатается один раз")
    .argument("<программа>", "как школа её называет")
    .requiredOption("--owner <логин>", "чьими правами она читает: больше владельца ключ не видит")
    .addOption(
      new Option("--scope <право...>", `что читать: ${SCOPES.join(", ")}`).argParser(parseScope).makeOptionMandatory(),
    )
    .addOption(
      new Option("--days <число>", `на сколько дней, не больше ${MOST_TOKEN_DAYS}`).argParser(parseDays).default(90),
    )
    .option("--json", "итог одним документом JSON")
    .action(async (name: string, { owner, scope: scopes, days, json }: CreateOptions) => {
      await tools.withHouse(async (house) => {
        const account = await accountByLogin(house.store.pool, house.school.id, owner.toLowerCase());
        if (account === null)
          throw new SverkaError(
            "input",
            "account-unknown",
            `Логина «${owner}» нет: список покажет «sverka accounts list».`,
          );
        const issued = await issueToken(accessNeeds(house), TERMINAL, { accountId: account.id, name, scopes, days });
        if (json) return printJson(tools.stdout, issued);
        tools.stdout.write(
          `Ключ № ${issued.id}, до ${moment(issued.expiresAt, house.school.zone)}. Больше он не покажется:\n${issued.token}\n`,
        );
      });
    });
  tokens
    .command("revoke")
    .description("отозвать ключ: с этого мгновения он ничего не открывает")
    .argument("<номер>", "из «sverka tokens list»", parseNumber)
    .option("--json", "итог одним документом JSON")
    .action(async (id: number, { json }: { json?: boolean }) => {
      await tools.withHouse(async (house) => {
        await endToken(accessNeeds(house), TERMINAL, id);
        if (json) printJson(tools.stdout, { revoked: id });
        else tools.stdout.write(`Ключ № ${id} отозван.\n`);
      });
    });
}

function lineOf(token: ApiToken, { owner, now, zone }: { owner: string; now: number; zone: string }): string {
  const { id, name, hint, scopes, expiresAt, usedAt, usedFrom } = token;
  const end = endOfToken(token, now);
  const state = end === "revoked" ? "отозван" : end === "expired" ? "срок вышел" : `до ${moment(expiresAt, zone)}`;
  const used = usedAt === null ? "ещё не читала" : `читала ${moment(usedAt, zone)} с ${usedFrom ?? "–"}`;
  const reads = scopes.map((scope) => SCOPE_NAMES[scope]).join(", ");
  return `№ ${id}  ${name} (${TOKEN_START}${hint}…): ${reads}; владелец ${owner}; ${state}; ${used}\n`;
}

function parseScope(text: string, before: readonly TokenScope[] | undefined): readonly TokenScope[] {
  const scope = SCOPES.find((one) => one === text.toLowerCase());
  if (scope === undefined) throw new InvalidArgumentError(`«${text}» – не право ключа. Есть: ${SCOPES.join(", ")}.`);
  return [...(before ?? []), scope];
}

function parseDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_TOKEN_DAYS) return days;
  throw new InvalidArgumentError(`«${text}» – не срок: целое число дней от 1 до ${MOST_TOKEN_DAYS}.`);
}
