import { z } from "zod";
import { noteReaders, unnoteReader } from "../../control/note-readers.ts";
import { peopleOf } from "../../domain/control/document.ts";
import { dayOf } from "../../domain/days.ts";
import { longDay } from "../../domain/notice/words.ts";
import type { ControlReader } from "../../store/control-readers.ts";
import type { StoredControl } from "../../store/controls.ts";
import type { Door } from "../doors/door.ts";
import { choices, day, formOf, line } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { count } from "../sections/format.ts";
import { empty, input } from "../sections/list.ts";

const work: Door = { kind: "right", action: "control.work" };
const noting = z.object({ people: choices(500), on: day() });
const taking = z.object({ person: line(200) });
const HINTS = { on: "Впишите день ознакомления.", people: "Отметьте, кто ознакомлен." };

/** «С результатами ознакомлен»: the forms that note it and take it back. */
export function addControlReaders(doors: Doors): void {
  const { store, schoolId, zone } = doors.needs;

  doors.act("/control/:month/readers", work, async (seen) => {
    const month = seen.part("month");
    const { people, on } = formOf(seen.request, noting, HINTS);
    const also = seen.also("control.read", `control/${month}`, { on, people });
    await noteReaders({ store, schoolId, zone, now: seen.now, also }, { month, people, on, by: seen.actor.accountId });
    return `/control/${month}?done=control-read#readers`;
  });

  doors.act("/control/:month/readers/remove", work, async (seen) => {
    const month = seen.part("month");
    const { person } = formOf(seen.request, taking);
    const also = seen.also("control.unread", `control/${month}`, { person });
    await unnoteReader({ store, schoolId, also }, { month, person });
    return `/control/${month}?done=control-unread#readers`;
  });
}

/** «5 из 12» of one control. */
export function readersText({ facts }: StoredControl, readers: readonly ControlReader[]): string {
  const people = peopleOf(facts);
  const read = readers.filter(({ month, person }) => month === facts.month && people.includes(person)).length;
  return `${count(read)} из ${count(people.length)}`;
}

/** Who has read it and who has not yet, with the form for whoever may note it. */
export function readersSection(control: StoredControl, readers: readonly ControlReader[], seen: Seen): Html {
  const { facts, concludedAt } = control;
  const people = peopleOf(facts);
  const own = new Map(readers.filter(({ month }) => month === facts.month).map((one) => [one.person, one]));
  const working = seen.may("control.work") && concludedAt !== null;
  const left = people.filter((person) => !own.has(person));
  const place = `/control/${facts.month}/readers`;
  const head = html`<h2 id="readers">С результатами ознакомлены <small>${readersText(control, readers)}</small></h2>`;
  if (people.length === 0) return html`<section>${head}${empty("Контроль никого не называет.")}</section>`;
  if (concludedAt === null)
    return html`<section>${head}<p class="note">Отмечать можно после утверждения заключения. Лист для подписей – в конце печати.</p></section>`;
  return html`<section>${head}
${
  left.length === 0
    ? html`<p class="good">Ознакомлены все.</p>`
    : html`<form method="post" action="${place}">${seen.form}<fieldset><legend>Ещё не ознакомлены</legend><ul class="tiles">${left.map((person) => html`<li>${working ? html`<label><input type="checkbox" name="people" value="${person}"> ${person}</label>` : person}</li>`)}</ul></fieldset>
${working ? html`<p class="row">${input("on", "День ознакомления", { type: "date", value: dayOf(seen.now, seen.zone), more: html` required` })}<button>Отмеченные ознакомлены</button></p>` : null}</form>`
}
${
  own.size === 0
    ? null
    : html`<table class="cards"><thead><tr><th scope="col" class="words">Кто</th><th scope="col" class="words">Ознакомлен</th><th scope="col" class="words">Отметил</th>${working ? html`<th scope="col"><span class="hidden">Действия</span></th>` : null}</tr></thead><tbody>${[
        ...own.values(),
      ].map(
        ({ person, readOn, notedBy }) =>
          html`<tr><th scope="row">${person}</th><td class="words" data-label="Ознакомлен"><span>${longDay(readOn)}</span></td><td class="words" data-label="Отметил"><span>${notedBy ?? "–"}</span></td>${working ? html`<td><form method="post" action="${place}/remove">${seen.form}<input type="hidden" name="person" value="${person}"><button class="quiet">Убрать отметку<span class="hidden">: ${person}</span></button></form></td>` : null}</tr>`,
      )}</tbody></table>`
}</section>`;
}
