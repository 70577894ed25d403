import { encodeQR } from "qr";
import { z } from "zod";
import { confirmPassword } from "../../access/confirm-password.ts";
import { type CodeOutcome, confirmSecret, dropSecret, giveCode, secretToSet } from "../../access/second-factor.ts";
import { totpAddress } from "../../domain/access/totp.ts";
import { SverkaError } from "../../domain/error.ts";
import { type CookieNames, setCookie } from "../doors/cookies.ts";
import type { Door } from "../doors/door.ts";
import { formOf, line, secret } from "../doors/form.ts";
import type { Contents, Doors, Seen } from "../doors/pages.ts";
import { originOf, trouble, waitText } from "../doors/visitors.ts";
import { Html, html } from "../html.ts";
import { passwordField } from "./own.ts";

const given = z.object({ code: line(60) });
const confirmed = z.object({ password: secret() });

/** The second factor: codes from the phone, how they are set up, given and switched off. */
export function addPhone(doors: Doors, cookies: CookieNames): void {
  const { needs } = doors;
  const { access } = needs;
  const atSignIn: Door = { kind: "stage", stages: ["code"] };
  const setting: Door = { kind: "stage", stages: ["setup", "full"] };

  const askCode = (form: Html, why: string | null): Contents => ({
    title: "Код из приложения",
    body: html`<section class="narrow"><h1>Код из приложения</h1>${trouble(why)}
<form method="post" action="/sign-in/code" class="stack">${form}
<label>Шесть цифр с телефона <input name="code" required maxlength="60" inputmode="numeric" autocomplete="one-time-code" autofocus></label>
<button>Войти</button></form>
<p class="note">Телефона нет под рукой – введите один из запасных кодов.</p>
<form method="post" action="/own/sign-out">${form}<button class="quiet">Войти под другим логином</button></form></section>`,
  });

  const askFirst = async (seen: Seen, why: string | null): Promise<Contents> => {
    const { account } = seen.visitor;
    if (account.hasTotp)
      return {
        title: "Вход по коду",
        body: html`<section><h1>Вход по коду из приложения включён</h1><p><a href="/own">К моей странице</a></p></section>`,
      };
    const secret = await secretToSet(access, seen.visitor);
    const school = needs.schoolName ?? "школа";
    const square = new Html(encodeQR(totpAddress({ secret, login: account.login, school }), "svg"));
    const groups = secret.replace(/(.{4})(?=.)/g, "$1 ");
    return {
      title: "Вход по коду",
      body: html`<section class="narrow"><h1>Вход по коду из приложения</h1>
${seen.visitor.session.stage === "setup" ? html`<p>При ваших обязанностях одного пароля мало: нужен ещё код с телефона. Это делается один раз.</p>` : null}
<ol><li>Откройте на телефоне приложение для кодов (например, «Яндекс Ключ», Aegis, Google Authenticator).</li>
<li>Добавьте запись и наведите камеру на квадрат.<div class="square" role="img" aria-label="Квадрат для приложения; то же самое словами – ниже">${square}</div>
<p class="note">Не выходит камерой – введите ключ: <code>${groups}</code></p></li>
<li>Введите шесть цифр, которые покажет приложение.</li></ol>${trouble(why)}
<form method="post" action="/own/phone" class="stack">${seen.form}
${seen.visitor.session.stage === "full" ? passwordField : null}
<label>Шесть цифр <input name="code" required maxlength="60" inputmode="numeric" autocomplete="one-time-code"></label>
<button>Включить</button></form></section>`,
    };
  };

  const entered = (outcome: CodeOutcome): string =>
    outcome.kind === "wait"
      ? waitText(outcome.until, access.clock.now())
      : "Код не подошёл: дождитесь следующего и проверьте, верно ли на телефоне время.";

  doors.page("/sign-in/code", atSignIn, async (seen) => askCode(seen.form, null));

  doors.app.post("/sign-in/code", { config: { door: atSignIn } }, async (request, reply) => {
    if (request.visitor === null) return reply.redirect("/sign-in", 303);
    const outcome = await giveCode(access, request.visitor, formOf(request, given).code, originOf(request));
    if (outcome.kind === "in") {
      setCookie(reply, cookies.session, outcome.token, cookies);
      return reply.redirect("/", 303);
    }
    return doors.show(request, reply.code(outcome.kind === "wait" ? 429 : 401), async (seen) =>
      askCode(seen.form, entered(outcome)),
    );
  });

  doors.page("/own/phone", setting, (seen) => askFirst(seen, null));

  doors.app.post("/own/phone", { config: { door: setting } }, async (request, reply) => {
    if (request.visitor === null) return reply.redirect("/sign-in", 303);
    // Who has just given the password is not asked again.
    if (request.visitor.session.stage === "full") {
      try {
        await confirmPassword(access, request.visitor, formOf(request, confirmed).password);
      } catch (error) {
        if (!(error instanceof SverkaError)) throw error;
        const { message } = error;
        return doors.show(request, reply.code(422), (seen) => askFirst(seen, message));
      }
    }
    const outcome = await confirmSecret(access, request.visitor, formOf(request, given).code, originOf(request));
    if (outcome.kind !== "in") return doors.show(request, reply.code(422), (seen) => askFirst(seen, entered(outcome)));
    setCookie(reply, cookies.session, outcome.token, cookies);
    // The session has just become another one.
    request.token = outcome.token;
    return doors.show(request, reply, async () => codesPage(outcome.recoveryCodes));
  });

  doors.act("/own/phone/drop", { kind: "right", action: "own.see" }, async (seen) => {
    await confirmPassword(access, seen.visitor, formOf(seen.request, confirmed).password);
    await dropSecret(access, seen.visitor, originOf(seen.request));
    return "/own?done=phone-dropped";
  });
}

/** Shown this once. The session has just become another one, so the page has no menu yet. */
function codesPage(codes: readonly string[]): Contents {
  return {
    title: "Запасные коды",
    body: html`<section class="narrow sheet"><h1>Запасные коды</h1>
<p>Вход по коду включён. Если телефон потеряется, войти можно по одному из этих кодов, каждый – один раз. <b>Больше они не покажутся:</b> распечатайте страницу или перепишите их и храните там, где хранят печать.</p>
<ol class="codes">${codes.map((one) => html`<li><code>${one}</code></li>`)}</ol>
<p><a class="button" href="/">Коды сохранены, дальше</a></p></section>`,
  };
}
