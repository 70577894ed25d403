import { type Account, FIRST_LOGIN, LOGIN } from "../domain/access/accounts.ts";
import { may, type Who } from "../domain/access/may.ts";
import { type Role, SECOND_FACTOR } from "../domain/access/roles.ts";
import { SverkaError } from "../domain/error.ts";
import { accountById, addAccount, changeAccount, listAccounts, lockRights } from "../store/access/accounts.ts";
import { type AuditEntry, writeAudit } from "../store/access/audit.ts";
import { addInvitation, endInvitations, replaceRecoveryCodes } from "../store/access/invitations.ts";
import { endSessions } from "../store/access/sessions.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";
import type { AccessNeeds, Actor } from "./needs.ts";
import { digestOfCode, newCode } from "./secrets.ts";

/** How long a code may wait to be used. */
export const CODE_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;

export interface Invited {
  readonly account: Account;
  /** Told once, to be sent or printed; the store keeps its hash. */
  readonly code: string;
  readonly expiresAt: number;
}

export interface InviteOrder {
  readonly login: string;
  readonly name: string;
  readonly staffName: string | null;
  readonly roles: readonly Role[];
  readonly mail: string | null;
}

/** The number of the account's rights that whoever changes it has before their eyes: another one, and somebody was faster. */
interface Seen {
  readonly seen?: number | undefined;
}

/** Roles that only a director gives, as soon as the school has one here: they see everybody's marks or move the machinery. */
const PROMOTED: readonly Role[] = [...SECOND_FACTOR, "director"];

/**
 * Makes an account and the code by which its owner sets a password. `and` writes what goes with it – the letter – in the same transaction. Throws `account-…` (input).
 */
export async function invite(
  needs: AccessNeeds,
  actor: Actor & { readonly who: Who | null },
  order: InviteOrder,
  and: (client: Transaction, invited: Invited) => Promise<void> = async () => undefined,
): Promise<Invited> {
  const { store, schoolId, clock } = needs;
  const login = order.login.trim().toLowerCase();
  const name = order.name.trim().replace(/\s+/g, " ");
  if (!LOGIN.test(login))
    throw new SverkaError("input", "account-login", "Логин – от 2 до 63 букв, цифр и знаков . _ - @ +, без пробелов.");
  if (name === "" || name.length > 200)
    throw new SverkaError("input", "account-name", "Имя пустое или длиннее 200 знаков.");
  if (order.roles.length === 0) throw new SverkaError("input", "account-roles", "Выберите хотя бы одну обязанность.");
  await refusePromotion(needs, actor.who, order.roles);
  const at = clock.now();
  return inTransaction(store, async (client) => {
    const id = await addAccount(client, { ...order, schoolId, login, name, at, by: actor.accountId });
    if (id === null) throw new SverkaError("input", "account-taken", `Логин «${login}» уже занят: возьмите другой.`);
    const invited = await codeFor(client, needs, actor, id);
    await audit(client, needs, actor, "people.invite", id, { roles: order.roles });
    await and(client, invited);
    return invited;
  });
}

/**
 * A new code for an account: the first one was lost, or the password was. The password and the sessions of before hold no longer; the second factor does, unless
 * the phone was lost too.
 */
export async function renewCode(
  needs: AccessNeeds,
  actor: Actor & { readonly who: Who | null },
  accountId: number,
  {
    seen,
    and = async () => undefined,
    phoneLost = false,
  }: Seen & {
    readonly and?: (client: Transaction, invited: Invited) => Promise<void>;
    readonly phoneLost?: boolean;
  } = {},
): Promise<Invited> {
  const known = await knownAccount(needs, accountId);
  await refusePromotion(needs, actor.who, known.roles);
  return inTransaction(needs.store, async (client) => {
    await refuseChanged(client, needs, accountId, seen);
    const phone = phoneLost ? { totpSecret: null, totpSince: null } : {};
    await changeAccount(client, needs.schoolId, accountId, { state: "invited", passwordHash: null, ...phone });
    if (phoneLost) await replaceRecoveryCodes(client, { schoolId: needs.schoolId, accountId, hashes: [] });
    await endSessions(client, { schoolId: needs.schoolId, accountId, at: needs.clock.now() });
    const invited = await codeFor(client, needs, actor, accountId);
    await audit(client, needs, actor, "people.code", accountId, { phoneLost });
    await and(client, invited);
    return invited;
  });
}

/** Nobody signs in with it any more; its sessions and codes end. Throws `account-last` (input) for the last administrator, `account-own` for oneself. */
export async function disable(
  needs: AccessNeeds,
  actor: Actor & { readonly who: Who | null },
  accountId: number,
  { seen }: Seen = {},
): Promise<Account> {
  const { store, schoolId, clock } = needs;
  const known = await knownAccount(needs, accountId);
  if (actor.accountId === accountId)
    throw new SverkaError(
      "input",
      "account-own",
      "Себя отключить нельзя: попросите другого ответственного или директора.",
    );
  await refusePromotion(needs, actor.who, known.roles);
  await inTransaction(store, async (client) => {
    await refuseChanged(client, needs, accountId, seen);
    const others = (await listAccounts(client, schoolId)).filter(
      ({ id, state, roles }) => id !== accountId && state === "active" && roles.includes("administrator"),
    );
    if (known.state === "active" && known.roles.includes("administrator") && others.length === 0)
      throw new SverkaError(
        "input",
        "account-last",
        "Это последний ответственный за работу: сначала пригласите другого.",
      );
    await changeAccount(client, schoolId, accountId, { state: "disabled" });
    await endSessions(client, { schoolId, accountId, at: clock.now() });
    await endInvitations(client, { schoolId, accountId, at: clock.now() });
    await audit(client, needs, actor, "people.disable", accountId, {});
  });
  return known;
}

/** Somebody's sign-ins all end, nothing else changes: a page was left open, a device was lost. */
export async function signOutOther(needs: AccessNeeds, actor: Actor & { readonly who: Who | null }, accountId: number) {
  const known = await knownAccount(needs, accountId);
  await refusePromotion(needs, actor.who, known.roles);
  await inTransaction(needs.store, async (client) => {
    await endSessions(client, { schoolId: needs.schoolId, accountId, at: needs.clock.now() });
    await audit(client, needs, actor, "people.sign-out", accountId, {});
  });
}

/** Other duties: the sessions of before end. */
export async function changeRoles(
  needs: AccessNeeds,
  actor: Actor & { readonly who: Who | null },
  accountId: number,
  roles: readonly Role[],
  { seen }: Seen = {},
): Promise<void> {
  const known = await knownAccount(needs, accountId);
  if (roles.length === 0) throw new SverkaError("input", "account-roles", "Выберите хотя бы одну обязанность.");
  if (actor.accountId === accountId)
    throw new SverkaError(
      "input",
      "account-own",
      "Свои обязанности не меняют: попросите другого ответственного или директора.",
    );
  await refusePromotion(needs, actor.who, [...known.roles, ...roles]);
  await inTransaction(needs.store, async (client) => {
    await refuseChanged(client, needs, accountId, seen);
    await changeAccount(client, needs.schoolId, accountId, { roles });
    await audit(client, needs, actor, "people.roles", accountId, { from: known.roles, to: roles });
  });
}

/**
 * The school's first account, of its administrator, and a code for it, as long as nobody has used one. Null once somebody has: then the terminal gives no way in
 * unasked.
 */
export async function firstCode(needs: AccessNeeds): Promise<Invited | null> {
  const accounts = await listAccounts(needs.store.pool, needs.schoolId);
  if (accounts.some(({ lastSignInAt, state }) => state === "active" || lastSignInAt !== null)) return null;
  const actor = { accountId: null, address: "terminal", who: null };
  const first = accounts.find(({ roles, state }) => roles.includes("administrator") && state === "invited");
  if (first !== undefined) return renewCode(needs, actor, first.id);
  const order = {
    login: FIRST_LOGIN,
    name: "Администратор",
    staffName: null,
    roles: ["administrator"] as const,
    mail: null,
  };
  try {
    return await invite(needs, actor, order);
  } catch (error) {
    // Another process of the same start was quicker, and has told its code.
    if (error instanceof SverkaError && error.code === "account-taken") return null;
    throw error;
  }
}

async function codeFor(client: Transaction, needs: AccessNeeds, actor: Actor, accountId: number): Promise<Invited> {
  const { schoolId, clock } = needs;
  const code = newCode();
  const at = clock.now();
  const expiresAt = at + CODE_DAYS * DAY_MS;
  await addInvitation(client, {
    schoolId,
    accountId,
    codeHash: digestOfCode(code),
    at,
    by: actor.accountId,
    expiresAt,
  });
  const account = await accountById(client, schoolId, accountId);
  if (account === null) throw unknown();
  return { account, code, expiresAt };
}

async function knownAccount({ store, schoolId }: AccessNeeds, id: number): Promise<Account> {
  const account = await accountById(store.pool, schoolId, id);
  if (account === null) throw unknown();
  return account;
}

async function refuseChanged(
  client: Transaction,
  { schoolId }: AccessNeeds,
  accountId: number,
  seen: number | undefined,
): Promise<void> {
  const rights = await lockRights(client, schoolId, accountId);
  if (seen === undefined || rights === seen) return;
  throw new SverkaError(
    "input",
    "account-changed",
    "Пока вы смотрели, эту учётную запись изменил кто-то другой, и ничего не сделано. Откройте страницу «Люди» заново.",
  );
}

/** The command line on the school's own computer may; whoever signed in needs the right, once a director is there to have it. */
async function refusePromotion(
  { store, schoolId }: AccessNeeds,
  who: Who | null,
  roles: readonly Role[],
): Promise<void> {
  if (who === null || may(who, "people.promote") || !roles.some((role) => PROMOTED.includes(role))) return;
  const accounts = await listAccounts(store.pool, schoolId);
  if (!accounts.some((one) => one.state === "active" && one.roles.includes("director"))) return;
  throw new SverkaError(
    "input",
    "account-promote",
    "Директора, заместителя и ответственного за работу назначает директор («Порядок», п. 2.4): попросите его сделать это на странице «Люди».",
  );
}

function audit(
  client: Transaction,
  { schoolId, clock }: AccessNeeds,
  { accountId, address }: Actor,
  action: string,
  id: number,
  details: NonNullable<AuditEntry["details"]>,
): Promise<void> {
  return writeAudit(client, {
    schoolId,
    at: clock.now(),
    accountId,
    action,
    object: `account/${id}`,
    details,
    address,
  });
}

const unknown = () =>
  new SverkaError("input", "account-unknown", "Такой учётной записи нет: обновите страницу «Люди».");
