import { type SchoolCalendar, schoolYearOf, yearOf } from "../calendar.ts";
import type { IsoDate } from "../time.ts";

/** What to do when neither the school nor the journal has told the holidays of that school year: nobody is asked for work in a week that may be free. */
export function calendarGap(calendar: SchoolCalendar, today: IsoDate): string | null {
  const year = yearOf(calendar, today);
  if (year.assumed !== true && year.groups.length > 0) return null;
  const began = schoolYearOf(today);
  const file = `config/calendar/${began}-${began + 1}.yaml`;
  return `нет данных: каникулы ${began}/${(began + 1) % 100} учебного года не заданы – проверьте файл ${file} и напишите в нём confirmed: true`;
}
