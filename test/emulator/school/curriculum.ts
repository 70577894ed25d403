/** Subjects with weekly hours by grade; `split` is taught in two groups by two teachers. */
export interface CurriculumRow {
  readonly id: string;
  readonly name: string;
  readonly split: boolean;
  hours(grade: number): number;
}

const from =
  (least: number, hours: number, most = 12) =>
  (grade: number) =>
    grade >= least && grade <= most ? hours : 0;

export const CURRICULUM: readonly CurriculumRow[] = [
  { id: "5001", name: "Русский язык", split: false, hours: (grade) => (grade <= 9 ? 5 : 3) },
  { id: "5002", name: "Литературное чтение", split: false, hours: (grade) => (grade <= 4 ? 4 : 0) },
  { id: "5003", name: "Литература", split: false, hours: from(5, 3) },
  { id: "5004", name: "Математика", split: false, hours: (grade) => (grade <= 6 ? 5 : 0) },
  { id: "5005", name: "Алгебра", split: false, hours: from(7, 3) },
  { id: "5006", name: "Геометрия", split: false, hours: from(7, 2) },
  { id: "5007", name: "Английский язык", split: true, hours: from(3, 2) },
  { id: "5008", name: "Окружающий мир", split: false, hours: from(0, 2, 4) },
  { id: "5009", name: "История", split: false, hours: from(5, 2) },
  { id: "5010", name: "Биология", split: false, hours: from(5, 1) },
  { id: "5011", name: "Технология", split: true, hours: from(5, 2, 9) },
  { id: "5012", name: "Физическая культура", split: false, hours: () => 3 },
  { id: "5013", name: "Музыка", split: false, hours: from(0, 1, 7) },
  { id: "5014", name: "Информатика", split: false, hours: from(7, 1) },
  { id: "5015", name: "Социально-бытовая ориентировка", split: false, hours: from(5, 1) },
];

export const WORK_TYPES = {
  oral: ["Ответ на уроке", "Устный ответ", "ответ на уроке"],
  written: ["Контрольная работа", "Самостоятельная работа", "Диктант", "Тест", "Проверочная работа", "к/р"],
  unknown: ["Наблюдение", "Проект «Мой край»"],
} as const;

export const LETTERS = [
  { id: "11", letter: "Н", meaning: "отсутствовал" },
  { id: "12", letter: "НП", meaning: "без уважительной причины" },
  { id: "13", letter: "УП", meaning: "по уважительной причине" },
  { id: "14", letter: "Б", meaning: "болел" },
  { id: "15", letter: "ОП", meaning: "опоздал" },
  { id: "16", letter: "осв", meaning: "освобождён" },
  { id: "17", letter: "зач", meaning: "зачтено" },
  { id: "18", letter: "Ж", meaning: "журнал соревнований" },
] as const;

/** Topics with all the dirt that teachers type: quotes, brackets, commas, line breaks, and what looks like code. */
export const TOPICS = [
  "Повторение",
  "Правописание безударных гласных",
  "Решение задач, §§ 4–6",
  'Сказка "Колобок", чтение по ролям',
  "Работа над ошибками (см. с. 14)",
  "Итоговый урок: «Что мы узнали?»",
  'Как понять "new Date(2026,8,1)" в тексте',
  "Путь C:\\Урок\\1, [список], запятые, скобки",
  "Первая строка\nвторая строка\tс табуляцией",
  "Дроби: 1/2, 3/4",
] as const;

export const HOMEWORK = [
  "упр. 12, с. 30",
  "выучить правило",
  "№ 101, 102",
  "дочитать до конца",
  "принести цветную бумагу",
] as const;
