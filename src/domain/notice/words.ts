import type { IsoDate } from "../time.ts";

const months = [
  "января",
  "февраля",
  "марта",
  "апреля",
  "мая",
  "июня",
  "июля",
  "августа",
  "сентября",
  "октября",
  "ноября",
  "декабря",
] as const;
const nbsp = "\u00a0";

/** The form of a noun after a number: plural(2, "урок", "урока", "уроков") is «урока». */
export function plural(count: number, one: string, few: string, many: string): string {
  const tens = Math.abs(count) % 100;
  const ones = tens % 10;
  if (tens > 10 && tens < 20) return many;
  if (ones === 1) return one;
  return ones >= 2 && ones <= 4 ? few : many;
}

/** «3 урока», with a space that does not break. */
export function counted(count: number, one: string, few: string, many: string): string {
  return `${count}${nbsp}${plural(count, one, few, many)}`;
}

/** «4,33»: cut and not rounded up, so that nobody is shown a mean that was not reached. */
export function decimal(mean: number): string {
  return (Math.floor(mean * 100 + 1e-6) / 100).toFixed(2).replace(".", ",");
}

/** «05.10» */
export function shortDay(date: IsoDate): string {
  return `${date.slice(8, 10)}.${date.slice(5, 7)}`;
}

/** «5 октября 2026 г.» */
export function longDay(date: IsoDate): string {
  return `${dayMonth(date)} ${date.slice(0, 4)}${nbsp}г.`;
}

/** «5 октября» */
export function dayMonth(date: IsoDate): string {
  return `${Number(date.slice(8, 10))}${nbsp}${months[Number(date.slice(5, 7)) - 1] ?? ""}`;
}

/** «5–18 октября 2026 г.», «28 сентября – 11 октября 2026 г.», both ends included. */
export function longSpan(from: IsoDate, to: IsoDate): string {
  if (from === to) return longDay(to);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))}–${longDay(to)}`;
  if (from.slice(0, 4) === to.slice(0, 4)) return `${dayMonth(from)} – ${longDay(to)}`;
  return `${longDay(from)} – ${longDay(to)}`;
}

/** «05.10, 07.10»; days that follow one another are joined: «05.10–07.10». Takes days in their order, without doubles. */
export function shortDays(dates: readonly IsoDate[]): string {
  const runs: { from: IsoDate; to: IsoDate }[] = [];
  for (const date of dates) {
    const last = runs.at(-1);
    if (last !== undefined && Temporal.PlainDate.from(last.to).until(date).days === 1) last.to = date;
    else runs.push({ from: date, to: date });
  }
  return runs.map(({ from, to }) => (from === to ? shortDay(from) : `${shortDay(from)}–${shortDay(to)}`)).join(", ");
}

/** Text for one line: breaks and control signs become spaces, and what is longer than `most` characters is cut with «…». */
export function line(text: string, most: number): string {
  const plain = text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  const signs = [...plain];
  return signs.length <= most
    ? plain
    : `${signs
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

const nouns = {
  5: ["пятёрка", "пятёрки", "пятёрок"],
  4: ["четвёрка", "четвёрки", "четвёрок"],
  3: ["тройка", "тройки", "троек"],
} as const;
const few = ["", "одна", "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"];

/** «нужны две пятёрки» */
export function neededMarks(mark: number, needed: number): string {
  const forms: readonly [string, string, string] =
    mark === 5 || mark === 4 || mark === 3 ? nouns[mark] : ["отметка", "отметки", "отметок"];
  const number = few[needed] ?? String(needed);
  return `${plural(needed, "нужна", "нужны", "нужно")} ${number} ${plural(needed, ...forms)}`;
}
