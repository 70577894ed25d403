import { type Account, isUnnamed, LOGIN } from "../domain/access/accounts.ts";
import { passwordProblem } from "../domain/access/password.ts";
import { needsSecondFactor } from "../domain/access/roles.ts";
import { stageAfterPassword } from "../domain/access/session.ts";
import { SverkaError } from "../domain/error.ts";
import type { EpochMs } from "../domain/time.ts";
import { accountById, accountByLogin, changeAccount } from "../store/access/accounts.ts";
import { writeAudit } from "../store/access/audit.ts";
import { endInvitations, invitationByCode } from "../store/access/invitations.ts";
import { endSessions } from "../store/access/sessions.ts";
import { forgive, type ThrottleKey, takeAttempt } from "../store/access/throttle.ts";
import { inTransaction } from "../store/transaction.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";
import { confirmPassword } from "./confirm-password.ts";
import type { AccessNeeds, Origin } from "./needs.ts";
import { hashPassword } from "./passwords.ts";
import { digestOfCode } from "./secrets.ts";
import { beginSession, type Visitor } from "./sessions.ts";
import { nets } from "./sign-in.ts";

/** Whose code it is; null: nobody's, or used, or too old. `until`: the address has tried too many. */
export async function accountOfCode(
  needs: AccessNeeds,
  code: string,
  origin: Origin,
): Promise<{ readonly account: Account | null; readonly until: EpochMs | null }> {
  const { store, schoolId, clock } = needs;
  const keys: ThrottleKey[] = [{ kind: "address", key: `address/${nets(origin.address)}` }];
  const until = await takeAttempt(store, schoolId, keys, clock.now());
  if (until !== null) return { account: null, until };
  const found = await invitationByCode(store.pool, { schoolId, codeHash: digestOfCode(code), at: clock.now() });
  if (found === null) return { account: null, until: null };
  await forgive(store, schoolId, keys);
  return { account: await accountById(store.pool, schoolId, found.accountId), until: null };
}

/**
 * Uses the code, once: the account has its password and its first session. Who comes first of all also says who they are. Throws `password-weak`, `code-void`,
 * `account-…` (input).
 */
export async function accept(
  needs: AccessNeeds,
  given: {
    readonly code: string;
    readonly password: string;
    readonly again: string;
    readonly login: string | null;
    readonly name: string | null;
  },
  origin: Origin,
): Promise<string> {
  const { store, schoolId, clock } = needs;
  const { account } = await accountOfCode(needs, given.code, origin);
  if (account === null) throw voidCode();
  const unnamed = isUnnamed(account);
  const login = ((unnamed ? given.login : null) ?? account.login).trim().toLowerCase();
  const name = ((unnamed ? given.name : null) ?? account.name).trim().replace(/\s+/g, " ");
  if (!LOGIN.test(login))
    throw new SverkaError("input", "account-login", "Логин – от 2 до 63 букв, цифр и знаков . _ - @ +, без пробелов.");
  if (name === "" || name.length > 200)
    throw new SverkaError("input", "account-name", "Напишите своё имя, не длиннее 200 знаков.");
  const other = await accountByLogin(store.pool, schoolId, login);
  if (other !== null && other.id !== account.id)
    throw new SverkaError("input", "account-taken", `Логин «${login}» уже занят: возьмите другой.`);
  refuseWeak(given, [login, ...name.split(" ")]);
  const passwordHash = await hashPassword(given.password);
  const at = clock.now();
  return inTransaction(store, async (client) => {
    // Whoever used the code a moment earlier has ended it.
    const standing = await invitationByCode(client, { schoolId, codeHash: digestOfCode(given.code), at });
    if (standing === null) throw voidCode();
    await endInvitations(client, { schoolId, accountId: account.id, at });
    await changeAccount(client, schoolId, account.id, { state: "active", login, name, passwordHash, lastSignInAt: at });
    await writeAudit(client, {
      schoolId,
      at,
      accountId: account.id,
      action: "people.accepted",
      object: `account/${account.id}`,
      address: origin.address,
    });
    const now = await accountById(client, schoolId, account.id);
    if (now === null) throw voidCode();
    const stage = stageAfterPassword({ hasTotp: now.hasTotp, mustHaveTotp: needsSecondFactor(now.roles) });
    return beginSession(client, needs, { account: now, stage, origin, before: null });
  });
}

/** A new password by the old one; every session but this one ends. Throws `password-…` (input). */
export async function changePassword(
  needs: AccessNeeds,
  visitor: Visitor,
  given: { readonly old: string; readonly password: string; readonly again: string },
  origin: Origin,
): Promise<void> {
  const { store, schoolId, clock } = needs;
  const { account, session } = visitor;
  const at = clock.now();
  await confirmPassword(needs, visitor, given.old);
  refuseWeak(given, [account.login, ...account.name.split(" ")]);
  const hash = await hashPassword(given.password);
  await inTransaction(store, async (client) => {
    await changeAccount(client, schoolId, account.id, { passwordHash: hash });
    await endSessions(client, { schoolId, accountId: account.id, except: session.id, at });
    await writeAudit(client, {
      schoolId,
      at,
      accountId: account.id,
      action: "password.changed",
      object: "",
      address: origin.address,
    });
  });
}

function refuseWeak({ password, again }: { password: string; again: string }, own: readonly string[]): void {
  if (password !== again)
    throw new SverkaError("input", "password-again", "Пароли не совпали: наберите оба раза одинаково.");
  const problem = passwordProblem(password, { common: COMMON_PASSWORDS, own });
  if (problem !== null) throw new SverkaError("input", "password-weak", problem);
}

const voidCode = () =>
  new SverkaError(
    "input",
    "code-void",
    "Код не подходит: он уже использован, заменён новым или просрочен. Попросите у ответственного за работу новый.",
  );
