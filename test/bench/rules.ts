import type { ClassSnapshot } from "../../src/domain/facts.ts";
import type { RuleId } from "../../src/domain/finding.ts";
import { createMapping, defaultMapping } from "../../src/domain/mapping.ts";
import { RULES } from "../../src/domain/rules/catalogue.ts";
import { prepareClass } from "../../src/domain/rules/class-case.ts";
import { checkClass } from "../../src/domain/rules/index.ts";
import type { CheckInput, Count } from "../../src/domain/rules/rule.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { observedClasses } from "../domain/rules/observed.ts";
import { generateSchool } from "../emulator/index.ts";
import { inTurns, timed } from "./in-turns.ts";
import { type BenchRow, millis } from "./row.ts";
import { createRulesEngine, engineFacts } from "./rules-engine.ts";

const { policy, calendar, school } = defaultSettings;
const mapping = createMapping(defaultMapping);
const SCHOOLS = 10;
const FIRST: ReadonlySet<RuleId> = new Set([
  "lesson-same-day",
  "absence-same-day",
  "mark-oral",
  "mark-written",
  "mark-written-missing",
  "no-marks-grade-one",
]);

/** The rules of a class over a generated year against json-rules-engine on `mark-written` alone with the same facts, and over ten such schools. */
export async function run(): Promise<BenchRow[]> {
  const passes = yearOfPasses();
  const inputOf = (snapshot: ClassSnapshot): CheckInput => {
    return { snapshot, policy, calendar, mapping, asOf: passes.at(-1) ?? 0 };
  };
  const classes = observedClasses(generateSchool({ seed: 1 }), () => passes);
  const inputs = classes.map(inputOf);
  const entries = classes.reduce((sum, one) => sum + one.entries.length, 0);
  const lessons = classes.reduce((sum, one) => sum + one.lessons.length, 0);
  const facts = inputs.flatMap(engineFacts);
  const runEngine = createRulesEngine(policy);
  const [theirs, found] = [await runEngine(facts), lateWritten(inputs)];
  if (theirs !== found) throw new Error(`the rival found ${theirs} late marks, the rules ${found}`);

  // Classes come one at a time as objects of their own, as the store hands them out; making them is not counted.
  const overSchools = async (count: number) => {
    let ms = 0;
    for (let copy = 0; copy < count; copy++)
      for (const snapshot of classes) {
        const input = inputOf(structuredClone(snapshot));
        ms += await timed(() => checkClass(input));
      }
    return ms / count;
  };
  const times = await inTurns(5, {
    first: () => timed(() => inputs.forEach(checkFirst)),
    all: () => timed(() => inputs.forEach(checkClass)),
    engine: () => timed(() => runEngine(facts)),
  });
  const schools = await inTurns(3, { one: () => overSchools(1), ten: () => overSchools(SCHOOLS) });
  return [
    {
      what: `the six rules over a year: ${lessons} lessons, ${entries} entries`,
      ours: millis(times.first),
      rival: `json-rules-engine, mark-written alone ${millis(times.engine)}`,
      reached: times.engine / times.first,
      unit: "×",
      target: { atLeast: 20 },
    },
    {
      what: `all ${RULES.length} rules of a class over that year`,
      ours: millis(times.all),
      rival: `the first six ${millis(times.first)}`,
      reached: times.all / times.first,
      unit: "",
      target: { atMost: 3 },
    },
    {
      what: `all ${RULES.length} rules over ten schools, each`,
      ours: millis(schools.ten),
      rival: `one school ${millis(schools.one)}`,
      reached: schools.ten / schools.one,
      unit: "",
      target: { atMost: 1.2 },
    },
  ];
}

/** Every day's default passes through the school year. */
function yearOfPasses(): readonly EpochMs[] {
  const passes: EpochMs[] = [];
  const last = Temporal.PlainDate.from("2027-06-01");
  for (
    let day = Temporal.PlainDate.from("2026-08-31");
    Temporal.PlainDate.compare(day, last) < 0;
    day = day.add({ days: 1 })
  ) {
    for (const plainTime of school.passes) {
      passes.push(day.toZonedDateTime({ timeZone: calendar.zone, plainTime }).epochMilliseconds);
    }
  }
  return passes;
}

function lateWritten(inputs: readonly CheckInput[]): number {
  const findings = inputs.flatMap((input) => checkClass(input).findings);
  return findings.filter(({ rule, verdict }) => rule === "mark-written" && verdict === "late").length;
}

/** The rules that there were at first, counted as `checkClass` counts. */
function checkFirst(input: CheckInput): void {
  const of = prepareClass(input);
  const findings: unknown[] = [];
  for (const rule of RULES.filter(({ id }) => FIRST.has(id))) {
    const people = new Map<string, number>();
    const count: Count = (person) => {
      const name = person?.name ?? "";
      people.set(name, (people.get(name) ?? 0) + 1);
    };
    for (const finding of rule.check(of, count)) findings.push(finding);
  }
}
