import type { ClassSnapshot, LessonFact, Person } from "../facts.ts";
import type { LessonCase } from "./class-case.ts";

/** Who holds a subject page, if the journal names exactly one; lessons of the page tell the person's id. */
export function holderOf(
  { lists }: ClassSnapshot,
  { subjectExternalId, group }: Pick<LessonFact, "subjectExternalId" | "group">,
  lessons: readonly LessonCase[],
): Person | null {
  const [holder, another] = lists.held.filter(
    (page) => page.subjectExternalId === subjectExternalId && page.group === (group ?? ""),
  );
  if (holder === undefined || another !== undefined) return null;
  const known = lessons.find(({ lesson }) => lesson.teacher?.name === holder.holder)?.lesson.teacher;
  return known ?? { externalId: null, name: holder.holder };
}
