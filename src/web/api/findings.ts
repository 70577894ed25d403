import { z } from "zod";
import { titleOf } from "../../domain/explanation/verdict.ts";
import type { StoredFinding } from "../../domain/finding.ts";
import { eventsOf, findingsAfter, findingsByPrefix } from "../../store/findings.ts";
import { instantOf, instantOrNull, operation, partOf } from "./operation.ts";
import { ApiProblem, problem } from "./problem.ts";
import { cursorOf, findingsQuestion, noQuestion, placeOf } from "./questions.ts";
import { findingList, findingWhole } from "./shapes.ts";

const place = z.tuple([
  z.int().min(0).max(8.64e15),
  z
    .string()
    .max(64)
    .regex(/^[0-9a-z]+$/),
]);

export const findingsOperation = operation(
  {
    path: "/findings",
    scope: "findings",
    summary: "Замечания",
    description:
      "Замечания в том порядке, в каком они открывались: новые – в конце. Только те, что видит владелец ключа.",
    parts: {},
    question: findingsQuestion,
    answer: findingList,
    personal: true,
  },
  async ({ store, schoolId }, { question, reach }) => {
    const { limit, cursor, changedSince, class: classExternalId, ...asked } = question;
    const [openedAt, id] = placeOf(cursor, place) ?? [null, null];
    const rows = await findingsAfter(
      store,
      schoolId,
      {
        ...asked,
        reach,
        classExternalId,
        changedSince: changedSince === undefined ? undefined : Date.parse(changedSince),
      },
      { after: openedAt === null ? null : { openedAt, id }, limit: limit + 1 },
    );
    return partOf(rows, limit, itemOf, (last) => cursorOf([last.openedAt, last.id]));
  },
);

export const findingOperation = operation(
  {
    path: "/findings/{finding}",
    scope: "findings",
    thing: "finding",
    summary: "Одно замечание",
    description: "Замечание со всей его историей.",
    parts: { finding: "номер замечания: 16 знаков" },
    question: noQuestion,
    answer: findingWhole,
    personal: true,
  },
  async ({ store }, { part }) => {
    const [finding] = await findingsByPrefix(store, part("finding"));
    if (finding === undefined) throw new ApiProblem(problem("no-such-thing"));
    const events = await eventsOf(store, finding.id);
    return {
      ...itemOf(finding),
      events: events.map(({ at, kind, author, cause }) => ({ at: instantOf(at), kind, author, cause })),
    };
  },
);

function itemOf(finding: StoredFinding) {
  const { accountable } = finding;
  return {
    id: finding.id,
    rule: finding.rule,
    clause: finding.clause,
    title: titleOf(finding),
    status: finding.status,
    verdict: finding.verdict,
    severity: finding.severity,
    dueAt: instantOrNull(finding.dueAt),
    absentAt: instantOrNull(finding.absentAt),
    seenAt: instantOrNull(finding.seenAt),
    classId: finding.classExternalId,
    className: finding.className,
    subjectId: finding.subjectExternalId,
    subject: finding.subject,
    lessonId: finding.lessonExternalId,
    lessonDate: finding.lessonDate,
    pupilId: finding.pupilExternalId,
    about: finding.about,
    accountable: accountable === null ? null : { id: accountable.externalId, name: accountable.name },
    openedAt: instantOf(finding.openedAt),
    settledAt: instantOrNull(finding.settledAt),
    withdrawnAt: instantOrNull(finding.withdrawnAt),
    waivedAt: instantOrNull(finding.waivedAt),
  };
}
