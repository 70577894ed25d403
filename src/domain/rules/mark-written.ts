import { writtenDays } from "../policy.ts";
import { checkMarks } from "./mark-deadline.ts";
import type { Rule } from "./rule.ts";
import { demandWritten } from "./written-work.ts";

/** Порядок 3.1.1: a mark for written work within three days, in grades 11–12 four. Work of an unknown type has this longer deadline too. */
export const markWritten: Rule = {
  id: "mark-written",
  clause: "Порядок, п. 3.1.1",
  words: {
    name: "Отметка за письменную работу – в срок",
    demand: demandWritten,
    reckoning: "days",
    expected: "отметка в журнале",
    ofExpected: "отметки",
    titles: {
      late: "отметка за письменную работу выставлена позже срока",
      missing: "отметки нет, срок прошёл",
      unproved: "не доказано, вовремя ли выставлена отметка",
    },
    todo: "выставьте отметку",
    things: ["отметка за письменную работу", "отметки за письменную работу", "отметок за письменную работу"],
  },
  *check(of, count) {
    const days = writtenDays(of.policy, of.snapshot.grade);
    if (days === null) return;
    yield* checkMarks(this, of, count, days, ({ lesson }) => lesson?.work !== "oral");
  },
};
