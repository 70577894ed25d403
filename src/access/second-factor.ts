import { randomBytes } from "node:crypto";
import { toBase32 } from "../domain/access/base32.ts";
import { needsSecondFactor } from "../domain/access/roles.ts";
import { matchingStep } from "../domain/access/totp.ts";
import { SverkaError } from "../domain/error.ts";
import type { EpochMs } from "../domain/time.ts";
import { changeAccount, secretsOf, useStep } from "../store/access/accounts.ts";
import { noteAudit, writeAudit } from "../store/access/audit.ts";
import { replaceRecoveryCodes, useRecoveryCode } from "../store/access/invitations.ts";
import { forgive, type ThrottleKey, takeAttempt } from "../store/access/throttle.ts";
import { inTransaction } from "../store/transaction.ts";
import type { AccessNeeds, Origin } from "./needs.ts";
import { digestOfCode, hmacSha1, newCode } from "./secrets.ts";
import { beginSession, type Visitor } from "./sessions.ts";

export type CodeOutcome =
  | { readonly kind: "in"; readonly token: string; readonly recoveryCodes: readonly string[] }
  | { readonly kind: "refused" }
  | { readonly kind: "wait"; readonly until: EpochMs };

const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;

/** The secret to be put into the phone, in Base32: a new one, or the one that waits for its first code. Throws `totp-set` (input) once it is confirmed. */
export async function secretToSet({ store, schoolId, cipher }: AccessNeeds, { account }: Visitor): Promise<string> {
  if (account.hasTotp)
    throw new SverkaError("input", "totp-set", "Коды из приложения уже настроены: сначала отключите прежние.");
  const { totpSecret } = await secretsOf(store.pool, schoolId, account.id);
  const pending = totpSecret === null ? null : cipher.open(totpSecret, ownerOf(account.id));
  if (pending !== null) return toBase32(pending);
  const secret = randomBytes(SECRET_BYTES);
  await changeAccount(store.pool, schoolId, account.id, { totpSecret: cipher.seal(secret, ownerOf(account.id)) });
  return toBase32(secret);
}

/** The first code shows that the phone has the secret: it counts from now on, and the recovery codes are told, this once. */
export async function confirmSecret(
  needs: AccessNeeds,
  visitor: Visitor,
  code: string,
  origin: Origin,
): Promise<CodeOutcome> {
  if (visitor.account.hasTotp) return { kind: "refused" };
  return withCode(needs, visitor, code, origin, async (client, at) => {
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newCode);
    const { schoolId } = needs;
    const accountId = visitor.account.id;
    await changeAccount(client, schoolId, accountId, { totpSince: at });
    await replaceRecoveryCodes(client, { schoolId, accountId, hashes: recoveryCodes.map(digestOfCode) });
    await writeAudit(client, {
      schoolId,
      at,
      accountId,
      action: "second-factor.set",
      object: "",
      address: origin.address,
    });
    return recoveryCodes;
  });
}

/** The code at sign-in: from the phone, or one of the recovery codes. */
export async function giveCode(
  needs: AccessNeeds,
  visitor: Visitor,
  code: string,
  origin: Origin,
): Promise<CodeOutcome> {
  if (!visitor.account.hasTotp) return { kind: "refused" };
  return withCode(needs, visitor, code, origin, async () => []);
}

/** Switches the codes off. Throws `totp-needed` (input) for whose duties they are required. */
export async function dropSecret(needs: AccessNeeds, { account }: Visitor, origin: Origin): Promise<void> {
  if (needsSecondFactor(account.roles))
    throw new SverkaError(
      "input",
      "totp-needed",
      "При ваших обязанностях вход по коду из приложения обязателен: отключить его нельзя.",
    );
  const { store, schoolId, clock } = needs;
  await inTransaction(store, async (client) => {
    const accountId = account.id;
    await changeAccount(client, schoolId, accountId, { totpSecret: null, totpSince: null });
    await replaceRecoveryCodes(client, { schoolId, accountId, hashes: [] });
    await writeAudit(client, {
      schoolId,
      at: clock.now(),
      accountId,
      action: "second-factor.dropped",
      object: "",
      address: origin.address,
    });
  });
}

async function withCode(
  needs: AccessNeeds,
  visitor: Visitor,
  code: string,
  origin: Origin,
  then: (client: Parameters<typeof writeAudit>[0], at: EpochMs) => Promise<readonly string[]>,
): Promise<CodeOutcome> {
  const { store, schoolId, clock, cipher } = needs;
  const { account, session } = visitor;
  const at = clock.now();
  const keys: ThrottleKey[] = [{ kind: "code", key: `code/${account.id}` }];
  const until = await takeAttempt(store, schoolId, keys, at);
  if (until !== null) return { kind: "wait", until };
  const { totpSecret, totpStep } = await secretsOf(store.pool, schoolId, account.id);
  const secret = totpSecret === null ? null : cipher.open(totpSecret, ownerOf(account.id));
  const step = secret === null ? null : matchingStep(hmacSha1, secret, { code, now: at, usedStep: totpStep });
  const done = await inTransaction(store, async (client) => {
    const byPhone = step !== null && (await useStep(client, schoolId, account.id, step));
    const hash = digestOfCode(code);
    const byPaper =
      !byPhone && account.hasTotp && (await useRecoveryCode(client, { schoolId, accountId: account.id, hash, at }));
    if (!byPhone && !byPaper) return null;
    const recoveryCodes = await then(client, at);
    const details = { by: byPhone ? "phone" : "recovery" };
    const token = await beginSession(client, needs, { account, stage: "full", origin, before: session });
    await writeAudit(client, {
      schoolId,
      at,
      accountId: account.id,
      action: "second-factor",
      object: "",
      details,
      address: origin.address,
    });
    return { kind: "in" as const, token, recoveryCodes };
  });
  if (done === null) {
    await noteAudit(store, {
      schoolId,
      at,
      accountId: account.id,
      action: "second-factor.refused",
      object: "",
      address: origin.address,
    });
    return { kind: "refused" };
  }
  await forgive(store, schoolId, keys);
  return done;
}

const ownerOf = (accountId: number) => `totp/${accountId}`;
