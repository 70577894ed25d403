import { refusal } from "./refusal.ts";

/** The text of a file in UTF-8 or UTF-16 (with or without a mark) or Windows-1251. Throws `table-encoding`, `table-kind`. */
export function decode(bytes: Buffer, fileName: string): string {
  const marked = fromMark(bytes);
  if (marked === null && bytes.includes(0)) throw refusal("table-kind", fileName, "– не таблица: нужен XLSX или CSV.");
  const text = marked ?? utf8(bytes) ?? windows1251(bytes);
  if (text === null || UNREADABLE.test(text)) {
    throw refusal("table-encoding", fileName, "в неизвестной кодировке: сохраните его как «CSV UTF-8».");
  }
  return text;
}

// No control signs but tab and line breaks, and no sign for what could not be decoded.
const UNREADABLE = /(?![\t\r\n\f\v])[\p{Cc}\ufffd]/u;

function fromMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return null;
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Other eight-bit encodings become letters that no Russian text has: then it is not this one. */
function windows1251(bytes: Buffer): string | null {
  const text = new TextDecoder("windows-1251").decode(bytes);
  const russian = text.match(/[а-яё]/gi)?.length ?? 0;
  const foreign = text.match(/[ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЄЇІіґјЅѕєї\u0080-\u009f†‡‰‹›¤¦¬¶µ]/g)?.length ?? 0;
  return foreign > russian / 10 ? null : text;
}
