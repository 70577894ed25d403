import type { Doors } from "../doors/pages.ts";
import { html } from "../html.ts";

/** Сегодня: what this very person has to do, in order of urgency; nothing about others. */
export function addToday(doors: Doors): void {
  doors.page("/", { kind: "right", action: "own.see" }, async ({ visitor }) => ({
    title: "Сегодня",
    here: "/",
    body: html`<section class="hero running"><h1>Здравствуйте, ${visitor.account.name}</h1></section>`,
  }));
}
