/** What each job does, in the school's words; by the name of its queue. */
export const JOB_NAMES: Readonly<Record<string, string>> = {
  "sync-school": "Проход по журналу",
  "check-rules": "Проверка правил",
  "compose-daily-mail": "Письмо заместителю директора",
  "compose-teacher-mail": "Письма учителям",
  "compose-week-mail": "Письма за неделю",
  "monthly-control": "Ежемесячный контроль",
  "compose-notices": "Распечатки семьям",
  "read-scans": "Чтение сканов корешков",
  "follow-prints": "Печать",
  "deliver-mail": "Отправка почты",
};
