import { z } from "zod";
import { endEntitled, entitle } from "../../access/entitle.ts";
import { ACTIONS, rowOf } from "../../domain/access/matrix.ts";
import { ROLE_NAMES } from "../../domain/access/roles.ts";
import { dayOf } from "../../domain/days.ts";
import { longDay } from "../../domain/notice/words.ts";
import { listAccounts } from "../../store/access/accounts.ts";
import { listEntitlements } from "../../store/access/entitlements.ts";
import type { Door } from "../doors/door.ts";
import { day, formOf, line, number } from "../doors/form.ts";
import type { Doors } from "../doors/pages.ts";
import { html } from "../html.ts";
import { when } from "../sections/format.ts";
import { empty, input, select } from "../sections/list.ts";

const see: Door = { kind: "right", action: "entitlements.see" };
const work: Door = { kind: "right", action: "entitlements.work" };
const added = z.object({ account: number(), order: line(50), date: day() });
const ended = z.object({ id: number() });
const HINTS = {
  account: "Выберите человека.",
  order: "Впишите номер приказа, не длиннее 50 знаков.",
  date: "Впишите дату приказа.",
};

/** Доступ: the director's list of people entitled to personal data («Порядок», п. 2.4), with the orders that say so. */
export function addAccess(doors: Doors): void {
  const { access } = doors.needs;
  const { store, schoolId } = access;

  doors.page("/access", see, async (seen) => {
    const accounts = await listAccounts(store.pool, schoolId);
    const lines = await listEntitlements(store.pool, schoolId);
    const nameOf = (id: number | null) => accounts.find((one) => one.id === id)?.name ?? "–";
    const working = seen.may("entitlements.work");
    const listed = new Set(lines.filter(({ endedAt }) => endedAt === null).map(({ accountId }) => accountId));
    // By their duties they see marks of others; the list has to name them.
    const unlisted = accounts.filter(
      ({ id, state, roles }) =>
        state === "active" &&
        !listed.has(id) &&
        roles.some((role) => (rowOf("journal.see")[role] ?? []).includes("all")),
    );
    const real = { now: access.clock.now(), zone: seen.zone };
    return {
      title: "Доступ",
      here: "/access",
      body: html`<section><h1>Доступ к персональным данным</h1><p class="note">«Порядок», п. 2.4: перечень и полномочия сотрудников определяет директор. Ответственный за работу видит отметки, только пока он в этом перечне.</p>
${
  lines.length === 0
    ? empty("Перечень пуст.")
    : html`<table class="cards"><thead><tr><th scope="col" class="words">Сотрудник</th><th scope="col" class="words">Приказ</th><th scope="col" class="words">Внесён</th><th scope="col" class="words">Состояние</th></tr></thead><tbody>${lines.map(
        ({
          id,
          accountId,
          orderNumber,
          orderDate,
          madeAt,
          madeBy,
          endedAt,
        }) => html`<tr><th scope="row">${nameOf(accountId)}</th><td class="words" data-label="Приказ"><span>№ ${orderNumber} от ${longDay(orderDate)}</span></td>
<td class="words" data-label="Внесён"><span>${when(madeAt, real)}, ${nameOf(madeBy)}</span></td><td class="words" data-label="Состояние">${
          endedAt !== null
            ? html`<span>исключён ${when(endedAt, real)}</span>`
            : working
              ? html`<form method="post" action="/access/end">${seen.form}<input type="hidden" name="id" value="${id}"><button class="quiet">Исключить<span class="hidden"> ${nameOf(accountId)}</span></button></form>`
              : html`<span class="good">действует</span>`
        }</td></tr>`,
      )}</tbody></table>`
}
${unlisted.length === 0 ? null : html`<p class="doubtful">По обязанностям видят данные, но в перечне не названы: ${unlisted.map(({ name }) => name).join(", ")}.</p>`}</section>
${
  working
    ? html`<section class="narrow"><h2>Внести в перечень</h2><form method="post" action="/access" class="stack">${seen.form}${select(
        "account",
        "Сотрудник",
        accounts
          .filter(({ state, id }) => state !== "disabled" && !listed.has(id))
          .map(({ id, name }) => ({ value: String(id), name })),
        undefined,
        "выберите",
      )}
${input("order", "Номер приказа", { more: html` required maxlength="50"` })}${input("date", "Дата приказа", { type: "date", value: dayOf(seen.now, seen.zone), more: html` required` })}<button>Внести</button></form></section>`
    : null
}
<section><h2>Что можно по обязанностям</h2><div class="scroll" tabindex="0" role="region" aria-label="Таблица прав"><table><thead><tr><th scope="col" class="words">Действие</th>${Object.values(ROLE_NAMES).map((name) => html`<th scope="col" class="words">${name}</th>`)}</tr></thead><tbody>${ACTIONS.map(
        (action) =>
          html`<tr><th scope="row">${ACTION_NAMES[action]}</th>${(Object.keys(ROLE_NAMES) as (keyof typeof ROLE_NAMES)[]).map((role) => html`<td class="words">${(rowOf(action)[role] ?? []).map((scope) => SCOPE_NAMES[scope]).join(", ") || "–"}</td>`)}</tr>`,
      )}</tbody></table></div></section>`,
    };
  });

  doors.act("/access", work, async (seen) => {
    const { account, order, date } = formOf(seen.request, added, HINTS);
    await entitle(access, seen.actor, { accountId: account, orderNumber: order, orderDate: date });
    return "/access?done=entitled";
  });

  doors.act("/access/end", work, async (seen) => {
    await endEntitled(access, seen.actor, formOf(seen.request, ended).id);
    return "/access?done=entitlement-ended";
  });
}

const SCOPE_NAMES = {
  all: "да",
  "own-class": "свой класс",
  "own-pages": "свои страницы",
  "own-account": "своё",
  entitled: "если в перечне",
} as const;

const ACTION_NAMES: Readonly<Record<(typeof ACTIONS)[number], string>> = {
  "own.see": "своя страница и задачи",
  "overview.see": "обзор школы",
  "findings.see": "смотреть замечания",
  "findings.export": "выгружать замечания",
  "findings.waive": "снимать замечания",
  "journal.see": "смотреть журнал",
  "control.see": "смотреть контроль",
  "control.work": "составлять и утверждать контроль",
  "notices.see": "смотреть уведомления",
  "notices.work": "печатать и отмечать уведомления",
  "slips.clear": "разбирать сканы",
  "passes.see": "смотреть проходы",
  "passes.work": "управлять проходами",
  "queues.work": "управлять очередями",
  "import.work": "загружать списки",
  "policy.see": "смотреть правила",
  "policy.accept": "принимать правила",
  "people.see": "смотреть учётные записи",
  "people.work": "приглашать и отключать",
  "people.promote": "назначать директора, заместителя, ответственного",
  "entitlements.see": "смотреть перечень",
  "entitlements.work": "вести перечень",
  "audit.see": "смотреть журнал действий",
  "audit.export": "выгружать журнал действий",
  "tokens.see": "смотреть ключи программ",
  "tokens.work": "выдавать и отзывать ключи программ",
  "settings.see": "смотреть настройки",
  "settings.test": "проверять почту",
  "health.see": "смотреть состояние программы",
};
