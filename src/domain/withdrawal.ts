import { isLessonDay, type SchoolCalendar } from "./calendar.ts";
import type { ClassSnapshot } from "./facts.ts";
import type { Finding, Gap } from "./finding.ts";
import { longDay } from "./notice/words.ts";

export interface WithdrawalInput {
  readonly snapshot: Pick<ClassSnapshot, "lessons" | "grade" | "className">;
  readonly calendar: SchoolCalendar;
  readonly gaps: readonly Gap[];
  /** The versions of the policy by which the last check and this one judged. */
  readonly policy: { readonly before: string | null; readonly now: string };
}

/** Why a rule finds something no longer (rules.md § 4: «withdrawn with the cause»), in one Russian sentence. Pure. */
export function withdrawalCause(
  { snapshot, calendar, gaps, policy }: WithdrawalInput,
  finding: Pick<Finding, "rule" | "lessonExternalId" | "lessonDate">,
): string {
  if (policy.before !== null && policy.before !== policy.now)
    return `Принят другой порядок проверки: «${policy.now}» вместо «${policy.before}».`;
  if (gaps.some(({ rule }) => rule === finding.rule)) return "Данных, которые нужны этому правилу, больше нет.";
  if (finding.lessonExternalId === null) return "Правило больше не находит этого: изменились записи или списки школы.";
  const lesson = snapshot.lessons.find(({ externalId }) => externalId === finding.lessonExternalId);
  if (lesson === undefined || lesson.vanishedAt !== null) return "Урока больше нет в журнале.";
  if (lesson.date !== finding.lessonDate) return `Урок в журнале перенесён на ${longDay(lesson.date)}`;
  if (!isLessonDay(calendar, lesson.date, snapshot)) return "По календарю школы это не учебный день.";
  return "Изменились записи журнала об этом уроке, вид работы или настройки.";
}
