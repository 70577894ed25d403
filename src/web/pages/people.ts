import { z } from "zod";
import { changeRoles, disable, type Invited, invite, renewCode, signOutOther } from "../../access/accounts.ts";
import { mailInvitation, printInvitation } from "../../access/invitation-letter.ts";
import { type Account, loginFor } from "../../domain/access/accounts.ts";
import { ROLE_NAMES, ROLES, type Role } from "../../domain/access/roles.ts";
import { listAccounts, staffNames } from "../../store/access/accounts.ts";
import type { Transaction } from "../../store/transaction.ts";
import type { Door } from "../doors/door.ts";
import { choices, formOf, line, number } from "../doors/form.ts";
import type { Doors, FileAnswer, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { when } from "../sections/format.ts";
import { input } from "../sections/list.ts";

const see: Door = { kind: "right", action: "people.see" };
const work: Door = { kind: "right", action: "people.work" };
const roles = () => choices(ROLES.length).pipe(z.array(z.enum(ROLES)));
const newcomer = z.object({
  name: line(200),
  login: line(64),
  mail: z.email().max(200).or(z.literal("")),
  roles: roles(),
  how: z.enum(["mail", "paper"]),
});
/** `seen`: the rights as they stood when the page was made. */
const one = z.object({ account: number(), seen: z.coerce.number().int().min(0) });
const renewed = one.extend({ phone: z.literal("lost").optional() });
const changed = one.extend({ roles: roles() });
const HINTS = {
  mail: "Адрес почты записан не так: проверьте его или оставьте пустым.",
  roles: "Выберите хотя бы одну обязанность.",
};

const STATES = {
  invited: { name: "приглашён, ещё не входил", mood: "doubtful" },
  active: { name: "работает", mood: "good" },
  disabled: { name: "отключён", mood: "plain" },
} as const;

/** Люди: who may sign in, invitations, duties. */
export function addPeople(doors: Doors): void {
  const { needs } = doors;
  const { access } = needs;
  const { store, schoolId } = access;

  doors.page("/people", see, async (seen) => {
    const accounts = await listAccounts(store.pool, schoolId);
    const taken = new Set(accounts.map(({ staffName }) => staffName));
    const staff = (await staffNames(store.pool, schoolId)).filter((name) => !taken.has(name));
    const working = seen.may("people.work");
    return {
      title: "Люди",
      here: "/people",
      body: html`<section><h1>Люди <small>кто может входить</small></h1>
<p class="note">Учётные записи – только у сотрудников («Порядок», п. 2.1). Пароль каждый придумывает сам; ни в письмах, ни на бумаге паролей нет.</p>
<table class="cards"><thead><tr><th scope="col" class="words">Имя</th><th scope="col" class="words">Логин</th><th scope="col" class="words">Обязанности</th><th scope="col" class="words">Состояние</th><th scope="col" class="words">Последний вход</th>${working ? html`<th scope="col"><span class="hidden">Действия</span></th>` : null}</tr></thead><tbody>${accounts.map((account) => row(account, seen, working))}</tbody></table></section>
${working ? inviteForm(seen, staff) : null}`,
    };

    function row(account: Account, { form, zone, actor }: Seen, shown: boolean): Html {
      const state = STATES[account.state];
      const of = html`<input type="hidden" name="account" value="${account.id}"><input type="hidden" name="seen" value="${account.rights}">`;
      return html`<tr><th scope="row">${account.name}${account.staffName === null || account.staffName === account.name ? null : html`<br><small>в журнале: ${account.staffName}</small>`}</th><td class="words" data-label="Логин"><span>${account.login}</span></td>
<td class="words" data-label="Обязанности"><span>${account.roles.map((role) => ROLE_NAMES[role]).join(", ")}</span></td>
<td class="words ${state.mood}" data-label="Состояние"><span>${state.name}${account.hasTotp ? ", вход по коду" : ""}</span></td>
<td class="words" data-label="Последний вход"><span>${account.lastSignInAt === null ? "–" : when(account.lastSignInAt, { now: access.clock.now(), zone })}</span></td>${
        !shown
          ? null
          : html`<td class="words">${
              account.id === actor.accountId
                ? html`<span>это вы</span>`
                : html`<details><summary>Изменить<span class="hidden">: ${account.name}</span></summary>
<form method="post" action="/people/roles" class="stack">${form}${of}${roleBoxes(account.roles)}<button class="quiet">Сохранить обязанности</button></form>
<form method="post" action="/people/code" class="stack">${form}${of}<label><input type="checkbox" name="phone" value="lost"> потерян и телефон: вход по коду настроить заново</label><button class="quiet">Новый код (лист PDF)</button></form>
${account.state === "active" ? html`<form method="post" action="/people/sign-out">${form}${of}<button class="quiet">Завершить все входы</button></form>` : null}
${account.state === "disabled" ? null : html`<form method="post" action="/people/disable">${form}${of}<button class="danger">Отключить</button></form>`}</details>`
            }</td>`
      }</tr>`;
    }
  });

  doors.file("POST", "/people/invite", work, async (seen) => {
    const given = formOf(seen.request, newcomer, HINTS);
    const known = (await staffNames(store.pool, schoolId)).find((name) => name === given.name) ?? null;
    const order = {
      name: given.name,
      login: given.login === "" ? loginFor(given.name) : given.login,
      staffName: known,
      roles: given.roles,
      mail: given.mail === "" ? null : given.mail,
    };
    const invited = await invite(access, seen.actor, order, given.how === "mail" ? mailing : undefined);
    return sheet(invited);
  });

  doors.file("POST", "/people/code", work, async (seen) => {
    const { account, phone, ...rights } = formOf(seen.request, renewed);
    return sheet(await renewCode(access, seen.actor, account, { ...rights, phoneLost: phone === "lost" }));
  });

  doors.act("/people/sign-out", work, async (seen) => {
    await signOutOther(access, seen.actor, formOf(seen.request, one).account);
    return "/people?done=signed-out-other";
  });

  doors.act("/people/roles", work, async (seen) => {
    const { account, roles: wanted, ...rights } = formOf(seen.request, changed, HINTS);
    await changeRoles(access, seen.actor, account, wanted, rights);
    return "/people?done=roles-changed";
  });

  doors.act("/people/disable", work, async (seen) => {
    const { account, ...rights } = formOf(seen.request, one);
    await disable(access, seen.actor, account, rights);
    return "/people?done=account-disabled";
  });

  async function mailing(client: Transaction, invited: Invited): Promise<void> {
    await mailInvitation(client, invited, await needs.verbs.invitationPlace());
  }

  async function sheet(invited: Invited): Promise<FileAnswer> {
    const bytes = await printInvitation(invited, await needs.verbs.invitationPlace());
    return { name: `Приглашение ${invited.account.login}.pdf`, type: "application/pdf", bytes };
  }
}

const roleBoxes = (chosen: readonly Role[]): Html =>
  html`<fieldset><legend>Обязанности</legend>${ROLES.map(
    (role) =>
      html`<label><input type="checkbox" name="roles" value="${role}"${chosen.includes(role) ? html` checked` : null}> ${ROLE_NAMES[role]}</label>`,
  )}</fieldset>`;

function inviteForm(seen: Seen, staff: readonly string[]): Html {
  return html`<section class="narrow"><h2>Пригласить</h2><form method="post" action="/people/invite" class="stack">${seen.form}
<label>Имя, как в журнале <input name="name" required maxlength="200" list="staff" autocomplete="off"></label><datalist id="staff">${staff.map((name) => html`<option value="${name}"></option>`)}</datalist>
${input("login", "Логин (пусто – из имени)")}${input("mail", "Адрес почты, если есть", { type: "email" })}${roleBoxes([])}
<fieldset><legend>Как передать код</legend><label><input type="radio" name="how" value="paper" checked> листом: напечатать и отдать в руки</label><label><input type="radio" name="how" value="mail"> письмом, и лист на всякий случай</label></fieldset>
<button>Пригласить</button></form><p class="note">Скачается лист с одноразовым кодом. Код действует неделю и больше нигде не покажется.</p></section>`;
}
