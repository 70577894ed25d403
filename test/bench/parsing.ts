import { parseLiterals } from "../../adapters/avers/literals.ts";
import { readRows, type Shape } from "../../adapters/avers/rows.ts";
import { WireDate } from "../../adapters/avers/tokens.ts";
import { entriesOf } from "../../adapters/avers/wire/entries.ts";
import { finals } from "../../adapters/avers/wire/finals.ts";
import { lessons } from "../../adapters/avers/wire/lessons.ts";
import { messages } from "../../adapters/avers/wire/messages.ts";
import { makeAccounts } from "../emulator/accounts.ts";
import { generateSchool } from "../emulator/index.ts";
import { ACTIONS } from "../emulator/wire/actions.ts";
import { createView } from "../emulator/wire/view.ts";
import { inTurns, timed } from "./in-turns.ts";
import { type BenchRow, millis } from "./row.ts";

const SHAPES: readonly Shape<unknown>[] = [lessons, entriesOf("4.1"), finals, messages];

/**
 * One year of answers – each class's first three pupils with all their pages – read into checked rows, against `JSON.parse` of the same
 * data as JSON, which checks nothing. In one process, by turns, medians.
 */
export async function run(): Promise<BenchRow[]> {
  const answers = yearOfAnswers();
  const json = answers.map(({ body }) =>
    JSON.stringify(parseLiterals(body).value, (_, value) => (value instanceof WireDate ? value.day : value)),
  );
  const megabytes = answers.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / 1e6;
  const note = (code: string) => {
    throw new Error(`the answers are not clean: ${code}`);
  };
  const readAll = () => answers.reduce((rows, { body, shape }) => rows + readRows(body, shape, note).rows.length, 0);
  const times = await inTurns(15, {
    checked: () => timed(readAll),
    json: () => timed(() => json.forEach((text) => void JSON.parse(text))),
    literals: () => timed(() => answers.forEach(({ body }) => void parseLiterals(body))),
  });
  const row = (what: string, ms: number): BenchRow => ({
    what,
    ours: millis(ms),
    rival: `JSON.parse ${millis(times.json)}`,
    reached: times.json / ms,
    unit: "",
    target: { atLeast: 0.1 },
  });
  return [
    row(`reading ${megabytes.toFixed(1)} MB of answers into ${readAll()} checked rows`, times.checked),
    row("of that, the language alone", times.literals),
  ];
}

function yearOfAnswers(): { readonly shape: Shape<unknown>; readonly body: string }[] {
  const school = generateSchool({ seed: 1 });
  const view = createView(school);
  const { viewer } = makeAccounts(school, "4.1").administrator;
  const at = Date.parse("2027-05-31T20:00:00+03:00");
  return school.classes.flatMap((klass) =>
    klass.pupilIds.slice(0, 3).flatMap((student) =>
      SHAPES.flatMap((shape) => {
        const params = { cls: klass.id, student };
        const body = ACTIONS[shape.action]?.answer({ view, version: "4.1", at, viewer, params, ids: [] }) ?? "[]";
        return body === "[]" ? [] : [{ shape, body }];
      }),
    ),
  );
}
