import { z } from "zod";
import { latestPasses } from "../../store/passes.ts";
import { instantOf, instantOrNull, operation, partOf } from "./operation.ts";
import { cursorOf, passesQuestion, placeOf } from "./questions.ts";
import { passList } from "./shapes.ts";

const place = z.tuple([z.int().min(1).max(2_147_483_647)]);

export const passesOperation = operation(
  {
    path: "/passes",
    scope: "passes",
    summary: "Проходы",
    description: "Проходы по журналу, новые первыми. Ни имён, ни отметок в них нет.",
    parts: {},
    question: passesQuestion,
    answer: passList,
    personal: false,
  },
  async ({ store, schoolId }, { question: { limit, cursor } }) => {
    const [before] = placeOf(cursor, place) ?? [null];
    const rows = await latestPasses(store, schoolId, limit + 1, before);
    return partOf(
      rows,
      limit,
      ({ startedAt, finishedAt, ...pass }) => ({
        ...pass,
        startedAt: instantOf(startedAt),
        finishedAt: instantOrNull(finishedAt),
      }),
      ({ id }) => cursorOf([id]),
    );
  },
);
