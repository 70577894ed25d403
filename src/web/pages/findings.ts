import { z } from "zod";
import { explainFinding } from "../../control/explain-finding.ts";
import { exportFindings } from "../../control/export-findings.ts";
import { waiveEach } from "../../control/waive.ts";
import { accountableName } from "../../domain/accountable-name.ts";
import { dayOf } from "../../domain/days.ts";
import { SverkaError } from "../../domain/error.ts";
import { titleOf } from "../../domain/explanation/verdict.ts";
import type { StoredFinding } from "../../domain/finding.ts";
import { compareClasses } from "../../domain/notice/class-order.ts";
import { shortDay } from "../../domain/notice/words.ts";
import { SEVERITY_NAMES, STATUS_NAMES, VERDICT_NAMES } from "../../domain/report/finding-words.ts";
import { RULES, SCHOOL_RULES } from "../../domain/rules/catalogue.ts";
import { accountableNames, findingsByPrefix, findingsPage } from "../../store/findings.ts";
import { listPupils } from "../../store/pupils.ts";
import { listClasses } from "../../store/snapshot.ts";
import type { Door } from "../doors/door.ts";
import { choices, day, formOf, line } from "../doors/form.ts";
import { ownPath } from "../doors/guard.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import type { Mood } from "../sections/format.ts";
import { addressWith, type Choice, empty, howMany, input, pager, select } from "../sections/list.ts";
import { askedBy, type Filters, filtersOf } from "./findings-query.ts";

const SIZE = 50;
const see: Door = { kind: "right", action: "findings.see" };
const waiving: Door = { kind: "right", action: "findings.waive" };
const waiver = z.object({
  ids: choices(500),
  reason: line(500),
  until: day().or(z.literal("")).optional(),
  back: z.string().max(2000).optional(),
});
const WAIVER_HINTS = {
  reason: "Напишите причину, не длиннее 500 знаков.",
  until: "День действия – в виде 2026-12-31.",
};

/** Замечания: the list with its filters in the address, taking away with a reason, and why each one counts. */
export function addFindings(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId, zone } = needs;

  doors.page("/findings", see, async (seen) => {
    const filters = filtersOf(seen.request);
    const reach = seen.reach("findings.see");
    const page = filters.page ?? 1;
    const { total, findings } = await findingsPage(store, schoolId, askedBy(reach, filters), {
      offset: (page - 1) * SIZE,
      limit: SIZE,
    });
    const classes = (await listClasses(store, schoolId)).toSorted((a, b) => compareClasses(a.name, b.name));
    const people = await accountableNames(store, schoolId, reach);
    const { page: _, ...kept } = filters;
    const view = {
      classes: classes.map(({ externalId, name }) => ({ value: externalId, name })),
      people: people.map((name) => ({ value: name, name })),
    };
    const mayWaive = seen.may("findings.waive");
    return {
      title: "Замечания",
      here: "/findings",
      body: html`<section><h1>Замечания <small>${howMany(total, "замечание", "замечания", "замечаний")}</small></h1>
${filterForm(filters, view)}
${
  findings.length === 0
    ? empty("По этому отбору замечаний нет.")
    : html`${mayWaive ? waiverHead(seen, addressWith("/findings", { ...kept, page: page > 1 ? page : undefined })) : null}${list(findings, seen, mayWaive)}`
}
${pager("/findings", kept, { page, size: SIZE, total })}
${total === 0 ? null : html`<p><a class="button quiet" href="${addressWith("/findings.xlsx", kept)}">Скачать этот отбор таблицей XLSX</a></p>`}</section>`,
    };
  });

  doors.file("GET", "/findings.xlsx", { kind: "right", action: "findings.export" }, async (seen) => {
    const query = askedBy(seen.reach("findings.export"), filtersOf(seen.request));
    const { count, xlsx } = await exportFindings({ store, schoolId, zone }, query);
    await seen.note("findings.export", "", { count });
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return { name: `${needs.simulation ? "УЧЕБНЫЕ " : ""}Замечания.xlsx`, type, bytes: xlsx };
  });

  doors.look(
    "/findings/:finding",
    { kind: "right", action: "findings.see", thing: "finding" },
    (seen) => `finding/${seen.part("finding")}`,
    async (seen) => {
      const id = seen.part("finding");
      const [finding] = await findingsByPrefix(store, id);
      if (finding === undefined) throw new Error(`finding ${id} went away`);
      const pupil = (await listPupils(store, schoolId)).find(
        ({ externalId }) => externalId === finding.pupilExternalId,
      );
      const called = pupil === undefined ? undefined : `${pupil.fullName}, № ${pupil.number} по списку`;
      const text = await explainFinding({ store, schoolId, zone, ...(await needs.verbs.judging()) }, finding, called);
      const [title = "", ...paragraphs] = text.split("\n\n");
      const open = finding.status === "open" || (finding.status === "settled" && finding.verdict !== "unproved");
      return {
        title: "Почему замечание",
        body: html`<section><h1>${titleOf(finding)}</h1><p class="lead">${state(finding)}</p>${[title, ...paragraphs].map((one) => html`<p>${one.split("\n").map((part, i) => (i === 0 ? part : html`<br>${part}`))}</p>`)}</section>
${
  open && seen.may("findings.waive")
    ? html`<section class="narrow"><h2>Снять замечание</h2><form method="post" action="/findings/waive" class="stack">${seen.form}<input type="hidden" name="ids" value="${finding.id}"><input type="hidden" name="back" value="/findings/${finding.id}">${reasonFields()}<button>Снять</button></form></section>`
    : null
}<p><a href="/findings">Ко всем замечаниям</a></p>`,
      };
    },
  );

  doors.act("/findings/waive", waiving, async (seen) => {
    const { ids, reason, until, back } = formOf(seen.request, waiver, WAIVER_HINTS);
    const { account } = seen.visitor;
    await waiveEach(
      {
        store,
        school: { id: schoolId, zone },
        at: seen.now,
        also: (client, { findings }) =>
          seen.also("findings.waive", ids.length === 1 ? `finding/${ids[0]}` : "findings", {
            findings: findings.map(({ id }) => id).slice(0, 500),
            count: ids.length,
          })(client),
      },
      { findingIds: [...new Set(ids)], reason: needed(reason), author: account.name, expiresOn: until || null },
    );
    return withDone(ownPath(back ?? "/findings"), "waived");
  });
}

const withDone = (path: string, done: string) => `${path}${path.includes("?") ? "&" : "?"}done=${done}`;

function needed(reason: string): string {
  if (reason !== "") return reason;
  throw new SverkaError(
    "input",
    "waiver-reason",
    "Напишите, почему замечание снимается: причина остаётся в его истории.",
  );
}

function filterForm(
  filters: Filters,
  { classes, people }: { classes: readonly Choice[]; people: readonly Choice[] },
): Html {
  const named = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, name]) => ({ value, name }));
  const rules = [...RULES, ...SCHOOL_RULES].map(({ id, words }) => ({ value: id, name: words.name }));
  return html`<form method="get" action="/findings" class="row search" role="search" aria-label="Отбор замечаний">
${select("status", "Состояние", named({ ...STATUS_NAMES, counted: "идёт в счёт", all: "любое" }), filters.status, "открыто")}
${select("severity", "Вид", named(SEVERITY_NAMES), filters.severity)}${select("verdict", "Вывод", named({ ...VERDICT_NAMES, proved: "всё доказанное" }), filters.verdict)}
${select("class", "Класс", classes, filters.class)}${people.length > 1 ? select("person", "Отвечает", people, filters.person) : null}
${select("rule", "Правило", rules, filters.rule)}
${input("from", "С", { type: "date", value: filters.from ?? "" })}${input("to", "По", { type: "date", value: filters.to ?? "" })}
<button>Показать</button><a href="/findings">Сбросить</a></form>`;
}

function waiverHead(seen: Seen, back: string): Html {
  return html`<form method="post" action="/findings/waive" id="waive" class="row waiver">${seen.form}<input type="hidden" name="back" value="${back}">${reasonFields()}<button>Снять отмеченные</button></form>`;
}

const reasonFields = () => html`<label>Почему снимается <input name="reason" required maxlength="500" size="36"></label>
<label>До какого дня (пусто – бессрочно) <input name="until" type="date"></label>`;

function list(findings: readonly StoredFinding[], seen: Seen, mayWaive: boolean): Html {
  const cell = (label: string, value: Html | string, mood: Mood = "plain") =>
    html`<td class="words ${mood}" data-label="${label}"><span>${value}</span></td>`;
  return html`<table class="cards findings"><thead><tr>${mayWaive ? html`<th scope="col"><span class="hidden">Отметить</span></th>` : null}<th scope="col" class="words">Замечание</th><th scope="col" class="words">Класс</th><th scope="col" class="words">Предмет</th><th scope="col" class="words">Отвечает</th><th scope="col" class="words">Урок</th><th scope="col" class="words">Срок</th><th scope="col" class="words">Состояние</th></tr></thead><tbody>${findings.map(
    (finding) =>
      html`<tr>${
        mayWaive
          ? html`<td class="tick">${finding.verdict === "unproved" || finding.status === "waived" || finding.status === "withdrawn" ? null : html`<input type="checkbox" form="waive" name="ids" value="${finding.id}" aria-label="Отметить: ${titleOf(finding)}, ${finding.className}">`}</td>`
          : null
      }<th scope="row"><a href="/findings/${finding.id}">${titleOf(finding)}</a></th>${cell("Класс", finding.className)}${cell("Предмет", finding.subject ?? "–")}${cell("Отвечает", accountableName(finding) ?? "–")}${cell("Урок", finding.lessonDate === null ? "–" : shortDay(finding.lessonDate))}${cell("Срок", finding.dueAt === null ? "–" : `по ${shortDay(dayOf(finding.dueAt - 1, seen.zone))}`)}${cell("Состояние", state(finding), moodOf(finding))}</tr>`,
  )}</tbody></table>`;
}

const state = ({ status, verdict, severity }: StoredFinding): string =>
  status === "open"
    ? `${VERDICT_NAMES[verdict]}${severity === "violation" ? "" : `, ${SEVERITY_NAMES[severity]}`}`
    : STATUS_NAMES[status];

const moodOf = ({ status, verdict, severity }: StoredFinding): Mood =>
  status !== "open" ? "good" : verdict === "unproved" || severity !== "violation" ? "doubtful" : "bad";
