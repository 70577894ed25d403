import { z } from "zod";
import { controlOfMonth, listControls, type StoredControl } from "../../store/controls.ts";
import { instantOf, instantOrNull, operation, partOf } from "./operation.ts";
import { ApiProblem, problem } from "./problem.ts";
import { controlsQuestion, cursorOf, noQuestion, placeOf } from "./questions.ts";
import { controlList, controlWhole } from "./shapes.ts";

const place = z.tuple([z.string().regex(/^\d{4}-\d{2}$/)]);

export const controlsOperation = operation(
  {
    path: "/controls",
    scope: "controls",
    summary: "Ежемесячный контроль",
    description: "Контроли по месяцам, новые первыми, в итогах.",
    parts: {},
    question: controlsQuestion,
    answer: controlList,
    personal: true,
  },
  async ({ store, schoolId }, { question: { limit, cursor } }) => {
    const [before] = placeOf(cursor, place) ?? [null];
    const controls = (await listControls(store, schoolId)).toReversed();
    const rows = controls.filter(({ facts }) => before === null || facts.month < before);
    return partOf(
      rows,
      limit,
      (control) => ({
        ...headOf(control),
        cases: control.facts.cases.length,
        parts: control.facts.parts.map(({ id, total }) => ({ id, total })),
      }),
      ({ facts }) => cursorOf([facts.month]),
    );
  },
);

export const controlOperation = operation(
  {
    path: "/controls/{month}",
    scope: "controls",
    summary: "Контроль одного месяца",
    description: "Контроль целиком: по классам, по учителям, и все его случаи.",
    parts: { month: "месяц, ГГГГ-ММ" },
    question: noQuestion,
    answer: controlWhole,
    personal: true,
  },
  async ({ store, schoolId }, { part }) => {
    const month = part("month");
    const control = await controlOfMonth(store, schoolId, month);
    if (control === null) throw new ApiProblem(problem("no-such-thing"));
    const { parts, cases } = control.facts;
    return {
      ...headOf(control),
      parts: parts.map(({ id, total, byClass, byTeacher }) => ({
        id,
        total,
        byClass: [...byClass],
        byTeacher: [...byTeacher],
      })),
      cases: cases.map(({ dueAt, lateness: _, ...one }) => ({ ...one, dueAt: instantOrNull(dueAt) })),
    };
  },
);

function headOf({ facts, conclusion, concludedAt, deliveredAt }: StoredControl) {
  const { month, number, madeAt, asOf, policy } = facts;
  return {
    month,
    number,
    madeAt: instantOf(madeAt),
    asOf: instantOf(asOf),
    policy,
    // Until it is fixed it is a draft of the deputy director's.
    conclusion: concludedAt === null ? null : conclusion,
    concludedAt: instantOrNull(concludedAt),
    deliveredAt: instantOrNull(deliveredAt),
  };
}
