import { z } from "zod";
import { auditWorkbook } from "../../access/audit-workbook.ts";
import { startOfDay } from "../../domain/days.ts";
import { moment } from "../../domain/russian.ts";
import { listAccounts } from "../../store/access/accounts.ts";
import {
  type AuditFilter,
  auditHead,
  CHAIN_BEGIN,
  listAudit,
  verifyAudit,
  verifyNext,
} from "../../store/access/audit.ts";
import { subjectNames } from "../../store/journal-pages.ts";
import { listClasses } from "../../store/snapshot.ts";
import { day, number, queryOf } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { addressWith, empty, howMany, input, select } from "../sections/list.ts";
import { objectWords } from "./audit-objects.ts";

const SIZE = 100;
const filters = z.object({
  person: number(),
  action: z.string().max(40),
  from: day(),
  to: day(),
  before: number(),
  check: z.literal("all"),
});

/** What was done, told of nobody's sex. Every action that is written down stands here. */
const DONE_WORDS: Readonly<Record<string, string>> = {
  "sign-in": "вход",
  "sign-in.refused": "неудачный вход",
  "sign-in.training": "учебный вход",
  "sign-out": "выход",
  "second-factor": "код с телефона введён",
  "second-factor.refused": "код с телефона не подошёл",
  "second-factor.set": "вход по коду включён",
  "second-factor.dropped": "вход по коду отключён",
  "password.changed": "пароль сменён",
  "people.invite": "приглашение",
  "people.accepted": "приглашение принято",
  "people.code": "новый код выдан",
  "people.roles": "обязанности изменены",
  "people.sign-out": "все входы человека завершены",
  "people.disable": "учётная запись отключена",
  "entitlements.add": "внесение в перечень",
  "entitlements.end": "исключение из перечня",
  "findings.see": "просмотр замечания",
  "findings.export": "выгрузка замечаний",
  "findings.waive": "замечания сняты",
  "journal.see": "просмотр журнала",
  "control.make": "контроль составлен",
  "control.conclude": "заключение утверждено",
  "control.send": "контроль разослан",
  "control.print": "контроль открыт для печати",
  "control.read": "ознакомление с контролем отмечено",
  "control.unread": "отметка об ознакомлении убрана",
  "notices.continue": "решение о прерванной печати",
  "notices.see": "просмотр уведомлений",
  "notices.print": "печать уведомлений",
  "notices.handed": "раздача отмечена",
  "notices.compose": "уведомления составлены",
  "slips.enter": "корешок принят",
  "slips.clear": "скан разобран",
  "pass.start": "проход начат",
  "quarantine.accept": "исчезновение записей принято",
  "quarantine.wait": "задержанное оставлено",
  "import.write": "список загружен",
  "import.undo": "загрузка отменена",
  "policy.accept": "правила приняты",
  "settings.test": "пробное письмо",
  "audit.export": "выгрузка журнала действий",
  "tokens.see": "просмотр ключей программ",
  "tokens.add": "ключ программе выдан",
  "tokens.end": "ключ программы отозван",
  "api.read": "чтение программой по ключу",
  "api.refused": "ключ программы не подошёл",
  denied: "отказано в доступе",
};

export const auditName = (action: string): string => DONE_WORDS[action] ?? action;

/** Аудит: who looked at what, changed, printed and exported, when and from where. Each look checks what has come since the last; a button checks all of it. */
export function addAudit(doors: Doors): void {
  const { access } = doors.needs;
  const { store, schoolId } = access;
  let checked = CHAIN_BEGIN;

  /** What the chain is found to be: its new lines at every look, all of it when asked. A year of lines is gone through in a few looks. */
  async function looked(all: boolean): Promise<Html> {
    const head = await auditHead(store.pool, schoolId);
    const { found, whole } = all
      ? await verifyAudit(store, schoolId).then(({ found: at, lines, head: hash }) => ({
          found: at,
          whole: { number: lines, hash },
        }))
      : await verifyNext(store.pool, schoolId, checked);
    checked = whole;
    if (found !== null)
      return html`<p class="bad" role="alert">Журнал нарушен на записи № ${found.number}. Сохраните копию базы и сообщите директору.</p>`;
    const part =
      whole.number < head.number
        ? html`<p class="doubtful">Проверены записи до № ${whole.number} из ${head.number}: они целы.</p>`
        : html`<p class="good">${all ? "Проверены все записи, все целы: никто ничего не менял и не вынимал." : "Новые записи целы."} Последний хеш: <code class="place">${whole.hash.slice(0, 16)}</code></p>`;
    return html`${part}<p class="row"><a class="button quiet" href="/audit?check=all">Проверить все записи с первой</a></p>`;
  }

  const asked = async (seen: Seen, limit: number) => {
    const given = queryOf(seen.request, filters);
    const filter: AuditFilter = {
      accountId: given.person ?? null,
      action: given.action ?? null,
      from: given.from === undefined ? null : startOfDay(given.from, seen.zone),
      to: given.to === undefined ? null : startOfDay(given.to, seen.zone) + 24 * 3_600_000,
      before: given.before ?? null,
      limit,
    };
    const lines = await listAudit(store.pool, schoolId, filter);
    const accounts = await listAccounts(store.pool, schoolId);
    const classes = new Map((await listClasses(store, schoolId)).map(({ externalId, name }) => [externalId, name]));
    const subjects = await subjectNames(store, schoolId);
    const nameOf = (id: number | null) =>
      id === null ? "–" : (accounts.find((one) => one.id === id)?.name ?? `запись ${id}`);
    const rows = lines.map(({ number: no, at, accountId, action, object, details, address }) => {
      const what = objectWords(object, {
        account: (id) => nameOf(id),
        className: (id) => classes.get(id) ?? id,
        subject: (id) => subjects.get(id) ?? `предмет № ${id}`,
      });
      return {
        no,
        when: moment(at, seen.zone),
        who: nameOf(accountId),
        action: auditName(action),
        what,
        details: details === "{}" ? "" : details,
        address,
      };
    });
    return { given, rows, accounts };
  };

  doors.page("/audit", { kind: "right", action: "audit.see" }, async (seen) => {
    const { given, rows, accounts } = await asked(seen, SIZE);
    const lines = (await auditHead(store.pool, schoolId)).number;
    const { before: _, check, ...kept } = given;
    const last = rows.at(-1)?.no ?? 1;
    return {
      title: "Аудит",
      here: "/audit",
      body: html`<section><h1>Журнал действий <small>${howMany(lines, "запись", "записи", "записей")}</small></h1>
${await looked(check === "all")}
<form method="get" action="/audit" class="row search" role="search" aria-label="Отбор записей">${select(
        "person",
        "Кто",
        accounts.map(({ id, name }) => ({ value: String(id), name })),
        given.person === undefined ? undefined : String(given.person),
      )}
${select(
  "action",
  "Что",
  Object.entries(DONE_WORDS)
    .map(([value, name]) => ({ value, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "ru")),
  given.action,
)}
${input("from", "С", { type: "date", value: given.from ?? "" })}${input("to", "По", { type: "date", value: given.to ?? "" })}<button>Показать</button><a href="/audit">Сбросить</a></form>
${
  rows.length === 0
    ? empty("По этому отбору записей нет.")
    : html`<table class="cards"><thead><tr><th scope="col">№</th><th scope="col" class="words">Когда</th><th scope="col" class="words">Кто</th><th scope="col" class="words">Что</th><th scope="col" class="words">О чём</th><th scope="col" class="words">Откуда</th></tr></thead><tbody>${rows.map(
        ({ no, when, who, action, what, details, address }) =>
          html`<tr><th scope="row">${no}</th><td class="words" data-label="Когда"><span>${when}</span></td><td class="words" data-label="Кто"><span>${who}</span></td><td class="words" data-label="Что"><span>${action}</span></td><td class="words" data-label="О чём"><span class="place">${what}${details === "" ? null : html` <small>${details.slice(0, 160)}</small>`}</span></td><td class="words" data-label="Откуда"><span>${address}</span></td></tr>`,
      )}</tbody></table>`
}
${rows.length < SIZE ? null : html`<p><a href="${addressWith("/audit", { ...kept, before: last })}">Более ранние →</a></p>`}
${seen.may("audit.export") ? html`<p><a class="button quiet" href="${addressWith("/audit.xlsx", kept)}">Скачать этот отбор таблицей XLSX</a></p>` : null}</section>`,
    };
  });

  doors.file("GET", "/audit.xlsx", { kind: "right", action: "audit.export" }, async (seen) => {
    const { rows } = await asked(seen, 50_000);
    await seen.note("audit.export", "", { count: rows.length });
    const bytes = await auditWorkbook(rows.map(({ no, ...rest }) => [String(no), ...Object.values(rest)]));
    return {
      name: "Журнал действий.xlsx",
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes,
    };
  });
}
