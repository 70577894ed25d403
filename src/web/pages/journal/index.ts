import { within } from "../../../domain/access/may.ts";
import { compareClasses } from "../../../domain/notice/class-order.ts";
import { journalPages, type ListedJournalPage } from "../../../store/journal-pages.ts";
import { pageAddress } from "../../doors/page-key.ts";
import type { Doors } from "../../doors/pages.ts";
import { type Html, html } from "../../html.ts";
import { addressWith, empty, howMany } from "../../sections/list.ts";
import { addJournalCell } from "./cell.ts";
import { askedOf } from "./moment.ts";
import { addJournalPage } from "./page.ts";

/** Журнал: the pages that somebody may see, and each as of any moment. */
export function addJournal(doors: Doors): void {
  const { store, schoolId } = doors.needs;

  doors.page("/journal", { kind: "right", action: "journal.see" }, async (seen) => {
    const reach = seen.reach("journal.see");
    const pages = (await journalPages(store, schoolId)).filter((page) => within(reach, page));
    const { text } = askedOf(seen);
    const classes = [...Map.groupBy(pages, ({ className }) => className)].toSorted(([one], [other]) =>
      compareClasses(one, other),
    );
    return {
      title: "Журнал",
      here: "/journal",
      body: html`<section><h1>Журнал <small>${howMany(pages.length, "страница", "страницы", "страниц")}</small></h1>
<p class="lead">Выберите страницу. На ней можно вернуться к любому моменту и увидеть, когда запись появилась, менялась или исчезла.</p>
${
  pages.length === 0
    ? empty(
        reach.all
          ? "Страниц ещё нет: они появятся после первого прохода по журналу."
          : "За вами в журнале нет ни класса, ни предметных страниц. Если это не так, скажите ответственному за работу в системе: возможно, ваше имя записано там иначе.",
      )
    : classes.map(([name, of]) => classBlock(name, of, { open: classes.length <= 3, text }))
}</section>`,
    };
  });

  addJournalPage(doors);
  addJournalCell(doors);
}

function classBlock(
  name: string,
  pages: readonly ListedJournalPage[],
  { open, text }: { open: boolean; text: string | undefined },
): Html {
  const byName = new Intl.Collator("ru").compare;
  const sorted = pages.toSorted((a, b) => byName(a.subject, b.subject) || byName(a.group, b.group));
  return html`<details class="class"${open ? html` open` : null}><summary>${name} <small>${howMany(pages.length, "страница", "страницы", "страниц")}</small></summary><ul class="tiles">${sorted.map(
    (page) =>
      html`<li><a href="${addressWith(pageAddress(page), { at: text })}">${page.subject}${page.group === "" ? null : html`, ${page.group}`}</a>${page.holders.length === 0 ? null : html`<br><small>${page.holders.join(", ")}</small>`}</li>`,
  )}</ul></details>`;
}
