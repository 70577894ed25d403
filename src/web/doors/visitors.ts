import type { FastifyReply, FastifyRequest } from "fastify";
import { newToken } from "../../access/secrets.ts";
import { counted } from "../../domain/notice/words.ts";
import type { EpochMs } from "../../domain/time.ts";
import { type Html, html } from "../html.ts";
import { page } from "../page.ts";
import { sendPage } from "../send-page.ts";
import type { WebNeeds } from "../server.ts";
import { type CookieNames, setCookie } from "./cookies.ts";
import { formField } from "./pages.ts";

/** Where a request comes from, as the audit and the session list tell it. */
export const originOf = (request: FastifyRequest) => ({
  address: request.ip,
  agent: request.headers["user-agent"] ?? "",
});

/** The hidden field of a form for somebody who has not signed in: bound to a cookie of its own. */
export function visitForm(request: FastifyRequest, reply: FastifyReply, cookies: CookieNames): Html {
  const known = request.cookies[cookies.visit];
  const token = known !== undefined && /^[\w-]{43}$/.test(known) ? known : newToken();
  if (token !== known) setCookie(reply, cookies.visit, token, cookies);
  return formField(token);
}

/** A page for somebody who has not signed in. */
export function outside(
  needs: WebNeeds,
  reply: FastifyReply,
  { title, body, done }: { title: string; body: Html; done?: string | undefined },
) {
  const { simulation, schoolName } = needs;
  return sendPage(reply, page({ title, simulation, school: schoolName ?? "", body, done }));
}

/** «Подождите 8 секунд» */
export const waitText = (until: EpochMs, now: EpochMs): string => {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  const time =
    seconds < 90
      ? counted(seconds, "секунду", "секунды", "секунд")
      : counted(Math.ceil(seconds / 60), "минуту", "минуты", "минут");
  return `Слишком много неверных попыток: подождите ${time} и попробуйте ещё раз.`;
};

export const trouble = (text: string | null): Html | null =>
  text === null ? null : html`<p class="trouble-line" role="alert">${text}</p>`;
