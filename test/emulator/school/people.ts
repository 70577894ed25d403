import type { Random } from "./random.ts";

// Invented throughout: syllables that make Russian-sounding names of nobody.
const ROOTS = [
  "Руч",
  "Пол",
  "Луг",
  "Бер",
  "Клён",
  "Рощ",
  "Зар",
  "Остр",
  "Верес",
  "Морош",
  "Калин",
  "Север",
  "Тих",
  "Ясн",
  "Плёс",
  "Медун",
  "Кремн",
  "Снеж",
  "Звон",
  "Тростн",
];
const ENDINGS = ["ин", "ов", "ев", "нин", "кин", "ников", "ляев", "янов"];
const LONG = ["Верхнеозерско-Заливнолугов", "Новокаменнобродско-Тростников", "Староберёзово-Краснополянин"];
const BOYS = ["Артём", "Борис", "Глеб", "Игнат", "Лев", "Матвей", "Назар", "Пётр", "Савва", "Тимур", "Фёдор", "Яков"];
const GIRLS = ["Алёна", "Варвара", "Дарья", "Злата", "Инна", "Кира", "Лада", "Мария", "Нина", "Полина", "Софья", "Яна"];
const FATHERS = ["Андре", "Васил", "Никола", "Алексе", "Матве", "Тимофе"];

export function surname(random: Random, female: boolean): string {
  const base = random.chance(0.02) ? random.pick(LONG) : random.pick(ROOTS) + random.pick(ENDINGS);
  return female ? `${base}а` : base;
}

/** «Фамилия Имя Отчество». */
export function fullName(random: Random): string {
  const female = random.chance(0.5);
  const father = random.pick(FATHERS);
  return `${surname(random, female)} ${random.pick(female ? GIRLS : BOYS)} ${father}${female ? "евна" : "евич"}`;
}
