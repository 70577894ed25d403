import { type Cell, createCellReader, type Letters } from "./marks.ts";
import { remember } from "./remember.ts";
import { createWorkTypeReader, type WorkKind, type WorkTypes } from "./work-types.ts";

/** How the school writes in its journal: `config/avers.yaml`. */
export interface MappingSettings {
  readonly letters: Letters;
  readonly workTypes: WorkTypes;
}

/** Reads the journal's free texts. Both answers are kept by text, so asking again costs a look-up. */
export interface Mapping {
  readCell(text: string): Cell;
  workKind(workType: string | null): WorkKind;
}

/** `maxMark` is the school's highest mark (`get_user_data`). */
export function createMapping({ letters, workTypes }: MappingSettings, maxMark = 5): Mapping {
  return {
    readCell: remember(createCellReader(letters, maxMark)),
    workKind: remember(createWorkTypeReader(workTypes)),
  };
}

export const defaultMapping: MappingSettings = {
  letters: {
    marks: ["зач", "незач", "зачёт", "незачёт", "н/а", "осв", "усв", "неусв"],
    absences: {
      absent: ["Н"],
      unexcused: ["НП"],
      excused: ["УП"],
      ill: ["Б"],
      late: ["ОП"],
    },
  },
  workTypes: {
    oral: [
      "Ответ на уроке",
      "Устный ответ",
      "Ответ у доски",
      "Ответ",
      "Устный опрос",
      "Фронтальный опрос",
      "Опрос",
      "Устная работа",
      "Устный счёт",
      "Пересказ",
      "Наизусть",
      "Выразительное чтение",
      "Техника чтения",
      "Говорение",
      "Монолог",
      "Диалог",
    ],
    written: [
      "Письменная работа",
      "Письменный ответ",
      "Проверочная работа",
      "Контрольная работа",
      "Контрольный диктант",
      "Контрольное списывание",
      "Самостоятельная работа",
      "Практическая работа",
      "Лабораторная работа",
      "Тестовая работа",
      "Зачётная работа",
      "Экзаменационная работа",
      "Диктант",
      "Списывание",
      "Изложение",
      "Сочинение",
      "Эссе",
      "Реферат",
      "Тест",
      "Тестирование",
      "Зачёт",
      "Экзамен",
      "Срез",
    ],
    homework: ["Домашняя работа", "Домашнее задание"],
    abbreviations: {
      "к/р": "Контрольная работа",
      "с/р": "Самостоятельная работа",
      "п/р": "Проверочная работа",
      "л/р": "Лабораторная работа",
      "д/з": "Домашнее задание",
      "д/р": "Домашняя работа",
      "к/д": "Контрольный диктант",
    },
  },
};
