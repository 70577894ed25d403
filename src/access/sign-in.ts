import { needsSecondFactor } from "../domain/access/roles.ts";
import { stageAfterPassword } from "../domain/access/session.ts";
import type { EpochMs } from "../domain/time.ts";
import { accountByLogin, changeAccount, secretsOf } from "../store/access/accounts.ts";
import { noteAudit, writeAudit } from "../store/access/audit.ts";
import { forgive, type ThrottleKey, takeAttempt } from "../store/access/throttle.ts";
import { inTransaction } from "../store/transaction.ts";
import type { AccessNeeds, Origin } from "./needs.ts";
import { isPassword } from "./passwords.ts";
import { beginSession } from "./sessions.ts";

export type SignIn =
  | { readonly kind: "in"; readonly token: string }
  | { readonly kind: "refused" }
  | { readonly kind: "wait"; readonly until: EpochMs };

const LONGEST = 200;

/** By login and password. The answer does not tell whether there is such a login; a refused attempt makes the next ones wait longer. */
export async function signIn(
  needs: AccessNeeds,
  given: { readonly login: string; readonly password: string },
  origin: Origin,
): Promise<SignIn> {
  const { store, schoolId, clock } = needs;
  const at = clock.now();
  const login = given.login
    .replace(/\p{Cc}/gu, "")
    .trim()
    .toLowerCase()
    .slice(0, LONGEST);
  const keys: ThrottleKey[] = [
    { kind: "address", key: `address/${nets(origin.address)}` },
    { kind: "account", key: `login/${login}` },
    { kind: "account-and-address", key: `login/${login}/${nets(origin.address)}` },
  ];
  const until = await takeAttempt(store, schoolId, keys, at);
  if (until !== null) return { kind: "wait", until };
  const account = await accountByLogin(store.pool, schoolId, login);
  const hash = account?.state === "active" ? (await secretsOf(store.pool, schoolId, account.id)).passwordHash : null;
  const right = await isPassword(given.password.slice(0, LONGEST), hash);
  if (!right || account === null) {
    // What was typed for a login may be a password: it is not kept.
    const accountId = account?.id ?? null;
    await noteAudit(store, { schoolId, at, accountId, action: "sign-in.refused", object: "", address: origin.address });
    return { kind: "refused" };
  }
  await forgive(store, schoolId, keys);
  const stage = stageAfterPassword({ hasTotp: account.hasTotp, mustHaveTotp: needsSecondFactor(account.roles) });
  const token = await inTransaction(store, async (client) => {
    await changeAccount(client, schoolId, account.id, { lastSignInAt: at });
    const details = { stage };
    await writeAudit(client, {
      schoolId,
      at,
      accountId: account.id,
      action: "sign-in",
      object: "",
      details,
      address: origin.address,
    });
    return beginSession(client, needs, { account, stage, origin, before: null });
  });
  return { kind: "in", token };
}

/** An IPv6 neighbour has a whole /64 to itself. */
export function nets(address: string): string {
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
}
