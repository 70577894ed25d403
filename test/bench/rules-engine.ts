import { Engine } from "json-rules-engine";
import type { Policy } from "../../src/domain/policy.ts";
import { includes } from "../../src/domain/policy.ts";
import { prepareClass } from "../../src/domain/rules/class-case.ts";
import type { CheckInput } from "../../src/domain/rules/rule.ts";

export type EngineFact = Readonly<Record<string, string | number | boolean>>;

/** The rival: `mark-written` as json-rules-engine takes it. Answers how many marks are late. */
export function createRulesEngine({ markWritten }: Policy): (facts: readonly EngineFact[]) => Promise<number> {
  const engine = new Engine([
    {
      name: "mark-written",
      conditions: {
        all: [
          { fact: "grade", operator: "greaterThanInclusive", value: markWritten.grades.from },
          { fact: "grade", operator: "lessThanInclusive", value: markWritten.seniorGrades.to },
          { fact: "marked", operator: "equal", value: true },
          { fact: "judged", operator: "equal", value: true },
          { fact: "everAway", operator: "equal", value: false },
          { fact: "work", operator: "notEqual", value: "oral" },
          { fact: "seenAfterDue", operator: "greaterThan", value: 0 },
          { fact: "absentAfterDue", operator: "greaterThanInclusive", value: 0 },
        ],
      },
      event: { type: "late" },
    },
  ]);
  return async (facts) => {
    let late = 0;
    for (const fact of facts) late += (await engine.run(fact)).events.length;
    return late;
  };
}

/** The entries of one class made ready for it, deadlines included: it only has to decide. */
export function engineFacts(input: CheckInput): EngineFact[] {
  const { cells, deadlines } = prepareClass(input);
  const { markWritten } = input.policy;
  const grade = input.snapshot.grade ?? -1;
  const days = includes(markWritten.seniorGrades, grade) ? markWritten.seniorDays : markWritten.days;
  return cells.map(({ lesson, mark, dueDay, judged, everAway }) => {
    const due = deadlines.within(dueDay, days);
    const seenAfterDue = mark === null ? -1 : mark.seenAt - due;
    const absentAfterDue = (mark?.absentAt ?? 0) - due;
    const work = lesson?.work ?? "unknown";
    return { grade, marked: mark !== null, judged, everAway, work, seenAfterDue, absentAfterDue };
  });
}
