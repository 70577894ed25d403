import type { ClassCase } from "./class-case.ts";
import type { Rule } from "./rule.ts";
import { timesOf, type UnknownText, unknownTexts, whereUnknown } from "./unknown-text.ts";

/** Data quality: a letter in a cell that the mapping does not know. It counts as nothing: neither as a mark nor as an absence. */
export const letterKnown: Rule = {
  id: "letter-known",
  clause: "Качество данных",
  words: {
    name: "Все буквы журнала известны программе",
    demand: () =>
      "отметки и пропуски стоят в одних и тех же клетках журнала, поэтому программа должна знать, что значит каждая буква. Незнакомая не считается ни отметкой, ни пропуском",
    reckoning: null,
    expected: "буквы, которые названы в config/avers.yaml",
    ofExpected: "известной буквы",
    titles: { violation: "незнакомая запись в клетке журнала" },
    title: ({ details }) => `незнакомая запись «${details.text}» в клетках журнала`,
    place: ({ details }) => `запись «${details.text}»`,
    sight: whereUnknown,
    conclusion: () => [
      "Это подсказка, а не нарушение: учителей она не касается.",
      "Что сделать: впишите эту запись в config/avers.yaml, в letters – к отметкам или к пропускам, и повторите «sverka check»; опечатку исправит учитель в журнале.",
    ],
    todo: "впишите запись в config/avers.yaml",
    things: ["незнакомая запись", "незнакомые записи", "незнакомых записей"],
    tell: (findings) => `незнакомая запись, клеток: ${timesOf(findings)}; впишите её в config/avers.yaml`,
    caretaker: "ответственный за журнал",
  },
  *check(of) {
    yield* unknownTexts(this, of, unknownIn(of));
  },
};

function* unknownIn({ cells }: ClassCase): Iterable<UnknownText> {
  for (const { now, entry, lesson } of cells) {
    if (now === null || now.unknown.length === 0) continue;
    for (const text of new Set(now.unknown)) {
      yield { text, date: lesson?.lesson.date ?? entry.date, subject: lesson?.lesson.subject ?? null };
    }
  }
}
