import { dayOf } from "../../../domain/days.ts";
import { type LessonAt, type PupilAt, pageAt } from "../../../domain/journal/page-at.ts";
import { changeMoments, type StateAt } from "../../../domain/journal/seen-versions.ts";
import { longSpan, shortDay } from "../../../domain/notice/words.ts";
import { moment, sentence } from "../../../domain/russian.ts";
import type { EpochMs, IsoDate } from "../../../domain/time.ts";
import type { CellRecord, LessonRecord } from "../../../store/journal-page.ts";
import type { Door } from "../../doors/door.ts";
import { auditedPage, pageAddress, pageName } from "../../doors/page-key.ts";
import type { Contents, Doors, Seen } from "../../doors/pages.ts";
import { type Html, html } from "../../html.ts";
import { addressWith, empty, input, select } from "../../sections/list.ts";
import { type KnownPage, knownPage } from "./known.ts";
import { addressTime } from "./moment.ts";

const see: Door & { kind: "right" } = { kind: "right", action: "journal.see", thing: "page" };

/** A page of the journal like the paper one: pupils × lessons, the topics below; as it was known at any moment. */
export function addJournalPage(doors: Doors): void {
  doors.look(
    "/journal/:page",
    see,
    (seen) => auditedPage(seen.part("page")),
    async (seen) => contents(await knownPage(doors.needs, seen), seen),
  );
}

function contents(known: KnownPage, seen: Seen): Contents {
  const { page, facts, asked, term } = known;
  const shown = pageAt(facts, { ...page, span: term, at: asked.at });
  const name = pageName(page);
  const link = linker(known);
  return {
    title: `Журнал: ${name}`,
    here: "/journal",
    body: html`<section><h1>${name}</h1>
<p class="lead">${page.holders.length === 0 ? null : html`Ведёт ${page.holders.join(", ")}. `}${term.name}: ${longSpan(term.from, term.to)}</p>
<p class="when">${knownText(known, seen)}</p>
${form(known, seen)}${steps(known, seen)}
${shown.lessons.length === 0 ? empty(emptyText(known)) : grid(shown, { link, term: term.externalId, caption: name })}</section>
${shown.lessons.length === 0 ? null : html`<section><h2>Темы уроков</h2>${topics(shown.lessons, { link, today: dayOf(asked.at, seen.zone) })}</section>`}
<p><a href="${addressWith("/journal", { at: asked.text })}">Ко всем страницам журнала</a></p>`,
  };
}

/** Leads to the history of a cell, with the same term and moment. */
const linker =
  ({ page, asked, term }: KnownPage) =>
  (of: { readonly lesson?: string; readonly pupil?: string }) =>
    addressWith(`${pageAddress(page)}/cell`, { ...of, term: term.externalId ?? undefined, at: asked.text });

type Linker = ReturnType<typeof linker>;

function knownText({ facts, asked }: KnownPage, { zone }: Seen): string {
  const pass =
    facts.passAt === null
      ? "проходов до этого не было"
      : `последний проход до этого закончился ${moment(facts.passAt, zone)}`;
  return asked.text === undefined
    ? sentence(`Как в журнале сейчас; ${pass.replace("до этого ", "")}`)
    : sentence(`Как это было известно ${moment(asked.at, zone)}; ${pass}`);
}

function emptyText({ facts, asked, term }: KnownPage): string {
  if (facts.firstLookAt === null || facts.firstLookAt > asked.at)
    return "К этому моменту страницу ещё никто не прочитал: выберите момент позже первого прохода.";
  return `В журнале нет уроков за это время (${term.name}). Выберите другой период.`;
}

function form({ page, asked, terms, term }: KnownPage, { now, zone }: Seen): Html {
  const address = pageAddress(page);
  const periods =
    terms.length < 2
      ? null
      : select(
          "term",
          "Период",
          terms.map(({ externalId, name }) => ({ value: externalId ?? "", name })),
          term.externalId ?? undefined,
          "текущий",
        );
  const at = input("at", "На момент", {
    type: "datetime-local",
    value: asked.text ?? "",
    more: html` max="${addressTime(now, zone)}"`,
  });
  const back =
    asked.text === undefined
      ? null
      : html`<a href="${addressWith(address, { term: term.externalId ?? undefined })}">Как сейчас</a>`;
  return html`<form method="get" action="${address}" class="row" role="search" aria-label="Период и момент">${periods}${at}<button>Показать</button>${back}</form>`;
}

/** To the moments before and after which the page looked different. */
function steps({ page, facts, asked, term }: KnownPage, { now, zone }: Seen): Html | null {
  const histories = [
    ...facts.lessons.map(({ versions }) => versions),
    ...facts.cells.values(),
    ...facts.finals.values(),
  ];
  const moments = changeMoments(histories);
  const present = moments.findLastIndex((one) => one <= asked.at);
  const [earlier, later] = [moments[present - 1], moments[present + 1]];
  if (earlier === undefined && later === undefined) return null;
  const to = (at: EpochMs, words: string) =>
    html`<a href="${addressWith(pageAddress(page), { term: term.externalId ?? undefined, at: at >= now ? undefined : addressTime(at, zone) })}">${words}</a>`;
  return html`<nav class="row" aria-label="Изменения страницы">${earlier === undefined ? null : to(earlier, `← Раньше: ${moment(earlier, zone)}`)}${later === undefined ? null : to(later, `Позже: ${moment(later, zone)} →`)}</nav>`;
}

function grid(
  { lessons, pupils }: { lessons: readonly LessonAt<LessonRecord>[]; pupils: readonly PupilAt<CellRecord>[] },
  { link, term, caption }: { link: Linker; term: string | null; caption: string },
): Html {
  const head = lessons.map(
    (lesson) =>
      html`<th scope="col"${lesson.gone ? html` class="gone"` : null}><a href="${link({ lesson: lesson.externalId })}">${dayText(lesson)}</a></th>`,
  );
  const finals = term !== null && pupils.some(({ final }) => final !== null);
  return html`<div class="scroll" role="region" aria-label="Отметки и посещаемость" tabindex="0"><table class="journal"><caption class="hidden">${caption}: отметки и отсутствие по урокам</caption>
<thead><tr><th scope="col">Ученик</th>${head}${finals ? html`<th scope="col">Итог</th>` : null}</tr></thead><tbody>${pupils.map(
    ({ externalId, fullName, number, cells, final }) =>
      html`<tr><th scope="row">${number === null ? html`<small>выбыл</small>` : html`<small>${number}</small>`} ${fullName}</th>${cells.map(
        (cell, i) =>
          mark(cell, lessons[i] === undefined ? "" : link({ lesson: lessons[i].externalId, pupil: externalId })),
      )}${finals ? mark(final, link({ pupil: externalId })) : null}</tr>`,
  )}</tbody></table></div>
<p class="note">Отметка или день – ссылка: когда запись появилась, менялась, исчезла. <span class="changed">5</span> – запись менялась, <s>5</s> – исчезла из журнала.</p>`;
}

const dayText = ({ content, place }: LessonAt<LessonRecord>): Html =>
  html`${shortDay(content.date)}${place === null ? null : html`<small>, ${place}-й</small>`}`;

function mark(cell: StateAt<CellRecord> | null, address: string): Html {
  if (cell === null) return html`<td></td>`;
  const { text } = cell.content;
  if (cell.gone) return html`<td><a href="${address}"><s>${text}</s><span class="hidden"> исчезла</span></a></td>`;
  if (cell.changed)
    return html`<td><a href="${address}" class="changed">${text}<span class="hidden"> менялась</span></a></td>`;
  return html`<td><a href="${address}">${text}</a></td>`;
}

function topics(lessons: readonly LessonAt<LessonRecord>[], { link, today }: { link: Linker; today: IsoDate }): Html {
  const words = (label: string, text: string | null) =>
    html`<td class="words" data-label="${label}"><span>${text ?? "–"}</span></td>`;
  return html`<table class="cards one-a-line"><thead><tr><th scope="col" class="words">Урок</th><th scope="col" class="words">Тема</th><th scope="col" class="words">Домашнее задание</th><th scope="col" class="words">Вид работы</th><th scope="col" class="words">Провёл</th></tr></thead><tbody>${lessons.map(
    (lesson) => {
      const { content } = lesson;
      const { topic, homework, workType } = content;
      const state = lesson.gone
        ? html` <small class="bad">исчез</small>`
        : lesson.changed
          ? html` <small class="doubtful">менялся</small>`
          : null;
      return html`<tr><th scope="row"><a href="${link({ lesson: lesson.externalId })}">${dayText(lesson)}</a>${state}</th>${topic !== null ? words("Тема", topic) : content.date < today ? html`<td class="words bad" data-label="Тема"><span>не записана</span></td>` : words("Тема", "ещё не записана")}${words("Домашнее задание", homework)}${words("Вид работы", workType)}${words("Провёл", lesson.teacher)}</tr>`;
    },
  )}</tbody></table>`;
}
