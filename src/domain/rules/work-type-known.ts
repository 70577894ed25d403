import type { ClassCase } from "./class-case.ts";
import type { Rule } from "./rule.ts";
import { timesOf, type UnknownText, unknownTexts, whereUnknown } from "./unknown-text.ts";

/** Data quality: a work type that the mapping does not know. Such work counts as written, which is the longer deadline (rules.md § 3). */
export const workTypeKnown: Rule = {
  id: "work-type-known",
  clause: "Качество данных",
  words: {
    name: "Все виды работ известны программе",
    demand: () =>
      "приказ различает устные ответы и письменные работы, поэтому программа должна знать, к чему относится каждый вид работы журнала. Незнакомая работа считается письменной: у неё более долгий срок",
    reckoning: null,
    expected: "вид работы, который назван в config/avers.yaml устным, письменным или домашним",
    ofExpected: "известного вида работы",
    titles: { violation: "незнакомый вид работы" },
    title: ({ details }) => `незнакомый вид работы «${details.text}»`,
    place: ({ details }) => `вид работы «${details.text}»`,
    sight: whereUnknown,
    conclusion: () => [
      "Это подсказка, а не нарушение: учителей она не касается.",
      "Что сделать: впишите этот вид работы в config/avers.yaml, в oral (устные), written (письменные) или homework (домашние), и повторите «sverka check»; опечатку исправит учитель в журнале.",
    ],
    todo: "впишите вид работы в config/avers.yaml",
    things: ["незнакомый вид работы", "незнакомых вида работ", "незнакомых видов работ"],
    tell: (findings) => `незнакомый вид работы, уроков: ${timesOf(findings)}; впишите его в config/avers.yaml`,
    caretaker: "ответственный за журнал",
  },
  *check(of) {
    yield* unknownTexts(this, of, unknownIn(of));
  },
};

function* unknownIn({ lessons }: ClassCase): Iterable<UnknownText> {
  for (const { lesson, work, workType, stands } of lessons) {
    if (!stands || work !== "unknown" || workType === null || workType.trim() === "") continue;
    yield { text: workType, date: lesson.date, subject: lesson.subject };
  }
}
