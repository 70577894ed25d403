import { createHash } from "node:crypto";
import { sessionCookies } from "./cookies.ts";
import { lookOf } from "./emptiness.ts";
import { answerError, refusedError } from "./errors.ts";
import type { Http } from "./http.ts";
import { readRows } from "./rows.ts";
import { login as loginShape } from "./wire/account.ts";

export interface SignedIn {
  readonly userId: string;
  /** The journal's number for the kind of account. */
  readonly kind: string;
  /** What stands at the positions 6, 7 and 8: one of them is the account's own id. */
  readonly ids: { readonly at6: string | null; readonly at7: string | null; readonly at8: string | null };
  readonly cookies: string;
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/**
 * Sends the password exactly once (avers-protocol.md § 2): the journal may lock an account that is tried with a wrong one.
 * Throws `journal-refused`, `journal-answer`, or what the transport throws.
 */
export async function signIn(http: Http, { login, password }: Credentials, signal: AbortSignal): Promise<SignedIn> {
  const hash = createHash("sha1").update(password, "utf8").digest("hex");
  const { bytes } = await http.call({ path: "login", form: { l: login, p: hash }, cookies: null, signal, once: true });
  const look = lookOf(bytes);
  if (look === "empty" || look === "denied") throw refusedError();
  const account = readRows(bytes.toString("utf8"), loginShape, () => {}).rows[0];
  if (account === undefined) throw answerError("вход");
  const cookies = sessionCookies(login, hash, account.userId);
  const form = { uId: account.userId, act: "1" };
  await http.call({ path: "auth", form, cookies, signal, check: checkOk });
  const { userId, kind, at6, at7, at8 } = account;
  return { userId, kind, ids: { at6, at7, at8 }, cookies };
}

function checkOk(bytes: Buffer): void {
  if (/^[\s\uFEFF"]*ok["\s;]*$/i.test(bytes.toString("utf8", 0, 64))) return;
  const look = lookOf(bytes);
  throw look === "empty" || look === "denied" ? refusedError() : answerError("подтверждение входа");
}
