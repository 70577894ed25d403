import type { IsoDate } from "../time.ts";
import type { NoticeFacts, NoticeLesson } from "./facts.ts";
import type { Notice } from "./notice.ts";
import { line, shortDay } from "./words.ts";

/**
 * Homework of the span, or of the days between it and `today`, that is still due on `today`: no later lesson of the subject has been. A lesson of
 * today has been once it has a topic or homework of its own.
 */
export function homeworkDue(facts: NoticeFacts, today: IsoDate): NonNullable<Notice["homework"]> {
  const bySubject = Map.groupBy(facts.lessons, (lesson) => lesson.subjectExternalId);
  return [...bySubject.values()]
    .flatMap((lessons) => {
      const past = lessons.filter((lesson) => hasBeen(lesson, today));
      const day = lastOf(past.map((lesson) => lesson.date));
      const next = firstOf(
        lessons.map((lesson) => lesson.date).filter((date) => date >= today && (day === null || date > day)),
      );
      return past
        .filter((lesson) => lesson.date === day && lesson.date >= facts.span.from)
        .flatMap((lesson) => {
          const text = line(lesson.homework ?? "", 220);
          if (text === "") return [];
          return [
            {
              subject: line(lesson.subject, 60),
              due: next === null ? "к следующему уроку" : `к ${shortDay(next)}`,
              text,
            },
          ];
        });
    })
    .sort((one, other) => one.subject.localeCompare(other.subject, "ru"));
}

function hasBeen(lesson: NoticeLesson, today: IsoDate): boolean {
  return lesson.date < today || (lesson.date === today && (lesson.topic !== null || lesson.homework !== null));
}

function lastOf(dates: readonly IsoDate[]): IsoDate | null {
  return dates.toSorted().at(-1) ?? null;
}

function firstOf(dates: readonly IsoDate[]): IsoDate | null {
  return dates.toSorted()[0] ?? null;
}
