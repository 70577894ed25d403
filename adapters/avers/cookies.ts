/**
 * The old JavaScript `escape()`, which the journal demands in its cookies (avers-protocol.md § 2): `encodeURIComponent` makes it answer `[]`.
 * Works on UTF-16 units, as `escape()` did.
 */
export function escapeCookie(value: string): string {
  return value.replace(/[^A-Za-z0-9@*_+\-./]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 256 ? `%${hex(code, 2)}` : `%u${hex(code, 4)}`;
  });
}

/** The three cookies that the client makes for itself after signing in. */
export function sessionCookies(login: string, passwordHash: string, userId: string): string {
  const cookies = { "ys-user": `s:${login}`, "ys-password": `s:${passwordHash}`, "ys-userId": `n:${userId}` };
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${escapeCookie(value)}`)
    .join("; ");
}

const hex = (code: number, digits: number) => code.toString(16).toUpperCase().padStart(digits, "0");
