import { SverkaError } from "../error.ts";

/**
 * What a slip carries: eleven random digits and a check digit. Digits, because a Russian and a Latin keyboard type them alike and a hand writes them
 * unmistakably; random, so that it says nothing of the family and nobody guesses the next one.
 */
const LENGTH = 12;
const MARK = "SVERKA1:";

/** Damm's quasigroup: the check digit that finds every single wrong digit and every two neighbours that changed places. */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

function remainder(digits: string): number {
  let state = 0;
  for (const digit of digits) state = DAMM[state]?.[Number(digit)] ?? 0;
  return state;
}

/** A whole code from eleven digits, which the caller draws at random. Throws `RangeError` for anything else. */
export function slipCode(digits: string): string {
  if (!/^\d{11}$/.test(digits)) throw new RangeError("eleven digits make a code");
  return digits + remainder(digits);
}

/** As it is printed for people: «4821 0937 5561». */
export function printedCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, "$1 ");
}

/** What the QR code holds. */
export function qrText(code: string): string {
  return MARK + code;
}

/** The code in what a QR code said; null when it is no slip of this service, whole and unharmed. */
export function codeInQr(text: string): string | null {
  if (!text.startsWith(MARK)) return null;
  const code = text.slice(MARK.length);
  return isCode(code) ? code : null;
}

/** A code as a person types it: blanks and dashes do not matter. Throws `slip-code` (input). */
export function typedCode(text: string): string {
  const code = text.replace(/[\s\u2010-\u2015-]/g, "");
  if (isCode(code)) return code;
  throw new SverkaError(
    "input",
    "slip-code",
    /^\d{12}$/.test(code)
      ? "В коде корешка ошибка в одной из цифр: сравните его с напечатанным под квадратом."
      : "Код корешка – 12 цифр, они напечатаны под квадратом: «4821 0937 5561».",
  );
}

function isCode(code: string): boolean {
  return code.length === LENGTH && /^\d+$/.test(code) && remainder(code) === 0;
}
