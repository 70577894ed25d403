import { z } from "zod";
import { LIST_KINDS } from "../../../domain/import/kinds/index.ts";
import { IMPORT_KINDS } from "../../../domain/import/settings.ts";
import { dropOwnDraft, keptDraft, uploadDraft } from "../../../import/drafts.ts";
import { undoImport } from "../../../import/undo-import.ts";
import { type ListedImport, listImports } from "../../../store/imports.ts";
import type { Door } from "../../doors/door.ts";
import { formOf, line, number } from "../../doors/form.ts";
import type { Doors, Seen } from "../../doors/pages.ts";
import { uploaded } from "../../doors/upload.ts";
import { type Html, html } from "../../html.ts";
import { count, when } from "../../sections/format.ts";
import { empty, input } from "../../sections/list.ts";
import { addImportDraft } from "./draft.ts";
import { draftNeeds } from "./needs.ts";

const SHOWN = 30;
const work: Door = { kind: "right", action: "import.work" };
const upload = z.object({
  kind: z.enum(IMPORT_KINDS),
  file: uploaded(),
  sheet: line(100).optional(),
  class: line(100).optional(),
  subject: line(100).optional(),
  group: line(100).optional(),
  whole: z.literal("yes").optional(),
});
const undoing = z.object({ kind: z.enum(IMPORT_KINDS), import: number() });
const HINTS = {
  kind: "Выберите, какой это список.",
  file: "Выберите файл XLSX или CSV: он не выбран или пуст.",
  sheet: "Название листа – не длиннее 100 знаков.",
};

/** Ввоз: the school's own lists from files, each looked at before it is taken, and the way back. */
export function addImport(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId } = needs;

  doors.page("/import", work, async (seen) => {
    const waiting = await keptDraft(await draftNeeds(needs, seen));
    const imports = await listImports(store, schoolId, SHOWN);
    return {
      title: "Ввоз",
      here: "/import",
      body: html`${
        waiting === null
          ? null
          : html`<section class="hero trouble"><h2>Файл ждёт решения</h2><p>«${waiting.fileName}», ${LIST_KINDS[waiting.kind].title}, положен ${when(waiting.madeAt, { ...seen, now: needs.access.clock.now() })}. Через час он исчезнет сам.</p><p class="row"><a class="button" href="/import/draft">Посмотреть, что изменится</a></p></section>`
      }
<section class="narrow"><h1>Ввоз списков</h1><p class="lead">Сначала вы увидите, что изменится. Файл принимается целиком или не принимается совсем.</p>${uploadForm(seen)}</section>
<section><h2>Загрузки</h2>${imports.length === 0 ? empty("Списков ещё не загружали.") : history(imports, seen)}</section>
<section><h2>Какие столбцы нужны</h2><p class="note">Названия столбцов ищутся в первых строках листа; другие названия и сокращения предметов задаются в config/import.yaml.</p>${IMPORT_KINDS.map(
        (kind) =>
          html`<details><summary>${capital(LIST_KINDS[kind].title)}</summary><ul>${columnLines(kind)}</ul></details>`,
      )}</section>`,
    };
  });

  doors.act("/import", work, async (seen) => {
    const { kind, file, sheet, whole, ...columns } = formOf(seen.request, upload, HINTS);
    const given = Object.fromEntries(
      (["class", "subject", "group"] as const).flatMap((name) => (columns[name] ? [[name, columns[name]]] : [])),
    );
    await uploadDraft(await draftNeeds(needs, seen), {
      kind,
      ...file,
      sheet: sheet || null,
      whole: whole === "yes",
      given,
    });
    return "/import/draft";
  });

  doors.act("/import/cancel", work, async (seen) => {
    await dropOwnDraft(await draftNeeds(needs, seen));
    return "/import?done=import-cancelled";
  });

  doors.act("/import/undo", work, async (seen) => {
    const { kind, import: only } = formOf(seen.request, undoing);
    const { clock } = await needs.verbs.importing();
    await undoImport({ store, clock }, schoolId, kind, {
      only,
      also: (client, { id, fileName }) => seen.also("import.undo", `import/${id}`, { kind, file: fileName })(client),
    });
    return "/import?done=import-undone";
  });

  addImportDraft(doors);
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function uploadForm({ form }: Seen): Html {
  return html`<form method="post" action="/import" enctype="multipart/form-data" class="stack">${form}
<label>Какой это список <select name="kind" required><option value="">выберите</option>${IMPORT_KINDS.map((kind) => html`<option value="${kind}">${LIST_KINDS[kind].title}</option>`)}</select></label>
<label>Файл XLSX или CSV, до 20 МБ <input name="file" type="file" required accept=".xlsx,.csv,.txt,.tsv"></label>
<details><summary>Если в файле чего-то нет</summary><div class="stack">${input("sheet", "Название листа (пусто – первый)")}${input("class", "Класс всех строк")}${input("subject", "Предмет всех строк")}${input("group", "Группа всех строк")}
<fieldset><legend>О чём молчит файл</legend><label><input type="checkbox" name="whole" value="yes"> убрать из списка и то, о чём файл не говорит</label></fieldset></div></details>
<button>Посмотреть, что изменится</button></form>`;
}

const columnLines = (kind: (typeof IMPORT_KINDS)[number]): Html[] =>
  Object.values(LIST_KINDS[kind].columns).map(
    ({ title, required }) => html`<li>${title}${required ? html` <b>обязательно</b>` : null}</li>`,
  );

function history(imports: readonly ListedImport[], seen: Seen): Html {
  const cell = (label: string, value: Html | string, mood = "") =>
    html`<td class="words ${mood}" data-label="${label}"><span>${value}</span></td>`;
  const number = (label: string, n: number) => html`<td data-label="${label}"><span>${count(n)}</span></td>`;
  return html`<table class="cards one-a-line"><thead><tr><th scope="col">Список</th><th scope="col" class="words">Файл</th><th scope="col" class="words">Когда</th><th scope="col">Добавлено</th><th scope="col">Изменено</th><th scope="col">Убрано</th><th scope="col" class="words">Состояние</th></tr></thead><tbody>${imports.map(
    ({ id, kind, fileName, at, added, changed, removed, undoneAt, last }) =>
      html`<tr><th scope="row">${LIST_KINDS[kind].title}</th>${cell("Файл", html`<span class="place">${fileName}</span>`)}${cell("Когда", when(at, seen))}${number("Добавлено", added)}${number("Изменено", changed)}${number("Убрано", removed)}${
        undoneAt !== null
          ? cell("Состояние", `отменена ${when(undoneAt, seen)}`)
          : last
            ? html`<td class="words" data-label="Состояние"><form method="post" action="/import/undo">${seen.form}<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="import" value="${id}"><button class="quiet">Отменить<span class="hidden">: ${LIST_KINDS[kind].title}</span></button></form></td>`
            : cell("Состояние", "действует", "good")
      }</tr>`,
  )}</tbody></table>`;
}
