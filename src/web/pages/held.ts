import { z } from "zod";
import { shortDay } from "../../domain/notice/words.ts";
import { type HeldLeavers, heldLeavers } from "../../store/held-leavers.ts";
import { type DoubtedCount, doubtedCounts, doubtedFacts, heldPages } from "../../store/held-pages.ts";
import { listPupils } from "../../store/pupils.ts";
import { listClasses } from "../../store/snapshot.ts";
import { acceptHeldLeavers, decideHeld, type HeldGroup, heldGroups, leaversMark } from "../../sync/decide-held.ts";
import { formOf, line } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { count, when } from "../sections/format.ts";
import { empty, howMany } from "../sections/list.ts";

const KINDS: Readonly<Record<string, string>> = {
  lessons: "уроки и темы",
  entries: "отметки и пропуски",
  finals: "итоговые отметки",
  messages: "замечания и похвалы учителей",
  diary: "замены",
};
const DONE = { accept: "quarantine-accepted", wait: "quarantine-kept" } as const;

const decided = z.object({
  class: line(200),
  kind: line(40),
  mark: line(64),
  decision: z.enum(["accept", "wait"]),
});

const marked = z.object({ mark: line(64) });

/** The quarantine: what would vanish with pages that were held back, and what a person says of it. */
export function addHeld(doors: Doors): void {
  const { store, schoolId, clock } = doors.needs;

  doors.page("/passes/held", { kind: "right", action: "passes.see" }, async (seen) => {
    const groups = heldGroups(await heldPages(store.pool, schoolId));
    const classes = [...new Set(groups.map(({ classExternalId }) => classExternalId))];
    const counts = new Map<string, readonly DoubtedCount[]>();
    for (const id of classes) counts.set(id, await doubtedCounts(store.pool, schoolId, id));
    const leavers = await heldLeavers(store.pool, schoolId);
    return {
      title: "Задержанные страницы",
      here: "/passes",
      body: html`<section><h1>Задержанные страницы</h1>
<p>Журнал вдруг перестал показывать много записей сразу. Так бывает, когда журнал чинят или у учётной записи забрали права, – поэтому программа ничего не удалила и ждёт: подтвердит ли это следующий проход или вы.</p>
${groups.length === 0 && leavers === null ? empty("Сейчас ничего не задержано: всё, что показывает журнал, принято.") : null}</section>${leavers === null ? null : await leaversSection(leavers, seen)}${groups.map((group) => groupSection(group, counts.get(group.classExternalId) ?? [], seen))}
<p><a href="/passes">К проходам</a></p>`,
    };
  });

  doors.act("/passes/held", { kind: "right", action: "passes.work" }, async (seen) => {
    const order = formOf(seen.request, decided);
    const { class: classExternalId, kind, mark, decision } = order;
    const also = seen.also(`quarantine.${decision}`, `held/${classExternalId}/${kind}`);
    await decideHeld({ store, schoolId, at: clock.now(), also }, { classExternalId, kind, mark, decision });
    return `/passes/held?done=${DONE[decision]}`;
  });

  doors.act("/passes/held/leavers", { kind: "right", action: "passes.work" }, async (seen) => {
    const { mark } = formOf(seen.request, marked);
    const also = seen.also("quarantine.accept", "held/leavers");
    await acceptHeldLeavers({ store, schoolId, also }, mark);
    return "/passes/held?done=quarantine-accepted";
  });

  /** Who has left the list at once: names only for those who may see every class. */
  async function leaversSection(held: HeldLeavers, seen: Seen): Promise<Html> {
    const { pupilExternalIds, heldAt, accepted } = held;
    const pupils = (await listPupils(store, schoolId)).filter(({ externalId }) =>
      pupilExternalIds.includes(externalId),
    );
    const classes = [...Map.groupBy(pupils, ({ className }) => className)].map(
      ([name, of]) => `${name} – ${of.length}`,
    );
    return html`<section class="hero ${accepted ? "running" : "trouble"}"><h2>Списки классов: ${howMany(pupilExternalIds.length, "ученик исчез", "ученика исчезли", "учеников исчезли")} <small>с ${when(heldAt, seen)}</small></h2>
<p>Никто не отмечен выбывшим. По классам: ${classes.join(", ")}.</p>
${seen.reach("journal.see").all ? html`<details><summary>Кто это</summary><p>${pupils.map(({ fullName }) => fullName).join(", ")}</p></details>` : null}
${accepted ? html`<p class="sentence">Решено принять: следующий проход отметит их выбывшими, если список останется таким.</p>` : html`<p class="note">Если это сбой, ничего не нажимайте: список вернётся со следующим проходом.</p>`}
${seen.may("passes.work") && !accepted ? html`<form method="post" action="/passes/held/leavers">${seen.form}<input type="hidden" name="mark" value="${leaversMark(held)}"><button class="danger">Они правда выбыли, принять</button></form>` : null}</section>`;
  }

  doors.look(
    "/passes/held/:class",
    { kind: "right", action: "journal.see", thing: "class" },
    (seen) => `held/${seen.part("class")}`,
    async (seen) => {
      const id = seen.part("class");
      const facts = await doubtedFacts(store.pool, schoolId, id);
      const pupils = new Map((await listPupils(store, schoolId)).map((pupil) => [pupil.externalId, pupil.fullName]));
      const name = (await listClasses(store, schoolId)).find(({ externalId }) => externalId === id)?.name ?? id;
      const nameOf = (pupil: string | null) =>
        pupil === null ? "весь класс" : (pupils.get(pupil) ?? `ученик ${pupil}`);
      return {
        title: `Что исчезло бы: ${name}`,
        here: "/passes",
        body: html`<section><h1>Что исчезло бы: ${name} <small>${howMany(facts.length, "запись", "записи", "записей")}</small></h1>
${
  facts.length === 0
    ? empty("У этого класса ничего не задержано.")
    : html`<table class="cards"><thead><tr><th scope="col" class="words">День</th><th scope="col" class="words">Что</th><th scope="col" class="words">Предмет</th><th scope="col" class="words">Ученик</th><th scope="col" class="words">Запись</th></tr></thead><tbody>${facts.map(
        ({ kind, pupilExternalId, date, subject, text }) =>
          html`<tr><th scope="row">${date === null ? "–" : shortDay(date)}</th><td class="words" data-label="Что"><span>${KINDS[kind] ?? kind}</span></td><td class="words" data-label="Предмет"><span>${subject ?? "–"}</span></td><td class="words" data-label="Ученик"><span>${nameOf(pupilExternalId)}</span></td><td class="words" data-label="Запись"><span>${text === "" ? "без темы" : text}</span></td></tr>`,
      )}</tbody></table>`
}<p><a href="/passes/held">К решению</a></p></section>`,
      };
    },
  );
}

function groupSection(group: HeldGroup, counts: readonly DoubtedCount[], seen: Seen): Html {
  const { kind, classExternalId, className, pages, facts, shown, lost, since, decision } = group;
  const own = counts.filter((one) => one.kind === kind);
  const sees = seen.may("journal.see", { classExternalId });
  return html`<section class="hero ${decision === null ? "trouble" : "running"}"><h2>${className}: ${KINDS[kind] ?? kind} <small>${howMany(pages.length, "страница", "страницы", "страниц")}, с ${when(since, seen)}</small></h2>
<dl class="figures"><div><dt>записей было</dt><dd>${count(facts)}</dd></div><div><dt>журнал показывает</dt><dd>${count(shown)}</dd></div><div class="bad"><dt>исчезло бы</dt><dd>${count(lost)}</dd></div></dl>
${own.length === 0 ? null : html`<p>Предметы: ${own.map((one) => `${one.subject ?? "без предмета"} – ${count(one.facts)}${spanOf(one)}`).join("; ")}.</p>`}
${sees ? html`<p><a href="/passes/held/${encodeURIComponent(classExternalId)}">Посмотреть каждую запись<span class="hidden">: ${className}</span></a></p>` : html`<p class="note">Сами записи видят заместитель директора и директор: посмотрите вместе с ними.</p>`}
${decision === null ? null : html`<p class="sentence">${decision === "accept" ? "Решено принять: следующий проход уберёт эти записи, если журнал покажет то же." : "Решено подождать: записи остаются; если то же покажет проход через час или позже, исчезновение будет принято."}</p>`}
${seen.may("passes.work") ? choice(group, seen) : html`<p class="note">Решает ответственный за работу в системе.</p>`}</section>`;
}

function choice({ kind, classExternalId, className, mark, decision }: HeldGroup, { form }: Seen): Html {
  const button = (value: keyof typeof DONE, text: string, look: string) =>
    html`<form method="post" action="/passes/held">${form}<input type="hidden" name="class" value="${classExternalId}"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="mark" value="${mark}"><input type="hidden" name="decision" value="${value}"><button class="${look}">${text}<span class="hidden">: ${className}, ${KINDS[kind] ?? kind}</span></button></form>`;
  return html`<div class="row">${decision === "wait" ? null : button("wait", "Подождать следующего прохода", "")}${decision === "accept" ? null : button("accept", "Записей правда больше нет, принять", "danger")}</div>`;
}

const spanOf = ({ from, to }: DoubtedCount): string =>
  from === null || to === null ? "" : from === to ? ` (${shortDay(from)})` : ` (${shortDay(from)}–${shortDay(to)})`;
