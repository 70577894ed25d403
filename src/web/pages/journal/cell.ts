import { z } from "zod";
import { SverkaError } from "../../../domain/error.ts";
import { eventsUntil, type FactEvent, type SeenVersion } from "../../../domain/journal/seen-versions.ts";
import { longDay } from "../../../domain/notice/words.ts";
import { moment } from "../../../domain/russian.ts";
import type { CellRecord, LessonRecord } from "../../../store/journal-page.ts";
import type { Door } from "../../doors/door.ts";
import { queryOf } from "../../doors/form.ts";
import { auditedPage, pageAddress, pageName } from "../../doors/page-key.ts";
import type { Contents, Doors, Seen } from "../../doors/pages.ts";
import { type Html, html } from "../../html.ts";
import { addressWith } from "../../sections/list.ts";
import { type KnownPage, knownPage } from "./known.ts";

const see: Door & { kind: "right" } = { kind: "right", action: "journal.see", thing: "page" };
const name = () =>
  z
    .string()
    .max(100)
    .regex(/^\P{Cc}+$/u);
const cell = z.object({ lesson: name(), pupil: name() });

/** The history of one cell, of one lesson's record, or of one final mark: what the address names of this very page. */
export function addJournalCell(doors: Doors): void {
  doors.look(
    "/journal/:page/cell",
    see,
    (seen) => {
      const { lesson, pupil } = queryOf(seen.request, cell);
      return [
        auditedPage(seen.part("page")),
        ...(pupil === undefined ? [] : [`pupil/${pupil}`]),
        ...(lesson === undefined ? [] : [`lesson/${lesson}`]),
      ].join("/");
    },
    async (seen) => contents(await knownPage(doors.needs, seen), seen),
  );
}

function contents(known: KnownPage, seen: Seen): Contents {
  const { page, facts, asked, term } = known;
  const { lesson: lessonId, pupil: pupilId } = queryOf(seen.request, cell);
  const lesson = facts.lessons.find(({ externalId }) => externalId === lessonId);
  const pupil = facts.pupils.find(({ externalId }) => externalId === pupilId);
  const back = addressWith(pageAddress(page), { term: term.externalId ?? undefined, at: asked.text });
  const frame = (title: string, about: string, history: Html): Contents => ({
    title: "История записи",
    here: "/journal",
    body: html`<section><h1>${title}</h1><p class="lead">${about}</p>${history}
<p class="note">Журнал не говорит, когда запись внесена: это видно только по проходам, между которыми она появилась или изменилась.</p></section><p><a href="${back}">К странице журнала</a></p>`,
  });
  const day = lesson === undefined ? "" : longDay(lesson.versions.at(-1)?.content.date ?? "");
  if (lesson !== undefined && pupilId === undefined)
    return frame(`Урок ${day}`, pageName(page), eventList(lesson.versions, seen, asked.at, lessonText));
  if (lesson !== undefined && pupil !== undefined) {
    const versions = facts.cells.get(`${pupil.externalId}/${lesson.externalId}`);
    if (versions !== undefined)
      return frame(pupil.fullName, `${pageName(page)}, урок ${day}`, eventList(versions, seen, asked.at, cellText));
  }
  if (lessonId === undefined && pupil !== undefined) {
    const versions = facts.finals.get(pupil.externalId);
    if (versions !== undefined)
      return frame(
        pupil.fullName,
        `${pageName(page)}, итоговая отметка: ${term.name}`,
        eventList(versions, seen, asked.at, cellText),
      );
  }
  throw new SverkaError(
    "input",
    "journal-cell",
    "Такой записи на этой странице журнала нет. Вернитесь к странице и выберите другую.",
  );
}

const KINDS = {
  seen: { name: "Появилась", mood: "plain" },
  changed: { name: "Изменилась", mood: "doubtful" },
  withdrawn: { name: "Исчезла", mood: "bad" },
  returned: { name: "Вернулась", mood: "doubtful" },
} as const;

function eventList<Content>(
  versions: readonly SeenVersion<Content>[],
  { zone }: Seen,
  at: number,
  say: (content: Content) => Html,
): Html {
  const events = eventsUntil(versions, at);
  if (events.length === 0) return html`<p class="empty">К этому моменту запись ещё никто не видел.</p>`;
  const when = ({ kind, after, by }: FactEvent<Content>) => {
    if (kind === "withdrawn") return `её уже не было ${moment(by, zone)}`;
    if (after !== null) return `между ${moment(after, zone)} и ${moment(by, zone)}`;
    return kind === "seen"
      ? `не позже ${moment(by, zone)}: раньше на эту страницу никто не смотрел`
      : `не позже ${moment(by, zone)}`;
  };
  return html`<ol class="history">${events.map(
    (event) =>
      html`<li class="${KINDS[event.kind].mood}"><b>${KINDS[event.kind].name}</b> <span>${when(event)}</span>${event.kind === "withdrawn" ? null : html`<div>${say(event.content)}</div>`}</li>`,
  )}</ol>`;
}

const cellText = ({ text, comment }: CellRecord): Html =>
  html`<span class="value">${text === "" ? "пусто" : text}</span>${comment == null || comment === "" ? null : html` <span>${comment}</span>`}`;

const lessonText = ({ date, topic, homework, workType }: LessonRecord): Html =>
  html`<dl class="facts">${(
    [
      ["День", longDay(date)],
      ["Тема", topic ?? "не записана"],
      ["Домашнее задание", homework ?? "–"],
      ["Вид работы", workType ?? "–"],
    ] as const
  ).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
