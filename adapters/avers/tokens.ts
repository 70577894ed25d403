import type { IsoDate } from "../../src/domain/time.ts";

// The small words of the journal's language (avers-protocol.md § 3), and how they are read.

/** A day inside an answer. Its own class, so that no text of the journal can pass for one. */
export class WireDate {
  readonly day: IsoDate;
  constructor(day: IsoDate) {
    this.day = day;
  }
}

/** What stood there is of the language but means nothing: a day that does not exist, a broken escape. It refuses the row that needs it. */
export const UNREADABLE = Symbol("unreadable");

/** What the journal's language can say (avers-protocol.md § 3). */
export type WireValue = null | boolean | number | string | WireDate | typeof UNREADABLE | WireValue[];

/** Behind the white space of JavaScript, the byte order mark included. */
export function skipSpace(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff) continue;
    if (code === 0x2028 || code === 0x2029) continue;
    return at;
  }
}

/** A value that is no string and no list, or null where there is none. */
export function literalAt(text: string, at: number): { value: WireValue; end: number } | null {
  const end = numberEnd(text, at);
  return end > 0 ? { value: Number(text.slice(at, end)), end } : wordAt(text, at);
}

export function numberEnd(text: string, from: number): number {
  NUMBER.lastIndex = from;
  return NUMBER.test(text) ? NUMBER.lastIndex : -1;
}

export function wordAt(text: string, at: number): { value: WireValue; end: number } | null {
  if (text.charCodeAt(at) === 110 && text.charCodeAt(at + 1) === 101) return dateAt(text, at);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  const value = word === undefined ? undefined : WORDS.get(word);
  return value === undefined || word === undefined ? null : { value, end: at + word.length };
}

/** Months count from zero, as in JavaScript; the time of day is left out: a day of the journal is a day on the wall. */
function dateAt(text: string, from: number): { value: WireValue; end: number } | null {
  let at = from + 9;
  if (!text.startsWith("new Date(", from)) {
    DATE.lastIndex = from;
    if (!DATE.test(text)) return null;
    at = DATE.lastIndex;
  }
  let [year, month, day, part, number, digits] = [0, 0, 1, 0, 0, 0];
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      number = number * 10 + code - 48;
      digits += 1;
      if (digits > 4) return null;
    } else if (code === 44 || code === 41) {
      if (digits === 0 || part > 6) return null;
      if (part === 0) year = number;
      else if (part === 1) month = number;
      else if (part === 2) day = number;
      part += 1;
      if (code === 41) break;
      number = 0;
      digits = 0;
    } else if (code !== 32) return null;
    else if (digits > 0) digits = 4;
  }
  return part < 2 ? null : { value: dayOf(year, month, day), end: at + 1 };
}

/** One object a day: a year of answers names the same two hundred days over and over. */
const days = new Map<number, WireDate>();

function dayOf(year: number, month: number, day: number): WireDate | typeof UNREADABLE {
  if (year < 1900 || year > 2200 || month > 11 || day < 1 || day > daysIn(year, month)) return UNREADABLE;
  const key = (year * 12 + month) * 32 + day;
  const known = days.get(key);
  if (known !== undefined) return known;
  const two = (n: number) => String(n).padStart(2, "0");
  const date = new WireDate(`${year}-${two(month + 1)}-${two(day)}`);
  days.set(key, date);
  return date;
}

function daysIn(year: number, month: number): number {
  if (month === 1) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

/** The text that a string's inside stands for. */
export function unescapeText(inside: string): string | typeof UNREADABLE {
  if (!inside.includes("\\")) return inside;
  let broken = false;
  const text = inside.replace(ESCAPE, (whole, code: string) => {
    const short = SHORT.get(code);
    if (short !== undefined) return short;
    if (code.length > 1 && code !== "\r\n") return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (code === "u" || code === "x" || whole === "\\") broken = true;
    return code;
  });
  return broken ? UNREADABLE : text;
}

const ESCAPE = /\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S]|$)/g;
const SHORT = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
  ["\n", ""],
  ["\r", ""],
  ["\r\n", ""],
  ["\u2028", ""],
  ["\u2029", ""],
]);
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4})?/y;
const DATE = /new\s{1,9}Date\s{0,9}\(/y;
const WORD = /[a-zA-Z_$]{1,20}/y;
const WORDS = new Map<string, WireValue>([
  ["null", null],
  ["undefined", null],
  ["true", true],
  ["false", false],
]);
