import { folded } from "../fold.ts";
import type { IsoDate } from "../time.ts";
import type { Cell } from "./table.ts";

/** The text of a cell on one line; «» for nothing. A number is written as people write it, without a trail of binary rounding. */
export function textOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(Number(cell.toPrecision(15)));
  if (typeof cell === "object") return cell.day;
  return cell
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
}

/** «1,5», «0.5», «2 ч.», 3; null for anything else, negative numbers included in what is read. */
export function numberOf(cell: Cell): number | null {
  if (typeof cell === "number") return Number(cell.toPrecision(15));
  const text = textOf(cell)
    .replace(/\s*(ч|час|часа|часов)\.?$/i, "")
    .replace(/[\u2212–—]/g, "-");
  return /^[-+]?\d{1,6}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".")) : null;
}

const MONTHS = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

/** Days from 2000 to 2099 as the serial numbers of a spreadsheet. */
const SERIALS = { first: 36_526, last: 73_050 };

/**
 * A day as tables hold it: a day, a serial number, `05.10.2026`, `5.10.26`, `05/10/2026`, `2026-10-05`, «5 окт 2026», «5 октября 2026 г.»; a time
 * after it is left out. The day comes before the month, as in Russia. Null when it is none, or not of this century.
 */
export function dayOfCell(cell: Cell): IsoDate | null {
  if (cell === null) return null;
  if (typeof cell === "object") return inCentury(cell.day);
  if (typeof cell === "number") return dayOfSerial(cell);
  const text = textOf(cell).replace(/[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, "");
  if (/^\d{5}$/.test(text)) return dayOfSerial(Number(text));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dated(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:\s*г\.?)?$/i.exec(text);
  if (dotted) return dated(dotted[4], dotted[3], dotted[1]);
  const worded = /^(\d{1,2})[\s.]*([а-яё]+)\.?[\s,]*(\d{4})(?:\s*г(?:\.|ода)?)?$/i.exec(text);
  const month = MONTHS.findIndex((start) => folded(worded?.[2] ?? "").startsWith(start));
  return worded && month >= 0 ? dated(worded[3], String(month + 1), worded[1]) : null;
}

/** The day of a serial number of the 1900 system, as Excel and LibreOffice count after February 1900. */
export function dayOfSerial(serial: number): IsoDate | null {
  if (!(serial >= SERIALS.first && serial < SERIALS.last)) return null;
  return Temporal.PlainDate.from("1899-12-30")
    .add({ days: Math.floor(serial) })
    .toString();
}

const YES = ["да", "д", "yes", "true", "истина", "1", "есть", "нужно", "нужен", "х", "x", "v"];
const NO = ["", "нет", "н", "no", "false", "ложь", "0"];

/** Да or нет in the ways people tick a column; empty is нет, null is neither. */
export function yesNoOf(cell: Cell): boolean | null {
  const text = textOf(cell);
  if (/^[+✓✔☑]$/u.test(text)) return true;
  if (/^[-–—]$/.test(text)) return false;
  const word = folded(text);
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : null;
}

function dated(year = "", month = "", day = ""): IsoDate | null {
  const full = year.length === 2 ? `20${year}` : year;
  try {
    const text = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return inCentury(Temporal.PlainDate.from(text, { overflow: "reject" }).toString());
  } catch {
    return null;
  }
}

function inCentury(day: IsoDate): IsoDate | null {
  return day >= "2000-01-01" && day < "2100-01-01" ? day : null;
}

/** Whether the text begins with one of the words, as a word: «Итого:» does, «Итоговая работа» does not. */
export function begins(text: string, words: readonly string[]): boolean {
  const plain = (value: string) => value.toLowerCase().replaceAll("ё", "е");
  return words.some((word) => plain(text).startsWith(plain(word)) && !/^\p{L}/u.test(text.slice(word.length)));
}
