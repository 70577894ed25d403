import { z } from "zod";
import { conclude, controlOf, makeControl } from "../../control/monthly-control.ts";
import { controlLetters, controlPapers, publishControl } from "../../control/publish-control.ts";
import type { ControlPart, CountedRow } from "../../domain/control/facts.ts";
import { decidedOf, inPercent, latenessText, personName } from "../../domain/control/figures.ts";
import { type Month, monthName, monthOf, previousMonth, spanOf } from "../../domain/control/month.ts";
import { PARTS } from "../../domain/control/parts.ts";
import { dayOf } from "../../domain/days.ts";
import { SverkaError } from "../../domain/error.ts";
import { controlReaders } from "../../store/control-readers.ts";
import { listControlHeads, type StoredControl } from "../../store/controls.ts";
import type { Door } from "../doors/door.ts";
import { formOf, lines } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { count, when } from "../sections/format.ts";
import { empty, howMany, select } from "../sections/list.ts";
import { addControlReaders, readersSection } from "./control-readers.ts";

const LONGEST = 20_000;
const see: Door = { kind: "right", action: "control.see" };
const work: Door = { kind: "right", action: "control.work" };
const monthForm = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) });
const conclusionForm = z.object({ conclusion: lines(LONGEST) });
const HINTS = { month: "Выберите месяц из списка.", conclusion: `Заключение – не длиннее ${LONGEST} знаков.` };
const BACK = 6;

/** Контроль («Порядок», п. 8): make, look through, write the conclusion, fix and send, print. */
export function addControl(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId } = needs;

  addControlReaders(doors);

  doors.page("/control", see, async (seen) => {
    const controls = await listControlHeads(store, schoolId);
    const readers = Map.groupBy(await controlReaders(store.pool, schoolId), ({ month }) => month);
    const months = lastMonths(seen).filter((month) => !controls.some((one) => one.month === month));
    return {
      title: "Контроль",
      here: "/control",
      body: html`<section><h1>Ежемесячный контроль</h1>
${
  controls.length === 0
    ? empty("Контролей ещё не было. Первый составится сам после конца месяца, или составьте его сейчас.")
    : html`<table class="cards"><thead><tr><th scope="col" class="words">Месяц</th><th scope="col">№</th><th scope="col">Случаев</th><th scope="col" class="words">Заключение</th><th scope="col" class="words">Доведён</th><th scope="col" class="words">Ознакомлены</th></tr></thead><tbody>${controls.map(
        ({
          month,
          number,
          cases,
          concludedAt,
          deliveredAt,
        }) => html`<tr><th scope="row"><a href="/control/${month}">${monthName(month)}</a></th>
<td data-label="№"><span>${number}</span></td><td data-label="Случаев"><span>${count(cases)}</span></td>
<td class="words ${concludedAt === null ? "doubtful" : "good"}" data-label="Заключение"><span>${concludedAt === null ? "проект" : `утверждено ${when(concludedAt, seen)}`}</span></td>
<td class="words" data-label="Доведён"><span>${deliveredAt === null ? "нет" : when(deliveredAt, seen)}</span></td><td class="words" data-label="Ознакомлены"><span>${concludedAt === null ? "–" : html`<a href="/control/${month}#readers">${count(readers.get(month)?.length ?? 0)}</a>`}</span></td></tr>`,
      )}</tbody></table>`
}
${
  seen.may("control.work") && months.length > 0
    ? html`<form method="post" action="/control" class="row">${seen.form}${select(
        "month",
        "За месяц",
        months.map((value) => ({ value, name: monthName(value) })),
        months[0],
        "–",
      )}<button>Составить</button></form>`
    : null
}<p class="note">Составленный контроль больше не меняется: что обнаружится позже, войдёт в следующий.</p></section>`,
    };
  });

  doors.act("/control", work, async (seen) => {
    const { month } = formOf(seen.request, monthForm, HINTS);
    const also = seen.also("control.make", `control/${month}`);
    await makeControl({ ...(await needs.verbs.control()), also }, month);
    return `/control/${month}?done=control-made`;
  });

  doors.page("/control/:month", see, async (seen) => {
    const control = await known(seen);
    const { facts, conclusion, concludedAt, deliveredAt } = control;
    const { policy } = await needs.verbs.control();
    const { unreached } = controlLetters(
      { ...control, concludedAt: concludedAt ?? 0 },
      NO_PAPERS,
      needs.verbs.publish(policy),
    );
    const working = seen.may("control.work");
    return {
      title: `Контроль за ${monthName(facts.month)}`,
      here: "/control",
      body: html`<section class="hero ${concludedAt === null ? "trouble" : "done-state"}"><h1>Контроль № ${facts.number} за ${monthName(facts.month)}</h1>
<p class="when">Составлен ${when(facts.madeAt, seen)}, порядок ${facts.policy}. ${concludedAt === null ? "Заключение – проект." : `Заключение утверждено ${when(concludedAt, seen)}.`}${deliveredAt === null ? "" : ` Доведён ${when(deliveredAt, seen)}.`}</p>
<p class="row">${concludedAt === null && working ? html`<a class="button" href="#conclusion">К заключению ↓</a>` : null}<a class="button quiet" href="/control/${facts.month}.pdf">Печать (PDF)</a><a class="button quiet" href="/control/${facts.month}.xlsx">Таблица XLSX</a></p></section>
${facts.parts.map(partSection)}
<section id="conclusion"><h2>Заключение</h2>${
        concludedAt === null && working
          ? html`<form method="post" action="/control/${facts.month}/conclude" class="stack">${seen.form}<label>Текст заключения <textarea name="conclusion" required maxlength="${LONGEST}" rows="12">${conclusion}</textarea></label>
<button>Утвердить и разослать учителям</button></form><p class="note">После утверждения текст не меняется, каждому учителю уходит его часть.</p>
<form method="post" action="/control/${facts.month}/send">${seen.form}<button class="quiet">Отправить проект себе на почту</button></form>`
          : html`<pre>${conclusion}</pre>`
      }
${concludedAt !== null && working ? html`<form method="post" action="/control/${facts.month}/send">${seen.form}<button class="quiet">Отправить письма тем, кому ещё не ушли</button></form>` : null}
${unreached.length === 0 ? null : html`<p><b>Без адреса почты, ознакомить по листу (${unreached.length}):</b> ${unreached.join(", ")}.</p>`}</section>
${readersSection(control, await controlReaders(store.pool, schoolId), seen)}
<section><h2>Случаи <small>${howMany(facts.cases.length, "случай", "случая", "случаев")}</small></h2><p>Все они – в печати и таблице; с объяснениями – в <a href="/findings?status=all&amp;from=${spanOf(facts.month).from}&amp;to=${spanOf(facts.month).to}">замечаниях за месяц</a>.</p></section>`,
    };
  });

  doors.act("/control/:month/conclude", work, async (seen) => {
    const month = seen.part("month");
    const { conclusion } = formOf(seen.request, conclusionForm, HINTS);
    const control = { ...(await needs.verbs.control()), also: seen.also("control.conclude", `control/${month}`) };
    await send(seen, await conclude(control, month, conclusion));
    return `/control/${month}?done=control-concluded`;
  });

  doors.act("/control/:month/send", work, async (seen) => {
    await send(seen, await known(seen));
    return `/control/${seen.part("month")}?done=control-sent`;
  });

  for (const [ending, type] of [
    ["pdf", "application/pdf"],
    ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ] as const) {
    doors.file("GET", `/control/:month.${ending}`, see, async (seen) => {
      const control = await known(seen);
      const bytes = (await controlPapers(control))[ending];
      await seen.note("control.print", `control/${control.facts.month}`);
      return { name: `Контроль ${control.facts.month}.${ending}`, type, bytes, inline: ending === "pdf" };
    });
  }

  async function send(seen: Seen, control: StoredControl): Promise<void> {
    const { policy } = await needs.verbs.control();
    const publish = {
      ...needs.verbs.publish(policy),
      also: seen.also("control.send", `control/${control.facts.month}`),
    };
    const { letters } = controlLetters(control, await controlPapers(control), publish);
    await publishControl(publish, control, letters);
  }

  async function known(seen: Seen): Promise<StoredControl> {
    const control = await controlOf(store, schoolId, seen.part("month"));
    if (control !== null) return control;
    throw new SverkaError(
      "input",
      "control-unknown",
      "Контроля за этот месяц нет: вернитесь к списку и составьте его.",
    );
  }
}

/** Whom letters reach does not depend on what is attached. */
const NO_PAPERS = { pdf: new Uint8Array(), xlsx: new Uint8Array() };

function lastMonths({ now, zone }: Seen): Month[] {
  const months: Month[] = [];
  let month = previousMonth(monthOf(dayOf(now, zone)));
  for (let i = 0; i < BACK; i++) {
    months.push(month);
    month = previousMonth(month);
  }
  return months;
}

function partSection({ id, total, byTeacher, byClass, gaps }: ControlPart): Html {
  const title = PARTS.find((part) => part.id === id)?.title ?? id;
  const share = inPercent(total.inTime, decidedOf(total));
  return html`<section><h2>${title} <small>${share === null ? "нет доказанных сроков" : `вовремя ${share}`}</small></h2>
${gaps.map((gap) => html`<p class="note">${gap}</p>`)}
${counts(
  "По учителям",
  "Учитель",
  mostFirst(byTeacher).map((row) => ({ ...row, name: personName(row.name) })),
)}<details><summary>По классам</summary>${counts("По классам", "Класс", mostFirst(byClass))}</details></section>`;
}

/** With whom there is something to talk about stands first. */
const mostFirst = (rows: readonly CountedRow[]): readonly CountedRow[] =>
  rows.toSorted((one, other) => other.late + other.missing - one.late - one.missing);

function counts(caption: string, head: string, rows: readonly CountedRow[]): Html {
  if (rows.length === 0) return empty("В этом месяце здесь нечего было проверять.");
  const names = ["Проверено", "Вовремя", "Позже срока", "Не выполнено", "Не доказано", "Снято"];
  return html`<table class="cards"><caption class="hidden">${caption}</caption><thead><tr><th scope="col" class="words">${head}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col" class="words">Опоздание</th></tr></thead><tbody>${rows.map(
    ({ name, checked, inTime, late, missing, unproved, waived, lateness }) =>
      html`<tr><th scope="row">${name}</th>${[checked, inTime, late, missing, unproved, waived].map(
        (n, i) =>
          html`<td data-label="${names[i] ?? ""}"${n > 0 && (i === 2 || i === 3) ? html` class="bad"` : null}><span>${count(n)}</span></td>`,
      )}<td class="words" data-label="Опоздание"><span>${latenessText(lateness)}</span></td></tr>`,
  )}</tbody></table>`;
}
