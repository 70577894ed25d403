import { z } from "zod";
import type { Reach } from "../../domain/access/may.ts";
import { counted } from "../../domain/notice/words.ts";
import { reasonWords } from "../../domain/print/reasons.ts";
import { PRINT_STATES } from "../../domain/print/state-words.ts";
import { continuePrint, type PrintWord } from "../../print/continue-print.ts";
import { pagesOf } from "../../print/take.ts";
import type { Store } from "../../store/connect.ts";
import { listPrintJobs, type PrintJobRecord, UNSETTLED } from "../../store/print-jobs.ts";
import type { Door } from "../doors/door.ts";
import { formOf, number } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { count } from "../sections/format.ts";

const work: Door = { kind: "right", action: "notices.work", thing: "print" };
const given = z.object({
  word: z.enum(["from", "all-printed", "cancel"]),
  page: number().optional(),
  gone: z.literal("yes").optional(),
});
const HINTS = { page: "Впишите номер страницы: с какой печатать дальше.", word: "Выберите, что делать с печатью." };
const DONE = { from: "print-continued", "all-printed": "print-ended", cancel: "print-cancelled" } as const;

/** Prints that do not go on by themselves: a person who looked at the sheets says from which page on, or that it is over. */
export function addPrints(doors: Doors): void {
  doors.act("/prints/:print/continue", work, async (seen) => {
    const { word, page, gone } = formOf(seen.request, given, HINTS);
    const id = Number(seen.part("print"));
    const said: PrintWord = word === "from" ? { kind: "from", page: page ?? 0 } : { kind: word };
    const also = seen.also("notices.continue", `print/${id}`, {
      word,
      ...(word === "from" ? { page: page ?? 0 } : {}),
    });
    await continuePrint(doors.needs.verbs.printing(), { id, word: said, printerGone: gone === "yes", also });
    return `/notices?done=${DONE[word]}`;
  });
}

/** The prints within reach that are not over; null where there are none. */
export async function printsSection(store: Store, schoolId: number, seen: Seen): Promise<Html | null> {
  const reach = seen.reach("notices.work");
  const jobs = (await listPrintJobs(store, schoolId, UNSETTLED)).filter((job) => reaches(reach, job));
  if (jobs.length === 0) return null;
  const asking = jobs.filter(({ state }) => state === "asking").length;
  return html`<section class="${asking > 0 ? "hero trouble" : ""}"><h2>Печать${asking > 0 ? " ждёт вашего слова" : " идёт"}</h2>${jobs.map((job) => block(job, seen))}</section>`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const reaches = ({ all, classes }: Reach, { classExternalId }: PrintJobRecord): boolean =>
  all || classes.includes(classExternalId);

function block(job: PrintJobRecord, { form }: Seen): Html {
  const { id, state, reason, fileName, filePages, batchNumber, pagesDone, printer } = job;
  const pages = pagesOf(job);
  const words = reason === null ? null : reasonWords(reason);
  const place = `/prints/${id}/continue`;
  const send = (word: PrintWord["kind"], button: Html, more: Html | null = null) =>
    html`<form method="post" action="${place}" class="row">${form}<input type="hidden" name="word" value="${word}">${more}${button}</form>`;
  const hidden = html`<span class="hidden">: ${fileName}</span>`;
  return html`<article><h3>«${fileName}» <small>партия № ${batchNumber}</small></h3>
<p class="${state === "asking" || state === "refused" ? "bad" : "doubtful"}">${capital(PRINT_STATES[state])}${words === null ? null : `: ${words.what}`}. Вышло ${count(pagesDone)} из ${counted(pages.length, "страницы", "страниц", "страниц")}.</p>
${words === null || words.todo === "" ? null : html`<p>${words.todo}</p>`}
${
  state !== "asking"
    ? html`<details><summary>Прекратить печать${hidden}</summary>${send("cancel", html`<button class="danger">Больше не печатать${hidden}</button>`)}</details>`
    : html`<p class="note">Посмотрите на листы. Страницы считаются по файлу, их ${count(filePages)}; при двусторонней печати лист – две страницы.</p>
${send(
  "from",
  html`<button>Печатать с этой страницы${hidden}</button>`,
  html`<label>Следующая страница <input name="page" type="number" min="1" max="${filePages}" required value="${pages[pagesDone] ?? filePages}"></label><label><input type="checkbox" name="gone" value="yes"> принтера «${printer}» больше нет</label>`,
)}
<div class="row">${send("all-printed", html`<button class="quiet">Всё напечатано${hidden}</button>`)}${send("cancel", html`<button class="danger">Больше не печатать${hidden}</button>`)}</div>`
}</article>`;
}
