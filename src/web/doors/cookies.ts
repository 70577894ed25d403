import type { FastifyReply } from "fastify";

/** `__Host-` binds a cookie to this very server; browsers take it over TLS only. */
export interface CookieNames {
  readonly session: string;
  /** Before there is a session: what the sign-in form is bound to. */
  readonly visit: string;
  readonly secure: boolean;
}

export const cookieNames = (secure: boolean): CookieNames => {
  const prefix = secure ? "__Host-" : "";
  return { session: `${prefix}sverka`, visit: `${prefix}sverka-visit`, secure };
};

// Lax, not Strict: a link in a letter leads to the page signed in; nothing but GET ever comes with it from elsewhere.
export function setCookie(reply: FastifyReply, name: string, value: string, { secure }: CookieNames): void {
  reply.setCookie(name, value, { path: "/", httpOnly: true, sameSite: "lax", secure });
}

export function dropCookie(reply: FastifyReply, name: string, { secure }: CookieNames): void {
  reply.clearCookie(name, { path: "/", httpOnly: true, sameSite: "lax", secure });
}
