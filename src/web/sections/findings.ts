import { inPercent } from "../../domain/control/figures.ts";
import type { Gap, Severity, TallyCounts } from "../../domain/finding.ts";
import { compareClasses } from "../../domain/notice/class-order.ts";
import { plural } from "../../domain/notice/words.ts";
import { RULES, ruleOf, SCHOOL_RULES } from "../../domain/rules/catalogue.ts";
import { evidenceIn, sumTallies } from "../../domain/tallies.ts";
import type { PersonCounts } from "../../store/findings.ts";
import type { Overview, RuleTally } from "../../store/overview.ts";
import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { count, figure, table, when } from "./format.ts";
import { addressWith } from "./list.ts";

/** Which cases the list of findings shows behind a number of open or late ones; what is unproved counts for nothing. */
export const openOf = (severity: Severity) => ({ severity, verdict: "proved" });
const LATE = { severity: "violation", verdict: "late", status: "counted" };

/** Open findings and the evidence behind them, by rule, by class and by person. */
export function findingsSection(
  view: Pick<OverviewView, "overview" | "now" | "zone">,
  people: readonly PersonCounts[],
): Html {
  const { check, findings } = view.overview;
  if (check === null) {
    return html`<section><h2>Замечания</h2><p>Правила ещё не проверялись: это произойдёт сразу после первого прохода.</p></section>`;
  }
  const all = sumTallies(check.tallies);
  const open = numberOf(findings, "violation", "open");
  const warnings = numberOf(findings, "warning", "open");
  return html`<section><h2>Замечания <small>проверены ${when(check.asOf, view)}, порядок ${check.policy}</small></h2>
<dl class="figures">${figure(`${plural(open, "открытое нарушение", "открытых нарушения", "открытых нарушений")}`, cases(open, openOf("violation")), open > 0 ? "bad" : "good")}
${figure("внесено позже срока", cases(numberOf(findings, "violation", "late"), LATE))}${figure(plural(warnings, "предупреждение", "предупреждения", "предупреждений"), cases(warnings, openOf("warning")))}${figure("сроков доказано", share(all))}</dl>
${byRule(check.tallies, findings)}
<p class="note">«Доказано» – доля сроков, о которых проходы говорят наверняка. «Не доказано» никому не засчитывается: запись появилась между проходами вокруг срока.${all.unlooked === 0 ? "" : ` Ещё записей, которые стояли в журнале уже при первом проходе: ${count(all.unlooked)}; вовремя они внесены или нет, узнать нельзя, и в долю они не входят.`}</p>
${byClass(findings)}${byPerson(people)}${gapsOf(check.gaps)}</section>`;
}

function byRule(tallies: readonly RuleTally[], findings: Overview["findings"]): Html {
  const [talliesOf, findingsOf] = [Map.groupBy(tallies, (one) => one.rule), Map.groupBy(findings, (one) => one.rule)];
  const rows = [...RULES, ...SCHOOL_RULES].map(({ id: rule, words }) => {
    const sum = sumTallies(talliesOf.get(rule) ?? []);
    const own = findingsOf.get(rule) ?? [];
    const open = (severity: Severity) => cases(numberOf(own, severity, "open"), { ...openOf(severity), rule });
    const isBad = numberOf(own, "violation", "open") > 0;
    return {
      head: words.name,
      cells: [
        { value: open("violation"), mood: isBad ? ("bad" as const) : ("good" as const) },
        { value: cases(numberOf(own, "violation", "late"), { ...LATE, rule }) },
        { value: count(evidenceIn(sum).undecided) },
        { value: count(sum.inTime) },
        { value: share(sum) },
        { value: open("warning") },
        { value: open("hint") },
      ],
    };
  });
  const columns = [
    "Правило",
    "Открыто",
    "Позже срока",
    "Не доказано",
    "Вовремя",
    "Доказано",
    "Предупреждений",
    "Подсказок",
  ];
  return table(
    columns.map((name) => ({ name })),
    rows,
  );
}

function byClass(findings: Overview["findings"]): Html {
  const violations = findings.filter(({ severity, open }) => severity === "violation" && open > 0);
  if (violations.length === 0) return html`<p class="good">Открытых нарушений нет.</p>`;
  // What is about the whole school belongs to no class by which the list could be narrowed.
  const classes = [...Map.groupBy(violations, ({ classExternalId }) => classExternalId)]
    .map(([id, of]) => ({ id, name: of[0]?.className ?? id, open: numberOf(of, "violation", "open") }))
    .toSorted((one, other) => other.open - one.open || compareClasses(one.name, other.name));
  return chips(
    "Открытые по классам",
    classes.map(({ id, name, open }) => ({
      name,
      number: id === "" ? count(open) : cases(open, { ...openOf("violation"), class: id }),
    })),
  );
}

function byPerson(people: readonly PersonCounts[]): Html | null {
  const answering = people.filter(({ open }) => open > 0);
  if (answering.length === 0) return null;
  return chips(
    "Открытые по учителям",
    answering.map(({ name, open }) => ({ name, number: cases(open, { ...openOf("violation"), person: name }) })),
  );
}

const chips = (title: string, of: readonly { readonly name: string; readonly number: Html | string }[]): Html =>
  html`<p class="chips">${title}: ${of.map(({ name, number }) => html`<span>${name} <b>${number}</b></span> `)}</p>`;

/** A number leads to its cases. */
export const cases = (n: number, query: Readonly<Record<string, string>>): Html | string =>
  n === 0 ? count(n) : html`<a class="case" href="${addressWith("/findings", query)}">${count(n)}</a>`;

/** Who answers for what is open, the most first. */
export function peopleSection(people: readonly PersonCounts[], most: number): Html | null {
  const shown = people.filter(({ open, late }) => open + late > 0).slice(0, most);
  if (shown.length === 0) return null;
  return html`<section><h2>По учителям</h2>${table(
    ["Учитель", "Открыто", "Позже срока"].map((name) => ({ name })),
    shown.map(({ name, open, late }) => ({
      head: name,
      cells: [
        {
          value: cases(open, { ...openOf("violation"), person: name }),
          mood: open > 0 ? ("bad" as const) : ("good" as const),
        },
        { value: cases(late, { ...LATE, person: name }) },
      ],
    })),
  )}</section>`;
}

/** What was not judged and what the school has to tell for it, each sentence once. */
function gapsOf(gaps: readonly Gap[]): Html | null {
  if (gaps.length === 0) return null;
  const items = [...Map.groupBy(gaps, ({ rule, sentence }) => JSON.stringify([rule, sentence])).values()].map(
    (same) => {
      const [gap] = same;
      if (gap === undefined) return null;
      const times = same.length > 1 ? html` <small>(классов: ${same.length})</small>` : null;
      return html`<li><b>${ruleOf(gap.rule).words.name}</b>: ${gap.sentence}${times}</li>`;
    },
  );
  return html`<details><summary>Нет данных: ${count(items.length)}</summary><ul>${items}</ul></details>`;
}

const numberOf = (rows: Overview["findings"], severity: Severity, which: "open" | "late"): number =>
  rows.reduce((sum, row) => sum + (row.severity === severity ? row[which] : 0), 0);

function share(sum: Readonly<TallyCounts>): string {
  const { decided, undecided } = evidenceIn(sum);
  return inPercent(decided, decided + undecided) ?? "–";
}
