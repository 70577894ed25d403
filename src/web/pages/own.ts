import { z } from "zod";
import { changePassword } from "../../access/accept.ts";
import { confirmPassword } from "../../access/confirm-password.ts";
import { ownSessions, signOut } from "../../access/sessions.ts";
import { needsSecondFactor, ROLE_NAMES } from "../../domain/access/roles.ts";
import { recoveryCodesLeft } from "../../store/access/invitations.ts";
import { type CookieNames, dropCookie } from "../doors/cookies.ts";
import type { Door } from "../doors/door.ts";
import { formOf, number, secret } from "../doors/form.ts";
import type { Doors } from "../doors/pages.ts";
import { originOf } from "../doors/visitors.ts";
import { html } from "../html.ts";
import { count, when } from "../sections/format.ts";

const passwords = z.object({ old: secret(), password: secret(), again: secret() });
const one = z.object({ session: number(), password: secret() });
const confirmed = z.object({ password: secret() });

/** One's own account: duties, password, phone, and where one is signed in. */
export function addOwn(doors: Doors, cookies: CookieNames): void {
  const { needs } = doors;
  const { access } = needs;
  const own: Door = { kind: "right", action: "own.see" };
  const any: Door = { kind: "stage", stages: ["code", "setup", "full"] };

  doors.page("/own", own, async ({ visitor, form, zone }) => {
    const { account, session } = visitor;
    const sessions = await ownSessions(access, visitor);
    const now = access.clock.now();
    const codes = account.hasTotp ? await recoveryCodesLeft(access.store.pool, access.schoolId, account.id) : 0;
    return {
      title: "Моя страница",
      body: html`<section><h1>${account.name}</h1>
<dl class="facts"><div><dt>Логин</dt><dd>${account.login}</dd></div><div><dt>Обязанности</dt><dd>${account.roles.map((role) => ROLE_NAMES[role]).join(", ")}</dd></div>
<div><dt>В журнале</dt><dd>${account.staffName ?? "не сопоставлено: скажите ответственному за работу"}</dd></div></dl></section>
<section><h2>Где выполнен вход</h2><table class="cards"><thead><tr><th scope="col" class="words">Откуда</th><th scope="col" class="words">Браузер</th><th scope="col" class="words">Вошли</th><th scope="col" class="words">Последнее действие</th><th scope="col"><span class="hidden">Завершить</span></th></tr></thead>
<tbody>${sessions.map(
        (
          row,
        ) => html`<tr><th scope="row">${row.address}</th><td class="words" data-label="Браузер"><span>${browserOf(row.agent)}</span></td>
<td class="words" data-label="Вошли"><span>${when(row.createdAt, { now, zone })}</span></td><td class="words" data-label="Последнее действие"><span>${when(row.seenAt, { now, zone })}</span></td>
<td>${row.id === session.id ? html`<b>этот вход</b>` : html`<form method="post" action="/own/sessions/end">${form}<input type="hidden" name="session" value="${row.id}">${passwordField}<button class="quiet">Завершить<span class="hidden"> вход с ${row.address}</span></button></form>`}</td></tr>`,
      )}</tbody></table>
<form method="post" action="/own/sign-out-everywhere" class="row">${form}${passwordField}<button class="danger">Выйти везде</button></form></section>
<section><h2>Код из приложения</h2>${
        account.hasTotp
          ? html`<p>Включён. Запасных кодов осталось: ${count(codes)}.</p>${
              needsSecondFactor(account.roles)
                ? html`<p class="note">При ваших обязанностях он обязателен. Потеряли телефон и запасные коды – попросите новый код приглашения.</p>`
                : html`<form method="post" action="/own/phone/drop" class="row">${form}${passwordField}<button class="quiet">Отключить</button></form>`
            }`
          : html`<p>Не включён. С ним чужой человек не войдёт, даже если узнает пароль.</p><p><a class="button" href="/own/phone">Включить</a></p>`
      }</section>
<section class="narrow"><h2>Сменить пароль</h2><form method="post" action="/own/password" class="stack">${form}
<label>Прежний пароль <input name="old" type="password" required maxlength="200" autocomplete="current-password"></label>
<label>Новый пароль <input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
<label>Ещё раз <input name="again" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
<button>Сменить</button></form></section>`,
    };
  });

  doors.act("/own/password", own, async ({ visitor, request }) => {
    await changePassword(access, visitor, formOf(request, passwords), originOf(request));
    return "/own?done=password-changed";
  });
  doors.act("/own/sessions/end", own, async ({ visitor, request }) => {
    const { session, password } = formOf(request, one);
    await confirmPassword(access, visitor, password);
    await signOut(access, visitor, { sessionId: session, address: request.ip });
    return "/own?done=session-ended";
  });
  doors.act("/own/sign-out", any, async ({ visitor, request, reply }) => {
    await signOut(access, visitor, { sessionId: visitor.session.id, address: request.ip });
    dropCookie(reply, cookies.session, cookies);
    return "/sign-in?done=signed-out";
  });
  doors.act("/own/sign-out-everywhere", own, async ({ visitor, request, reply }) => {
    await confirmPassword(access, visitor, formOf(request, confirmed).password);
    await signOut(access, visitor, { sessionId: "all", address: request.ip });
    dropCookie(reply, cookies.session, cookies);
    return "/sign-in?done=out-everywhere";
  });
}

/** Before what ends other sign-ins or changes how one signs in. */
export const passwordField = html`<label>Ваш пароль <input name="password" type="password" required maxlength="200" autocomplete="current-password"></label>`;

/** «Chrome, Windows»: enough to know one's own again. */
function browserOf(agent: string): string {
  const browser = /YaBrowser/.test(agent)
    ? "Яндекс Браузер"
    : /Edg\//.test(agent)
      ? "Edge"
      : /Firefox/.test(agent)
        ? "Firefox"
        : /Chrome/.test(agent)
          ? "Chrome"
          : /Safari/.test(agent)
            ? "Safari"
            : "другой браузер";
  const system = /Windows/.test(agent)
    ? "Windows"
    : /Android/.test(agent)
      ? "Android"
      : /iPhone|iPad/.test(agent)
        ? "iOS"
        : /Mac OS/.test(agent)
          ? "macOS"
          : /Linux/.test(agent)
            ? "Linux"
            : "";
  return system === "" ? browser : `${browser}, ${system}`;
}
