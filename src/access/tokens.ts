import { SCOPES, TOKEN_SCOPES, type TokenScope } from "../domain/access/matrix.ts";
import { may, type Who } from "../domain/access/may.ts";
import { type ApiToken, endOfToken, MOST_TOKEN_DAYS, TOKEN_START } from "../domain/access/tokens.ts";
import { SverkaError } from "../domain/error.ts";
import { accountById } from "../store/access/accounts.ts";
import { writeAudit } from "../store/access/audit.ts";
import { addToken, noteTokenUsed, revokeToken, tokenByHash } from "../store/access/tokens.ts";
import { inTransaction } from "../store/transaction.ts";
import type { AccessNeeds, Actor } from "./needs.ts";
import { digestOf, newToken } from "./secrets.ts";
import { whoOf } from "./sessions.ts";

const DAY_MS = 24 * 60 * 60_000;
const LONGEST_NAME = 100;
const HINT = 4;
/** A look is written down once in so long: reading is not to cost a write each time. */
const USED_EVERY_MS = 30_000;

/** A program whose token holds, and whom it reads for. */
export interface Program {
  readonly token: ApiToken;
  readonly who: Who;
}

export type Knock =
  | { readonly kind: "in"; readonly program: Program }
  /** `token`: whose it was, where it is known at all. */
  | {
      readonly kind: "refused";
      readonly why: "unknown" | "revoked" | "expired" | "owner";
      readonly token: ApiToken | null;
    };

/** The scopes that an owner's rights allow, of all that there are. */
export const scopesOf = (who: Who): readonly TokenScope[] => SCOPES.filter((scope) => may(who, TOKEN_SCOPES[scope]));

/**
 * Makes a token and answers it, once: the store keeps its hash. It is for an owner whose rights it shares, and of scopes that they have themselves. Throws
 * `token-…`, `account-unknown` (input).
 */
export async function issueToken(
  needs: AccessNeeds,
  actor: Actor,
  order: {
    readonly accountId: number;
    readonly name: string;
    readonly scopes: readonly TokenScope[];
    readonly days: number;
  },
): Promise<{ readonly id: number; readonly token: string; readonly expiresAt: number }> {
  const { store, schoolId, clock } = needs;
  const name = order.name.trim().replace(/\s+/g, " ");
  if (name === "" || name.length > LONGEST_NAME)
    throw new SverkaError("input", "token-name", `Назовите программу, не длиннее ${LONGEST_NAME} знаков.`);
  const scopes = SCOPES.filter((scope) => order.scopes.includes(scope));
  if (scopes.length === 0)
    throw new SverkaError("input", "token-scopes", "Выберите хотя бы одно: что программе можно читать.");
  if (!Number.isInteger(order.days) || order.days < 1 || order.days > MOST_TOKEN_DAYS)
    throw new SverkaError("input", "token-days", `Срок ключа – от 1 до ${MOST_TOKEN_DAYS} дней.`);
  const owner = await accountById(store.pool, schoolId, order.accountId);
  if (owner === null || owner.state !== "active")
    throw new SverkaError("input", "account-unknown", "У ключа должен быть владелец с работающей учётной записью.");
  const allowed = scopesOf(await whoOf(needs, owner));
  if (scopes.some((scope) => !allowed.includes(scope)))
    throw new SverkaError(
      "input",
      "token-foreign",
      "Ключ не может открыть больше, чем видит его владелец («Порядок», п. 2.4): уберите лишнее или попросите того, кто это видит.",
    );
  const secret = newToken();
  const token = `${TOKEN_START}${secret}`;
  const at = clock.now();
  const expiresAt = at + order.days * DAY_MS;
  const id = await inTransaction(store, async (client) => {
    const made = await addToken(client, {
      schoolId,
      accountId: owner.id,
      name,
      hash: digestOf(token),
      hint: secret.slice(0, HINT),
      scopes,
      at,
      by: actor.accountId,
      expiresAt,
    });
    const { accountId, address } = actor;
    const details = { scopes, days: order.days, owner: owner.id };
    await writeAudit(client, {
      schoolId,
      at,
      accountId,
      action: "tokens.add",
      object: `token/${made}`,
      details,
      address,
    });
    return made;
  });
  return { id, token, expiresAt };
}

/** It holds no longer, from this moment on. Throws `token-unknown` (input). */
export async function endToken(needs: AccessNeeds, actor: Actor, id: number): Promise<void> {
  const { store, schoolId, clock } = needs;
  const { accountId, address } = actor;
  const at = clock.now();
  await inTransaction(store, async (client) => {
    if (!(await revokeToken(client, { schoolId, id, at, by: accountId })))
      throw new SverkaError("input", "token-unknown", "Такого действующего ключа нет: обновите список.");
    await writeAudit(client, { schoolId, at, accountId, action: "tokens.end", object: `token/${id}`, address });
  });
}

/** Whose token it is and what they may at this moment; the program's look is noted. */
export async function programOf(needs: AccessNeeds, given: string, address: string): Promise<Knock> {
  const { store, schoolId, clock } = needs;
  const token = given.startsWith(TOKEN_START) ? await tokenByHash(store.pool, schoolId, digestOf(given)) : null;
  if (token === null) return { kind: "refused", why: "unknown", token };
  const now = clock.now();
  const end = endOfToken(token, now);
  if (end !== null) return { kind: "refused", why: end, token };
  const owner = await accountById(store.pool, schoolId, token.accountId);
  if (owner === null || owner.state !== "active") return { kind: "refused", why: "owner", token };
  if (token.usedAt === null || token.usedFrom !== address || now - token.usedAt > USED_EVERY_MS)
    await noteTokenUsed(store.pool, token.id, now, address);
  return { kind: "in", program: { token, who: await whoOf(needs, owner) } };
}
