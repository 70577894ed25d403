import { z } from "zod";
import { SverkaError } from "../../domain/error.ts";
import { loadOverview } from "../../store/overview.ts";
import { formOf } from "../doors/form.ts";
import type { Doors } from "../doors/pages.ts";
import { html } from "../html.ts";
import { input } from "../sections/list.ts";
import { outboxSection } from "../sections/outbox.ts";
import { viewOf } from "./view.ts";

const letter = z.object({ to: z.email().max(200) });
const MOODS = {
  good: ["good", "в порядке"],
  note: ["doubtful", "можно работать"],
  bad: ["bad", "надо исправить"],
} as const;

/** Здоровье and Настройки: every part looked at now, versions, and a test letter. */
export function addHealth(doors: Doors): void {
  const { needs } = doors;

  doors.page("/health", { kind: "right", action: "health.see" }, async (seen) => {
    const { look } = seen.request.query as { look?: unknown };
    const lines = look === "1" && seen.may("settings.test") ? await needs.verbs.health() : null;
    return {
      title: "Здоровье",
      here: "/health",
      body: html`<section><h1>Здоровье программы</h1>
<dl class="facts"><div><dt>Программа</dt><dd>${needs.version}</dd></div><div><dt>Node</dt><dd>${process.version}</dd></div><div><dt>Работает</dt><dd>${Math.floor(process.uptime() / 3600)} ч ${Math.floor((process.uptime() / 60) % 60)} мин</dd></div><div><dt>Память</dt><dd>${Math.round(process.memoryUsage.rss() / 1024 / 1024)} МБ</dd></div></dl>
${
  lines === null
    ? !seen.may("settings.test")
      ? null
      : html`<form method="get" action="/health"><input type="hidden" name="look" value="1"><button>Проверить всё сейчас</button></form><p class="note">Проверка входит в журнал, спрашивает почтовый сервер, принтер и очередь, смотрит место на диске: до полуминуты.</p>`
    : html`<ul class="tasks">${lines.map(({ what, state, sentence }) => html`<li class="${MOODS[state][0]}"><b>${what}</b> – <span class="${MOODS[state][0]}">${MOODS[state][1]}</span><br>${sentence}</li>`)}</ul>`
}</section>`,
    };
  });

  doors.page("/settings", { kind: "right", action: "settings.see" }, async (seen) => {
    const view = viewOf(needs, await loadOverview(needs.store, needs.schoolId), seen);
    const { site, access } = needs;
    return {
      title: "Настройки",
      here: "/settings",
      body: html`<h1 class="title">Настройки</h1><section><h2>Страница</h2><dl class="facts"><div><dt>Адрес</dt><dd>${site.address ?? "только этот компьютер (127.0.0.1)"}</dd></div>
<div><dt>Шифрование</dt><dd>${site.tls !== null ? "свой сертификат" : site.proxies.length > 0 ? `прокси ${site.proxies.join(", ")}` : "не нужно: страница видна только с этого компьютера"}</dd></div>
<div><dt>Вход заново</dt><dd>через ${access.limits.idleMs / 60_000} мин без действий, в любом случае через ${access.limits.absoluteMs / 3_600_000} ч</dd></div></dl>
<p class="note">Настройки – в файлах папки config (school.yaml и соседние) и в переменных окружения; всё подписано. После правки перезапустите службу.</p></section>
${outboxSection(view)}
${seen.may("settings.test") ? html`<section class="narrow"><h2>Проверить почту</h2><form method="post" action="/settings/letter" class="stack">${seen.form}${input("to", "Куда отправить пробное письмо", { type: "email", value: seen.visitor.account.mail ?? "", more: html` required` })}<button>Отправить</button></form></section>` : null}`,
    };
  });

  doors.act("/settings/letter", { kind: "right", action: "settings.test" }, async (seen) => {
    const { to } = formOf(seen.request, letter, { to: "Адрес почты записан не так." });
    if (needs.simulation && !to.endsWith(".example"))
      throw new SverkaError("input", "test-letter", "Учебная школа пишет только на адреса вида имя@school.example.");
    await needs.verbs.testLetter(to, seen.also("settings.test", ""));
    return "/settings?done=mail-sent";
  });
}
