import { z } from "zod";
import { accept, accountOfCode } from "../../access/accept.ts";
import { type Account, isUnnamed } from "../../domain/access/accounts.ts";
import { SverkaError } from "../../domain/error.ts";
import { type CookieNames, dropCookie, setCookie } from "../doors/cookies.ts";
import { formOf, line, secret } from "../doors/form.ts";
import type { Doors } from "../doors/pages.ts";
import { originOf, outside, trouble, visitForm, waitText } from "../doors/visitors.ts";
import { type Html, html } from "../html.ts";

const code = z.object({ code: line(100) });
const chosen = z.object({
  code: line(100),
  password: secret(),
  again: secret(),
  login: line(64).optional(),
  name: line(200).optional(),
});
const open = { config: { door: { kind: "open" } as const } };

/** The one-time code of an invitation: who has it chooses a password and is signed in. */
export function addInvite({ app, needs }: Doors, cookies: CookieNames): void {
  const { access } = needs;
  const askCode = (form: Html, why: string | null) => ({
    title: "Приглашение",
    body: html`<section class="narrow"><h1>Код из приглашения</h1>${trouble(why)}
<form method="post" action="/invite" class="stack">${form}
<label>Код <input name="code" required maxlength="100" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"></label>
<button>Дальше</button></form><p class="note">Код стоит в письме или на листе с приглашением. Большие или маленькие буквы, с чёрточками или без – всё равно.</p></section>`,
  });
  const askPassword = (form: Html, account: Account, given: string, why: string | null) => {
    const first = isUnnamed(account);
    return {
      title: "Новый пароль",
      body: html`<section class="narrow"><h1>${first ? "Первый вход: ответственный за работу" : `Здравствуйте, ${account.name}`}</h1>${trouble(why)}
<form method="post" action="/invite/password" class="stack">${form}<input type="hidden" name="code" value="${given}">
${
  first
    ? html`<label>Ваше имя <input name="name" required maxlength="200" autocomplete="name" placeholder="Фамилия И. О."></label>
<label>Логин <input name="login" value="admin" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false"></label>`
    : html`<p>Ваш логин: <b>${account.login}</b><input type="hidden" autocomplete="username" value="${account.login}"></p>`
}
<label>Новый пароль <input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
<label>Ещё раз <input name="again" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
<button>Сохранить и войти</button></form>
<p class="note">Не короче 12 знаков. Хорошо подходят четыре слова подряд, которые больше никто не поставит рядом.</p></section>`,
    };
  };

  app.get("/invite", open, async (request, reply) =>
    outside(needs, reply, askCode(visitForm(request, reply, cookies), null)),
  );

  // A link from the terminal or a letter: the code is not used by looking.
  app.get<{ Params: { code: string } }>("/invite/:code", open, async (request, reply) => {
    const { account, until } = await accountOfCode(access, request.params.code, originOf(request));
    const form = visitForm(request, reply, cookies);
    if (account !== null) return outside(needs, reply, askPassword(form, account, request.params.code, null));
    return outside(needs, reply.code(until === null ? 404 : 429), askCode(form, whyNot(until, access.clock.now())));
  });

  app.post("/invite", open, async (request, reply) => {
    const given = formOf(request, code).code;
    const { account, until } = await accountOfCode(access, given, originOf(request));
    const form = visitForm(request, reply, cookies);
    if (account !== null) return outside(needs, reply, askPassword(form, account, given, null));
    return outside(needs, reply.code(until === null ? 422 : 429), askCode(form, whyNot(until, access.clock.now())));
  });

  app.post("/invite/password", open, async (request, reply) => {
    const given = formOf(request, chosen);
    const form = visitForm(request, reply, cookies);
    try {
      const token = await accept(
        access,
        { ...given, login: given.login ?? null, name: given.name ?? null },
        originOf(request),
      );
      setCookie(reply, cookies.session, token, cookies);
      dropCookie(reply, cookies.visit, cookies);
      return reply.redirect("/", 303);
    } catch (error) {
      if (!(error instanceof SverkaError)) throw error;
      const { account } = await accountOfCode(access, given.code, originOf(request));
      reply.code(422);
      if (account === null) return outside(needs, reply, askCode(form, error.message));
      return outside(needs, reply, askPassword(form, account, given.code, error.message));
    }
  });
}

const whyNot = (until: number | null, now: number) =>
  until === null
    ? "Код не подходит: он уже использован, заменён новым или просрочен. Попросите новый у ответственного за работу в системе."
    : waitText(until, now);
