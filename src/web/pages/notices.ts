import { z } from "zod";
import type { Reach } from "../../domain/access/may.ts";
import { dayOf } from "../../domain/days.ts";
import { endOfDay } from "../../domain/deadline.ts";
import { SverkaError } from "../../domain/error.ts";
import { shortDay } from "../../domain/notice/words.ts";
import { KIND_NAMES, openStep } from "../../domain/notice-cycle/states.ts";
import { typedCode } from "../../domain/slip/code.ts";
import { slipSentence } from "../../domain/slip/found-slip.ts";
import { composeDue } from "../../notices/compose-due.ts";
import { batchFiles, printAgain } from "../../notices/print-batch.ts";
import { clearUp, enterSlip, toClearUp } from "../../scans/clear-up.ts";
import { printFileBytes } from "../../store/batch-files.ts";
import type { Store } from "../../store/connect.ts";
import { type BatchRecord, batchByNumber } from "../../store/notice-batches.ts";
import { classNotices, classOfSlip } from "../../store/notice-lists.ts";
import { markHanded } from "../../store/notice-stages.ts";
import { batchStates } from "../../store/notice-states.ts";
import { countPrints } from "../../store/print-jobs.ts";
import { listPupils } from "../../store/pupils.ts";
import { sharedRead } from "../../store/shared-read.ts";
import { inTransaction, type Transaction } from "../../store/transaction.ts";
import type { Door } from "../doors/door.ts";
import { choices, day, formOf, line, number } from "../doors/form.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { count, type Day, dayOnly, when } from "../sections/format.ts";
import { empty, input } from "../sections/list.ts";
import { addPrints, printsSection } from "./prints.ts";

const BATCHES = 8;
const see: Door = { kind: "right", action: "notices.see" };
const work: Door = { kind: "right", action: "notices.work" };
const ofClass = { kind: "right", action: "notices.see", thing: "class" } as const;
const workOfClass: Door = { kind: "right", action: "notices.work", thing: "class" };
const handedForm = z.object({ pupils: choices(500), on: day() });
/** How many prints of the batch there were when the page was made. */
const printForm = z.object({ prints: z.coerce.number().int().min(0) });
const slipForm = z.object({ code: line(40), file: number().optional(), page: number().optional() });
const clearForm = z.object({ file: number(), page: number().optional() });

const COLUMNS = ["Распечаток", "Напечатано", "Роздано", "Вернулось"];

/** The last batches as far as somebody sees them, class by class: the same all day, until something is written. */
const batchesOf = sharedRead(async (store: Store, schoolId: number, day: Day, reach: Reach): Promise<Html> => {
  const batches = (await batchStates(store, schoolId, BATCHES)).flatMap((batch) => {
    const classes = batch.classes.filter(({ classExternalId }) => reach.all || reach.classes.includes(classExternalId));
    return classes.length === 0 ? [] : [{ ...batch, classes }];
  });
  if (batches.length === 0)
    return html`<section>${empty("Партий распечаток ещё не было: они составляются сами, когда семьям на бумаге приходит срок («Регламент», п. 2).")}</section>`;
  return html`${batches.map(
    ({
      number: no,
      kind,
      from,
      to,
      composedAt,
      classes,
    }) => html`<section><h2>Партия № ${no} <small>${KIND_NAMES[kind]}, за ${shortDay(from)}–${shortDay(to)}, составлена ${when(composedAt, day)}</small></h2>
<table class="cards"><thead><tr><th scope="col" class="words">Класс</th><th scope="col" class="words">Что осталось</th>${COLUMNS.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${classes.map(
      (one) =>
        html`<tr><th scope="row"><a href="/notices/${no}/${one.classExternalId}">${one.className}<span class="hidden">, партия ${no}</span></a></th><td class="words" data-label="Что осталось"><span>${openStep(one)}</span></td>${[one.notices, one.printed, one.handed, one.returned].map((n, i) => html`<td data-label="${COLUMNS[i] ?? ""}"><span>${count(n)}</span></td>`)}</tr>`,
    )}</tbody></table></section>`,
  )}`;
});

/** Уведомления: batches class by class, what was printed and handed out, slips on their way back, scans to clear up. */
export function addNotices(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId, zone } = needs;

  addPrints(doors);

  doors.page("/notices", see, async (seen) => {
    const open = seen.may("slips.clear") ? await toClearUp(store, schoolId) : { slips: [], files: [] };
    return {
      title: "Уведомления",
      here: "/notices",
      body: html`<section><h1>Уведомления семьям</h1>
${seen.may("notices.work") ? html`<form method="post" action="/slips/enter" class="row">${seen.form}${input("code", "Корешок вернулся: код под квадратом", { more: html` required maxlength="40" inputmode="numeric" autocomplete="off"` })}<button>Принять</button></form>` : null}
${seen.may("notices.work") && seen.reach("notices.see").all ? html`<form method="post" action="/notices/compose">${seen.form}<button class="quiet">Составить те, которым пришёл срок, и напечатать</button></form>` : null}
${open.slips.length + open.files.length === 0 ? null : html`<p class="doubtful"><a href="/slips">Разобрать сканы: ${count(open.slips.length + open.files.length)}</a></p>`}</section>
${await printsSection(store, schoolId, seen)}
${await batchesOf(store, schoolId, dayOnly(seen), seen.reach("notices.see"))}`,
    };
  });

  doors.look(
    "/notices/:batch/:class",
    ofClass,
    (seen) => `notices/${seen.part("batch")}/${seen.part("class")}`,
    async (seen) => {
      const batch = await known(seen);
      const notices = await classNotices(store, batch.id, seen.part("class"));
      const pupils = new Map((await listPupils(store, schoolId)).map((pupil) => [pupil.externalId, pupil]));
      const className = notices[0]?.className ?? "";
      const place = `/notices/${batch.number}/${seen.part("class")}`;
      const working = seen.may("notices.work", { classExternalId: seen.part("class") });
      const waiting = notices.filter(
        ({ printedAt, handedAt, withdrawnAt }) => printedAt !== null && handedAt === null && withdrawnAt === null,
      );
      return {
        title: `Партия № ${batch.number}, ${className}`,
        here: "/notices",
        body: html`<section><h1>${className}: партия № ${batch.number}</h1><div class="row"><a class="button quiet" href="${place}.pdf">Открыть для печати (PDF)</a>${working ? html`<form method="post" action="${place}/print">${seen.form}<input type="hidden" name="prints" value="${await countPrints(store.pool, batch.id)}"><button class="quiet">Отправить на принтер ещё раз</button></form>` : null}</div>
<form method="post" action="${place}/handed">${seen.form}<table class="cards"><thead><tr><th scope="col" class="words">Ученик</th><th scope="col" class="words">Напечатано</th><th scope="col" class="words">Роздано</th><th scope="col" class="words">Корешок</th><th scope="col" class="words">Образец</th></tr></thead><tbody>${notices.map(
          ({ pupilExternalId, printedAt, handedAt, returnedAt, withdrawnAt, edition }) => {
            const pupil = pupils.get(pupilExternalId);
            const name = pupil?.fullName ?? `ученик ${pupilExternalId}`;
            const at = (moment: number | null) => (moment === null ? "–" : when(moment, seen));
            return html`<tr><th scope="row">${pupil === undefined ? null : `${pupil.number}. `}${name}${edition > 1 ? html` <small>${edition}-я редакция</small>` : null}${withdrawnAt === null ? null : html` <small>отозвана</small>`}</th><td class="words" data-label="Напечатано"><span>${at(printedAt)}</span></td>
<td class="words" data-label="Роздано"><span>${waiting.some((one) => one.pupilExternalId === pupilExternalId) && working && withdrawnAt === null ? html`<label><input type="checkbox" name="pupils" value="${pupilExternalId}" checked> отдать<span class="hidden">: ${name}</span></label>` : at(handedAt)}</span></td><td class="words" data-label="Корешок"><span>${at(returnedAt)}</span></td><td class="words" data-label="Образец"><a href="/notices/preview/${pupilExternalId}.pdf">как сейчас<span class="hidden">: ${name}</span></a></td></tr>`;
          },
        )}</tbody></table>${waiting.length === 0 || !working ? null : html`<p class="row">${input("on", "Когда роздано", { type: "date", value: dayOf(seen.now, zone), more: html` required` })}<button>Отмеченным отдано</button></p>`}</form></section>`,
      };
    },
  );

  doors.act("/notices/:batch/:class/handed", workOfClass, async (seen) => {
    const batch = await known(seen);
    const { pupils, on } = formOf(seen.request, handedForm, { on: "Впишите день раздачи." });
    const today = dayOf(seen.now, zone);
    if (on > today)
      throw new SverkaError(
        "input",
        "handed-future",
        `${on} ещё не наступило: отметьте, когда распечатки будут розданы.`,
      );
    const own = new Set(
      (await classNotices(store, batch.id, seen.part("class"))).map(({ pupilExternalId }) => pupilExternalId),
    );
    const given = pupils.filter((id) => own.has(id));
    const at = on === today ? seen.now : endOfDay(on, zone) - 1;
    const place = `/notices/${batch.number}/${seen.part("class")}`;
    await inTransaction(store, async (client) => {
      const order = { pupilExternalIds: given, at, batchId: batch.id };
      if ((await markHanded({ pool: client }, schoolId, order)).length === 0)
        throw new SverkaError(
          "input",
          "handed-none",
          "Отмечать нечего: раздачу уже отметили, или распечатки ещё не напечатаны. Обновите страницу.",
        );
      await seen.also("notices.handed", place.slice(1))(client);
    });
    return `${place}?done=notices-handed`;
  });

  doors.act("/notices/:batch/:class/print", workOfClass, async (seen) => {
    const batch = await known(seen);
    const { prints } = formOf(seen.request, printForm);
    const also = seen.also("notices.print", `notices/${batch.number}/${seen.part("class")}`);
    const before = async (client: Transaction) => {
      // A second press, or a second person: paper comes out once.
      if ((await countPrints(client, batch.id)) !== prints)
        throw new SverkaError(
          "input",
          "print-asked",
          "Эту партию уже отправили на принтер после того, как вы открыли страницу. Если нужно ещё раз, обновите её и нажмите снова.",
        );
      await also(client);
    };
    const part = { classExternalId: seen.part("class") };
    const files = await printAgain(await needs.verbs.batchPrint(), batch, part, before);
    if (files.length === 0) throw gone();
    return `/notices/${batch.number}/${seen.part("class")}?done=notices-printed`;
  });

  doors.file("GET", "/notices/:batch/:class.pdf", ofClass, async (seen) => {
    const batch = await known(seen);
    const [file] = await batchFiles(await needs.verbs.compose(), batch, { classExternalId: seen.part("class") });
    if (file === undefined) throw gone();
    await seen.note("notices.print", `notices/${batch.number}/${seen.part("class")}`);
    return { name: file.name, type: "application/pdf", bytes: await printFileBytes(store, file.id), inline: true };
  });

  doors.file(
    "GET",
    "/notices/preview/:pupil.pdf",
    { kind: "right", action: "notices.see", thing: "pupil" },
    async (seen) => {
      const bytes = await needs.verbs.preview(seen.part("pupil"));
      await seen.note("notices.see", `pupil/${seen.part("pupil")}`);
      return { name: `образец-${seen.part("pupil")}.pdf`, type: "application/pdf", bytes, inline: true };
    },
  );

  doors.act("/notices/compose", { kind: "right", action: "slips.clear" }, async (seen) => {
    // Many transactions come of it; who asked for them stands before the first.
    await seen.note("notices.compose", "");
    const printing = await needs.verbs.batchPrint();
    const { batches, sent } = await composeDue(await needs.verbs.compose(), printing, { anyHour: true });
    return `/notices?done=${batches.length + sent === 0 ? "notices-none" : "notices-composed"}`;
  });

  doors.act("/slips/enter", work, async (seen) => {
    const { code, file, page } = formOf(seen.request, slipForm, { code: "Введите код: 12 цифр под квадратом." });
    const classExternalId = await classOfSlip(store, schoolId, typedCode(code));
    if (classExternalId !== null && !seen.may("notices.work", { classExternalId }))
      throw new SverkaError(
        "input",
        "slip-foreign",
        "Это корешок другого класса: отдайте его классному руководителю или заместителю директора.",
      );
    const from = file === undefined || page === undefined || !seen.may("slips.clear") ? null : { fileId: file, page };
    const slip = await enterSlip({ store, clock: needs.clock }, schoolId, { text: code, from }, (client, { notice }) =>
      seen.also("slips.enter", notice === null ? "" : `notice/${notice.id}`)(client),
    );
    if (slip.kind !== "returned") throw new SverkaError("input", "slip-kind", slipSentence({ ...slip, place: null }));
    return from === null ? "/notices?done=slip-entered" : "/slips?done=slip-entered";
  });

  doors.page("/slips", { kind: "right", action: "slips.clear" }, async (seen) => {
    const { slips, files } = await toClearUp(store, schoolId);
    return {
      title: "Разобрать сканы",
      here: "/notices",
      body: html`<section><h1>Разобрать сканы</h1>${slips.length + files.length === 0 ? empty("Разбирать нечего: все корешки прочитаны.") : null}
<ul class="tasks">${slips.map(
        (
          slip,
        ) => html`<li><b>${slip.fileName}</b>, ${slipSentence(slip)}<div class="row"><form method="post" action="/slips/enter" class="row">${seen.form}<input type="hidden" name="file" value="${slip.fileId}"><input type="hidden" name="page" value="${slip.page}">${input("code", "Код под квадратом", { more: html` required maxlength="40" inputmode="numeric" autocomplete="off"` })}<button class="quiet">Принять</button></form>
<form method="post" action="/slips/clear">${seen.form}<input type="hidden" name="file" value="${slip.fileId}"><input type="hidden" name="page" value="${slip.page}"><button class="quiet">Здесь нет корешка</button></form></div></li>`,
      )}${files.map(({ id, name, refusal }) => html`<li class="bad"><b>${name}</b> не принят. ${refusal}<form method="post" action="/slips/clear">${seen.form}<input type="hidden" name="file" value="${id}"><button class="quiet">Понятно, убрать</button></form></li>`)}</ul><p><a href="/notices">К уведомлениям</a></p></section>`,
    };
  });

  doors.act("/slips/clear", { kind: "right", action: "slips.clear" }, async (seen) => {
    const { file, page } = formOf(seen.request, clearForm);
    const also = seen.also("slips.clear", `scan/${file}`);
    await clearUp({ store, clock: needs.clock }, schoolId, { fileId: file, page: page ?? null }, also);
    return "/slips?done=slip-cleared";
  });

  async function known(seen: Seen): Promise<BatchRecord> {
    const text = seen.part("batch");
    const batch = /^\d{1,9}$/.test(text) ? await batchByNumber(store, schoolId, Number(text)) : null;
    if (batch !== null) return batch;
    throw new SverkaError("input", "batch-unknown", "Партии с таким номером нет: вернитесь к списку.");
  }
}

const gone = () =>
  new SverkaError(
    "input",
    "batch-gone",
    "Напечатать снова нельзя: распечатки отозваны, сделаны прежней программой или уничтожены по сроку хранения.",
  );
