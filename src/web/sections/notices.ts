import { shortDay } from "../../domain/notice/words.ts";
import { type BatchStates, KIND_NAMES, openStep } from "../../domain/notice-cycle/states.ts";
import { type Html, html } from "../html.ts";
import type { OverviewView } from "../overview-view.ts";
import { count, table } from "./format.ts";

const COLUMNS = [
  ["Распечаток", "notices"],
  ["Напечатано", "printed"],
  ["Роздано", "handed"],
  ["Вернулось", "returned"],
] as const;

/** How far the last notices of families on paper have come; nothing while there are none. */
export function noticesSection({ overview: { batches } }: Pick<OverviewView, "overview">): Html | null {
  if (batches.length === 0) return null;
  return html`<section><h2>Распечатки семьям</h2>${table(
    [{ name: "Партия" }, { name: "Что осталось", words: true }, ...COLUMNS.map(([name]) => ({ name }))],
    batches.map((batch) => {
      const whole = wholeOf(batch);
      return {
        head: `№ ${batch.number}, ${KIND_NAMES[batch.kind]}, за ${shortDay(batch.from)}–${shortDay(batch.to)}`,
        cells: [{ value: openStep(whole) }, ...COLUMNS.map(([, key]) => ({ value: count(whole[key]) }))],
      };
    }),
  )}<p><a href="/notices">По классам и по ученикам</a></p></section>`;
}

function wholeOf({ classes }: BatchStates) {
  const sum = (key: "notices" | "printed" | "handed" | "returned" | "missing") =>
    classes.reduce((total, one) => total + one[key], 0);
  return {
    notices: sum("notices"),
    printed: sum("printed"),
    handed: sum("handed"),
    returned: sum("returned"),
    missing: sum("missing"),
  };
}
