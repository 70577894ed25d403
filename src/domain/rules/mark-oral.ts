import { counted } from "../notice/words.ts";
import { includes } from "../policy.ts";
import { checkMarks } from "./mark-deadline.ts";
import type { Rule } from "./rule.ts";

/** Порядок 3.1.1: a mark for an oral answer within one day, grades 2–12. */
export const markOral: Rule = {
  id: "mark-oral",
  clause: "Порядок, п. 3.1.1",
  words: {
    name: "Отметка за устный ответ – в срок",
    demand({ details }, { markOral: { grades } }) {
      const days = Number(details.days ?? 0);
      const term = days === 1 ? "в течение суток" : `в течение ${counted(days, "дня", "дней", "дней")}`;
      return `отметка за устный ответ выставляется в журнал ${term} (${grades.from}–${grades.to} классы)`;
    },
    reckoning: "days",
    expected: "отметка в журнале",
    ofExpected: "отметки",
    titles: {
      late: "отметка за устный ответ выставлена позже срока",
      unproved: "не доказано, вовремя ли выставлена отметка",
    },
    todo: "выставьте отметку",
    things: ["отметка", "отметки", "отметок"],
  },
  *check(of, count) {
    const { grades, days } = of.policy.markOral;
    if (!includes(grades, of.snapshot.grade)) return;
    yield* checkMarks(this, of, count, days, ({ lesson }) => lesson?.work === "oral");
  },
};
