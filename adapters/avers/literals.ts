import { answerError } from "./errors.ts";
import { numberEnd, skipSpace, unescapeText, type WireValue, wordAt } from "./tokens.ts";

export interface Literals {
  readonly value: WireValue;
  /** Where each row of the outer list begins and ends in the text, in pairs. */
  readonly spans: readonly number[];
  /** An escaped quote was met: this build escapes them, so that every bare quote is a border. */
  readonly escapesQuotes: boolean;
}

const MAX_DEPTH = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;

/**
 * Reads an answer: a JavaScript expression of arrays, strings, numbers, dates and null – tokenised in one pass, never evaluated.
 * Every quote that is not escaped is a border here; what to do with builds that do not escape them is `untangle.ts`'s business.
 * Throws `journal-answer`; the message tells where, never what stood there.
 */
export function parseLiterals(text: string): Literals {
  const { length } = text;
  const spans: number[] = [];
  const outer: WireValue[][] = [];
  let list: WireValue[] | null = null;
  let escapesQuotes = false;
  let at = skipSpace(text, 0);

  for (;;) {
    let value: WireValue = null;
    let closing = false;
    let code = text.charCodeAt(at);
    if (code <= 32 || code >= 160) {
      at = skipSpace(text, at);
      code = text.charCodeAt(at);
    }
    if (code === QUOTE) {
      const from = at + 1;
      let escaped = false;
      for (at = from; ; at += 1) {
        code = text.charCodeAt(at);
        if (code === QUOTE) break;
        if (code === BACKSLASH) {
          escaped = true;
          at += 1;
          if (text.charCodeAt(at) === QUOTE) escapesQuotes = true;
        } else if (at >= length) throw refusal(text, length, "строка не закончена");
      }
      value = escaped ? unescapeText(text.slice(from, at)) : text.slice(from, at);
      at += 1;
    } else if ((code >= 48 && code <= 57) || code === MINUS) {
      const from = at;
      let number = 0;
      for (code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(at)) {
        number = number * 10 + code - 48;
        at += 1;
      }
      if (at - from > 15 || at === from || code === 46 || (code | 32) === 101) {
        const end = numberEnd(text, from);
        if (end < 0) throw refusal(text, from, "неверное число");
        number = Number(text.slice(from, end));
        at = end;
      }
      value = number;
    } else if (code === OPEN) {
      if (outer.length >= MAX_DEPTH) throw refusal(text, at, "слишком глубокая вложенность");
      if (list !== null) {
        if (outer.length === 0) spans.push(at);
        outer.push(list);
      }
      list = [];
      at += 1;
      continue;
    } else if (code === CLOSE && list !== null) {
      closing = true;
    } else if (code === COMMA && list !== null) {
      // A hole (`[1,,2]`) is an undefined value in JavaScript.
      list.push(null);
      at += 1;
      continue;
    } else if (code === 110 && text.charCodeAt(at + 1) === 117 && text.startsWith("null", at)) {
      at += 4;
    } else {
      const word = wordAt(text, at);
      if (word === null) throw refusal(text, at, at >= length ? "ответ оборван" : "ожидалось значение");
      value = word.value;
      at = word.end;
    }

    // Behind a value: its separator, and the ends of as many lists as close here.
    if (!closing) {
      if (list === null) return ended(text, at, { value, spans, escapesQuotes });
      list.push(value);
    }
    for (;;) {
      if (!closing) {
        code = text.charCodeAt(at);
        if (code === COMMA) {
          at += 1;
          break;
        }
        if (code <= 32 || code >= 160) {
          at = skipSpace(text, at);
          code = text.charCodeAt(at);
          if (code === COMMA) {
            at += 1;
            break;
          }
        }
        if (code !== CLOSE) {
          throw refusal(text, at, at >= length ? "ответ оборван" : "ожидалась запятая или конец списка");
        }
      }
      closing = false;
      at += 1;
      const done: WireValue = list;
      const parent: WireValue[] | undefined = outer.pop();
      if (parent === undefined) return ended(text, at, { value: done, spans, escapesQuotes });
      if (outer.length === 0) spans.push(at);
      parent.push(done);
      list = parent;
    }
  }
}

function ended(text: string, from: number, literals: Literals): Literals {
  let at = skipSpace(text, from);
  while (text.charCodeAt(at) === 59) at = skipSpace(text, at + 1);
  if (at < text.length) throw refusal(text, at, "лишнее после конца ответа");
  return literals;
}

function refusal(text: string, at: number, what: string): Error {
  const html = /^[\s\uFEFF]*</.test(text.slice(0, 64));
  return answerError(html ? "вместо данных пришла страница HTML" : `${what}, знак ${at} из ${text.length}`);
}
