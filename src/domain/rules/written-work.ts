import type { Finding } from "../finding.ts";
import { counted } from "../notice/words.ts";
import type { Policy } from "../policy.ts";

/** Порядок 3.1.1 about written work, with the days and grades of the finding's own class. */
export function demandWritten({ details }: Finding, { markWritten }: Policy): string {
  const days = Number(details.days ?? 0);
  const senior = days === markWritten.seniorDays && days !== markWritten.days;
  const grades = senior ? markWritten.seniorGrades : markWritten.grades;
  const works = "письменные, проверочные, контрольные, зачётные, тестовые и экзаменационные работы";
  const term = counted(days, "дня", "дней", "дней");
  return `отметки за ${works} выставляются в журнал в течение ${term} (${grades.from}–${grades.to} классы)`;
}
