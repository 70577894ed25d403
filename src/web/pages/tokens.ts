import { z } from "zod";
import { endToken, issueToken, scopesOf } from "../../access/tokens.ts";
import { SCOPES } from "../../domain/access/matrix.ts";
import { type ApiToken, endOfToken, SCOPE_NAMES, TOKEN_DAYS, TOKEN_START } from "../../domain/access/tokens.ts";
import { counted } from "../../domain/notice/words.ts";
import { moment } from "../../domain/russian.ts";
import { listAccounts } from "../../store/access/accounts.ts";
import { listTokens } from "../../store/access/tokens.ts";
import type { Door } from "../doors/door.ts";
import { choices, formOf, line, number } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { type Mood, when } from "../sections/format.ts";
import { empty, input } from "../sections/list.ts";

const see: Door = { kind: "right", action: "tokens.see" };
const work: Door = { kind: "right", action: "tokens.work" };
const order = z.object({
  name: line(100),
  scopes: choices(SCOPES.length).pipe(z.array(z.enum(SCOPES))),
  days: number(),
});
const one = z.object({ id: number() });
const HINTS = {
  name: "Назовите программу, не длиннее 100 знаков.",
  scopes: "Выберите хотя бы одно: что программе можно читать.",
  days: "Выберите срок из списка.",
};
const USUAL_DAYS = 90;

/** Программы: the tokens by which programs read `/api/v1`; each is shown once, when it is made. */
export function addTokens(doors: Doors): void {
  const { access } = doors.needs;
  const { store, schoolId } = access;

  doors.page("/tokens", see, async (seen) => {
    const tokens = await listTokens(store.pool, schoolId);
    const accounts = await listAccounts(store.pool, schoolId);
    const working = seen.may("tokens.work");
    const real = { now: access.clock.now(), zone: seen.zone };
    const nameOf = (id: number) => accounts.find((account) => account.id === id)?.name ?? `запись ${id}`;
    const row = (token: ApiToken): Html => {
      const owner = accounts.find(({ id }) => id === token.accountId);
      const state = stateOf(token, owner?.state === "active", real.now);
      return html`<tr><th scope="row">${token.name}<br><small><code>${TOKEN_START}${token.hint}…</code></small></th><td class="words" data-label="Читает"><span>${token.scopes.map((scope) => SCOPE_NAMES[scope]).join(", ")}</span></td>
<td class="words" data-label="Владелец"><span>${nameOf(token.accountId)}</span></td><td class="words" data-label="Выдан"><span>${when(token.madeAt, real)}${token.madeBy === null ? ", в терминале" : token.madeBy === token.accountId ? "" : `, ${nameOf(token.madeBy)}`}</span></td>
<td class="words" data-label="Последнее чтение"><span>${token.usedAt === null ? "–" : `${when(token.usedAt, real)}, с ${token.usedFrom ?? "–"}`}</span></td><td class="words ${state.mood}" data-label="Состояние"><span>${state.name ?? `до ${moment(token.expiresAt, seen.zone)}`}</span></td>${
        !working
          ? null
          : html`<td class="words">${endOfToken(token, real.now) !== null ? null : html`<form method="post" action="/tokens/end">${seen.form}<input type="hidden" name="id" value="${token.id}"><button class="danger">Отозвать<span class="hidden"> ключ: ${token.name}</span></button></form>`}</td>`
      }</tr>`;
    };
    return {
      title: "Программы",
      here: "/tokens",
      body: html`<section><h1>Ключи для программ</h1><p class="note">По ключу программа школы читает данные сама, без входа: только читает и только то, что выбрано. Ключ видит не больше своего владельца: потеряет право владелец – потеряет и ключ. Каждое чтение данных о людях стоит в журнале действий.</p>
${
  tokens.length === 0
    ? empty("Ключей ещё не выдавали.")
    : html`<table class="cards"><thead><tr><th scope="col" class="words">Программа</th><th scope="col" class="words">Читает</th><th scope="col" class="words">Владелец</th><th scope="col" class="words">Выдан</th><th scope="col" class="words">Последнее чтение</th><th scope="col" class="words">Состояние</th>${working ? html`<th scope="col"><span class="hidden">Действия</span></th>` : null}</tr></thead><tbody>${tokens.map(row)}</tbody></table>`
}<p><a href="/api">Как читать: адреса, параметры, ответы</a></p></section>${working ? issueForm(seen) : null}`,
    };
  });

  doors.tell("/tokens", work, async (seen) => {
    const { name, scopes, days } = formOf(seen.request, order, HINTS);
    const { accountId } = seen.actor;
    const { token, expiresAt } = await issueToken(access, seen.actor, { accountId, name, scopes, days });
    return {
      title: "Новый ключ",
      here: "/tokens",
      body: html`<section class="narrow"><h1>Новый ключ: ${name}</h1><p><b>Он показан один раз.</b> Скопируйте его в настройки программы сейчас: у нас остаётся только его отпечаток.</p>
<p><code class="place">${token}</code></p><p class="note">Действует до ${moment(expiresAt, seen.zone)}. Программа шлёт его заголовком <code>Authorization: Bearer …</code>; ни в письма, ни в адреса его не пишут.</p>
<p><a class="button" href="/tokens">Ключ сохранён, дальше</a></p></section>`,
    };
  });

  doors.act("/tokens/end", work, async (seen) => {
    await endToken(access, seen.actor, formOf(seen.request, one).id);
    return "/tokens?done=token-ended";
  });
}

function stateOf(token: ApiToken, owned: boolean, now: number): { readonly name: string | null; readonly mood: Mood } {
  const end = endOfToken(token, now);
  if (end === "revoked") return { name: "отозван", mood: "plain" };
  if (end === "expired") return { name: "срок вышел", mood: "plain" };
  return owned ? { name: null, mood: "good" } : { name: "не действует: владелец отключён", mood: "doubtful" };
}

/** Only what the person who makes the token sees themselves may be chosen. */
function issueForm(seen: Seen): Html {
  const allowed = scopesOf(seen.visitor.who);
  return html`<section class="narrow"><h2>Выдать ключ</h2><form method="post" action="/tokens" class="stack">${seen.form}${input("name", "Какой программе", { more: html` required maxlength="100" autocomplete="off"` })}
<fieldset><legend>Что ей можно читать</legend>${allowed.map((scope) => html`<label><input type="checkbox" name="scopes" value="${scope}"> ${SCOPE_NAMES[scope]}</label>`)}</fieldset>
${allowed.length === SCOPES.length ? null : html`<p class="note">Остальное может открыть только тот, кто это видит сам («Порядок», п. 2.4).</p>`}
<label>На сколько <select name="days">${TOKEN_DAYS.map((days) => html`<option value="${days}"${days === USUAL_DAYS ? html` selected` : null}>${counted(days, "день", "дня", "дней")}</option>`)}</select></label><button>Выдать</button></form></section>`;
}
