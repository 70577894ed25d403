import { counted } from "./notice/words.ts";
import type { Grades, Policy } from "./policy.ts";

export interface PolicyFact {
  readonly name: string;
  readonly value: string;
  readonly clause: string;
}

const days = (n: number) => counted(n, "день", "дня", "дней");
const grades = ({ from, to }: Grades) => (from === to ? `${from} класс` : `${from}–${to} классы`);
const percent = (share: number) => `${(100 * share).toLocaleString("ru-RU", { maximumFractionDigits: 1 })}\u00a0%`;
const yes = (is: boolean) => (is ? "да" : "нет");

/** The school's reading of the order in words, each number with its clause. */
export function policyFacts(policy: Policy): readonly PolicyFact[] {
  const {
    reading,
    markOral,
    markWritten,
    markWrittenMissing,
    noMarks,
    journalCurrent,
    finalMark,
    control,
    programmeFulfilled,
  } = policy;
  const { noticeBiweekly, noticeCycle, deliveryAgreed, parentsLook, archiveWeekly, scans, quarantine, forecast } =
    policy;
  const fact = (name: string, value: string, clause: string): PolicyFact => ({ name, value, clause });
  return [
    fact("Срок в днях считается со следующего дня", yes(reading.beginsNextDay), "ст. 191 ГК"),
    fact("Срок, кончившийся в выходной, переносится", yes(reading.movesToWorkingDay), "ст. 193 ГК"),
    fact("«В день проведения» переносится", yes(reading.movesSameDay), "ст. 194 ГК"),
    fact("Отметка за устный ответ", `${days(markOral.days)}, ${grades(markOral.grades)}`, "Порядок, п. 3.1.1"),
    fact(
      "Отметка за письменную работу",
      `${days(markWritten.days)}, ${grades(markWritten.grades)}`,
      "Порядок, п. 3.1.1",
    ),
    fact(
      "… в старших классах",
      `${days(markWritten.seniorDays)}, ${grades(markWritten.seniorGrades)}`,
      "Порядок, п. 3.1.1",
    ),
    fact("Письменная работа оценена, если отметки есть у", percent(markWrittenMissing.share), "Порядок, пп. 3.1.1, 8"),
    fact("Без отметок", grades(noMarks.grades), "Порядок, п. 2.7"),
    fact(
      "Страница может стоять без записей",
      `${counted(journalCurrent.days, "учебный день", "учебных дня", "учебных дней")} с уроками`,
      "Порядок, п. 2.6",
    ),
    fact("Итоговая отметка", `${days(finalMark.days)}, ${grades(finalMark.grades)}`, "Регламент, п. 4"),
    fact("Контроль составляется", `${control.workingDay}-й рабочий день месяца`, "Порядок, п. 8"),
    fact("Контроль доводится", days(control.days), "Порядок, п. 8"),
    fact(
      "Отставание программы",
      `больше ${percent(programmeFulfilled.share)} и больше ${programmeFulfilled.hours} ч`,
      "Порядок, п. 8",
    ),
    fact(
      "Распечатка семье",
      `раз в ${days(noticeBiweekly.days)}${noticeBiweekly.countHolidays ? "" : ", каникулы не считаются"}`,
      "Регламент, п. 2",
    ),
    fact("Отдать распечатку", days(noticeBiweekly.handDays), "Регламент, п. 2"),
    fact("Вернуть корешок", days(noticeBiweekly.returnDays), "Регламент, п. 2"),
    fact("Распечатки составляются сами", yes(noticeCycle.byItself), "Регламент, п. 2"),
    fact("Способ информирования согласовать", days(deliveryAgreed.days), "Регламент, п. 5"),
    fact(
      "Родители смотрят дневник",
      `${counted(parentsLook.weekly, "раз", "раза", "раз")} в неделю`,
      "Регламент, п. 6",
    ),
    fact("Архив сдать", days(archiveWeekly.days), "Порядок, п. 9"),
    fact("Сканы корешков хранятся", days(scans.keepDays), "Порядок, п. 2.4"),
    fact(
      "Исчезновение задерживается, если пропало больше",
      `${percent(quarantine.share)} и больше ${quarantine.facts} записей`,
      "–",
    ),
    fact(
      "Прогноз: 5, 4, 3 от",
      forecast.thresholds.map((one) => one.toLocaleString("ru-RU")).join("; "),
      "Регламент, п. 3",
    ),
  ];
}
