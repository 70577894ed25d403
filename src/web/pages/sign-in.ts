import { z } from "zod";
import { signIn } from "../../access/sign-in.ts";
import { type CookieNames, dropCookie, setCookie } from "../doors/cookies.ts";
import { DONE } from "../doors/done.ts";
import { formOf, secret } from "../doors/form.ts";
import { ownPath } from "../doors/guard.ts";
import type { Doors } from "../doors/pages.ts";
import { originOf, outside, trouble, visitForm, waitText } from "../doors/visitors.ts";
import { type Html, html } from "../html.ts";
import type { WebNeeds } from "../server.ts";

const given = z.object({ login: z.string().max(1000), password: secret(), to: z.string().max(2000).optional() });
const open = { config: { door: { kind: "open" } as const } };

/** Signing in: by login and password, the code from the phone comes after. */
export function addSignIn({ app, needs }: Doors, cookies: CookieNames): void {
  const { access } = needs;
  const view = (form: Html, { to, login = "", why = null }: { to: string; login?: string; why?: string | null }) => ({
    title: "Вход",
    body: html`<section class="narrow"><h1>Вход</h1>${trouble(why)}
<form method="post" action="/sign-in" class="stack">${form}<input type="hidden" name="to" value="${to}">
<label>Логин <input name="login" value="${login}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64"></label>
<label>Пароль <input name="password" type="password" autocomplete="current-password" required maxlength="200"></label>
<button>Войти</button></form>
<p class="note">Впервые здесь? <a href="/invite">Введите код из приглашения</a>. Забыли пароль – попросите новый код у ответственного за работу в системе.</p></section>${training(needs)}`,
  });

  app.get("/sign-in", open, async (request, reply) => {
    if (request.visitor?.session.stage === "full") return reply.redirect("/", 303);
    const { to, done } = request.query as { to?: unknown; done?: unknown };
    const said = typeof done === "string" ? DONE[done] : undefined;
    return outside(needs, reply, { ...view(visitForm(request, reply, cookies), { to: ownPath(to) }), done: said });
  });

  app.post("/sign-in", open, async (request, reply) => {
    const { login, password, to } = formOf(request, given);
    const outcome = await signIn(access, { login, password }, originOf(request));
    if (outcome.kind === "in") {
      setCookie(reply, cookies.session, outcome.token, cookies);
      dropCookie(reply, cookies.visit, cookies);
      return reply.redirect(ownPath(to), 303);
    }
    const now = access.clock.now();
    const why = outcome.kind === "wait" ? waitText(outcome.until, now) : "Логин или пароль неверны.";
    if (outcome.kind === "wait") reply.code(429).header("Retry-After", Math.ceil((outcome.until - now) / 1000));
    else reply.code(401);
    return outside(
      needs,
      reply,
      view(visitForm(request, reply, cookies), { to: ownPath(to), login: login.slice(0, 64), why }),
    );
  });
}

/** Of a training school that gave out seats: one click instead of a password. */
function training({ simulation, seats }: Pick<WebNeeds, "simulation" | "seats">): Html | null {
  if (!simulation || seats.length === 0) return null;
  return html`<section class="narrow"><h2>Учебный вход без пароля</h2><p class="note">Данные здесь придуманы. Посмотрите на школу глазами каждого:</p><ul class="tasks">${seats.map(({ code, name }) => html`<li><a href="/training/${code}">${name}</a></li>`)}</ul></section>`;
}
