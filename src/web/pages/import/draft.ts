import { z } from "zod";
import { SverkaError } from "../../../domain/error.ts";
import type { RowNote } from "../../../domain/import/read-list.ts";
import { plural } from "../../../domain/notice/words.ts";
import { confirmDraft, seeDraft } from "../../../import/drafts.ts";
import { type ImportResult, sealOf } from "../../../import/import-list.ts";
import type { Transaction } from "../../../store/transaction.ts";
import type { Door } from "../../doors/door.ts";
import { formOf } from "../../doors/form.ts";
import type { Doors, Seen } from "../../doors/pages.ts";
import { type Html, html } from "../../html.ts";
import { count } from "../../sections/format.ts";
import { empty, howMany } from "../../sections/list.ts";
import { draftNeeds } from "./needs.ts";

const SHOWN = 300;
const OPEN = 20;
const work: Door = { kind: "right", action: "import.work" };
const seal = () => z.string().regex(/^[0-9a-f]{64}$/);
const confirmation = z.object({ digest: seal(), seal: seal() });

/** What a kept file would change, and the decision. */
export function addImportDraft(doors: Doors): void {
  const { needs } = doors;

  doors.page("/import/draft", work, async (seen) => {
    const kept = await seeDraft(await draftNeeds(needs, seen));
    return {
      title: "Что изменится",
      here: "/import",
      body:
        kept === null
          ? html`<section><h1>Что изменится</h1>${empty("Файла нет: его уже загрузили, убрали, или прошёл час. Выберите его заново.")}<p><a href="/import">К вводу списков</a></p></section>`
          : contents(kept.preview, kept.draft.digest, seen),
    };
  });

  doors.act("/import/confirm", work, async (seen) => {
    const seenThen = formOf(seen.request, confirmation);
    const drafts = await draftNeeds(needs, seen);
    const importing = {
      ...drafts.importing,
      also: (client: Transaction, { kind, fileName: file, ...of }: ImportResult) => {
        const [added, changed, removed] = [of.added.length, of.changed.length, of.removed.length];
        const details = { file, digest: seenThen.digest, added, changed, removed };
        return seen.also("import.write", `import/${kind}`, details)(client);
      },
    };
    const result = await confirmDraft({ ...drafts, importing }, seenThen);
    if (result?.written) return "/import?done=imported";
    throw new SverkaError(
      "input",
      "import-draft",
      "Этот файл уже загружен, убран или заменён другим, и ничего не записано. Откройте «Ввоз» заново.",
    );
  });
}

function contents(preview: ImportResult, digest: string, seen: Seen): Html {
  const { added, changed, removed, same, refused, leftOut, notes, unusedColumns, header, sheet } = preview;
  const changes = added.length + changed.length + removed.length;
  const reason = ({ row, reason: why }: RowNote) => html`строка ${count(row)}: ${why}`;
  return html`<section class="hero ${refused.length > 0 ? "failed" : "running"}"><h1>${verdict(preview, changes)}</h1>
<p class="lead">${preview.title}: <span class="place">«${preview.fileName}»</span>${sheet === null ? null : html`, лист «${sheet}»`}, заголовок – строка ${count(header)}.</p>
<p>Речь о: ${preview.covers}; остальное останется как есть.${unusedColumns.length === 0 ? null : html` Столбцы, которые не читаются: ${unusedColumns.join(", ")}.`}</p>
<dl class="figures">${figures([
    ["Добавится", added.length],
    ["Изменится", changed.length],
    ["Уберётся", removed.length],
    ["Без изменений", same],
    ["В стороне", leftOut.length],
    ["Не понято", refused.length],
  ])}</dl>
<div class="row">${
    refused.length > 0 || changes === 0
      ? null
      : html`<form method="post" action="/import/confirm">${seen.form}<input type="hidden" name="digest" value="${digest}"><input type="hidden" name="seal" value="${sealOf(preview)}"><button>Загрузить</button></form>`
  }<form method="post" action="/import/cancel">${seen.form}<button class="quiet">Убрать файл</button></form></div></section>
${block("Не понято", refused, reason, "bad")}
${refused.length > 0 ? null : html`${block("Добавится", added, ({ row, text }) => html`строка ${count(row)}: ${text}`)}${block("Изменится", changed, ({ row, text, before }) => html`строка ${count(row)}: ${text} <small>было: ${before}</small>`)}${block("Уберётся", removed, ({ text }) => html`${text}`, "bad")}`}
${block("Останется в стороне", leftOut, reason)}${block("Принимается с замечанием", notes, reason, "doubtful")}`;
}

function verdict({ refused }: ImportResult, changes: number): string {
  if (refused.length > 0)
    return `Файл не принят: ${plural(refused.length, "не понята", "не поняты", "не понято")} ${howMany(refused.length, "строка", "строки", "строк")}`;
  return changes === 0
    ? "Список уже такой: загружать нечего"
    : `${plural(changes, "Изменится", "Изменятся", "Изменится")} ${howMany(changes, "запись", "записи", "записей")}`;
}

const figures = (of: readonly (readonly [string, number])[]): Html[] =>
  of.map(
    ([name, n]) =>
      html`<div class="${name === "Не понято" && n > 0 ? "bad" : "plain"}"><dt>${name}</dt><dd>${count(n)}</dd></div>`,
  );

function block<Item>(title: string, items: readonly Item[], say: (item: Item) => Html, mood = "plain"): Html | null {
  if (items.length === 0) return null;
  const rest = items.length - SHOWN;
  return html`<section><details${items.length <= OPEN || mood === "bad" ? html` open` : null}><summary><b class="${mood}">${title}</b> <small>${count(items.length)}</small></summary><ul class="lines">${items.slice(0, SHOWN).map((item) => html`<li>${say(item)}</li>`)}</ul>${rest > 0 ? html`<p class="note">… и ещё ${count(rest)}.</p>` : null}</details></section>`;
}
