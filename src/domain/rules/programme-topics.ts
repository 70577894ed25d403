import type { PlannedTopic } from "../school-lists.ts";
import type { IsoDate } from "../time.ts";
import type { LessonCase } from "./class-case.ts";

/** What the plan says of a page up to a day; null where its topics have no days. */
export interface PlannedSoFar {
  readonly hours: number;
  readonly topics: number;
  /** Topics that the journal does not hold in the plan's own words; null where its teacher words them differently, so that nothing can be told. */
  readonly notFound: number | null;
}

export function plannedSoFar(
  plan: readonly PlannedTopic[],
  recorded: readonly LessonCase[],
  upTo: IsoDate,
): PlannedSoFar | null {
  if (plan.length === 0 || plan.some(({ plannedOn }) => plannedOn === null)) return null;
  const due = plan.filter(({ plannedOn }) => plannedOn !== null && plannedOn <= upTo);
  const said = recorded.map(({ versions }) => plain(versions.at(-1)?.content.topic ?? ""));
  const exact = new Set(said);
  const all = said.join("\n");
  const notFound = due.map(({ topic }) => plain(topic)).filter((topic) => !exact.has(topic) && !all.includes(topic));
  return {
    hours: due.reduce((sum, { hours }) => sum + hours, 0),
    topics: due.length,
    notFound: notFound.length * 2 > due.length ? null : notFound.length,
  };
}

function plain(topic: string): string {
  return topic
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
