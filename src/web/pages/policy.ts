import { z } from "zod";
import { policyFacts } from "../../domain/policy-words.ts";
import { ruleOf } from "../../domain/rules/catalogue.ts";
import { acceptedPolicy } from "../../store/accepted-policy.ts";
import { formOf, line } from "../doors/form.ts";
import type { Doors } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { count, when } from "../sections/format.ts";

const accepted = z.object({ version: line(200) });

/** Правила: the school's reading of the order in words; a change shows what it does to the past before the director accepts it. */
export function addPolicy(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId } = needs;

  doors.page("/policy", { kind: "right", action: "policy.see" }, async (seen) => {
    const { ruling, file, pending } = await needs.verbs.policy();
    const known = await acceptedPolicy(store, schoolId);
    const before = new Map(policyFacts(ruling).map(({ name, value }) => [name, value]));
    const changed = policyFacts(file).filter(({ name, value }) => before.get(name) !== value);
    return {
      title: "Правила",
      here: "/policy",
      body: html`<section><h1>Правила <small>порядок ${ruling.version}</small></h1><p class="when">${known === null ? "Ещё не действует: начнёт с первого прохода." : `Действует с ${when(known.acceptedAt, seen)}, ${known.author === "sverka" ? "с первого прохода программы" : `принял(а) ${known.author}`}.`}</p>
<table class="cards"><thead><tr><th scope="col" class="words">Что</th><th scope="col" class="words">Значение</th><th scope="col" class="words">Пункт</th></tr></thead><tbody>${policyFacts(
        ruling,
      ).map(
        ({ name, value, clause }) =>
          html`<tr><th scope="row">${name}</th><td class="words" data-label="Значение"><span>${value}</span></td><td class="words" data-label="Пункт"><span>${clause}</span></td></tr>`,
      )}</tbody></table><p class="note">Числа меняет ответственный за работу в файле config/policy/order-204.yaml; действовать они начинают, когда их примет директор.</p></section>
${pending ? await pendingSection() : null}`,
    };

    async function pendingSection(): Promise<Html> {
      const { appeared, disappeared, changed: other, lines } = await needs.verbs.policyDifference();
      return html`<section class="hero trouble"><h2>Ждёт решения директора: порядок ${file.version}</h2>
${changed.length === 0 ? null : html`<ul>${changed.map(({ name, value }) => html`<li>${name}: ${before.get(name) ?? "–"} → <b>${value}</b></li>`)}</ul>`}
<p>Прошлое по нему: появится ${count(appeared.length)}, исчезнет ${count(disappeared.length)}, изменит вывод ${count(other.length)}.</p>
${lines.length === 0 ? html`<p>Ни у кого ничего засчитанного не прибавится и не убавится.</p>` : html`<details><summary>Кого это коснётся: ${count(lines.length)}</summary><ul>${lines.map((one) => html`<li>${one.accountable || "учитель не назван"}, ${ruleOf(one.rule).words.name}: засчитается ещё ${one.appeared}, снимется ${one.disappeared}</li>`)}</ul></details>`}
${seen.may("policy.accept") ? html`<form method="post" action="/policy/accept">${seen.form}<input type="hidden" name="version" value="${file.version}"><button>Принять порядок ${file.version}</button></form>` : html`<p class="note">Принимает директор.</p>`}</section>`;
    }
  });

  doors.act("/policy/accept", { kind: "right", action: "policy.accept" }, async (seen) => {
    const { version } = formOf(seen.request, accepted);
    const also = seen.also("policy.accept", `policy/${version}`);
    await needs.verbs.acceptPolicy(seen.visitor.account.name, version, also);
    return "/policy?done=policy-accepted";
  });
}
