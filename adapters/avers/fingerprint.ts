import { scrypt } from "node:crypto";
import { promisify } from "node:util";

const hash = promisify(scrypt) as (secret: string, salt: string, bytes: number) => Promise<Buffer>;

/** Slow on purpose: it is kept in the store, where nobody may guess the password from it. */
export async function fingerprintOf(
  { baseUrl, login, password }: { readonly baseUrl: URL; readonly login: string; readonly password: string },
  salt: string,
): Promise<string> {
  const bytes = await hash(JSON.stringify([baseUrl.href, login, password]), salt, 32);
  return bytes.toString("base64url");
}
