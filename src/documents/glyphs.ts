/** The characters of a TrueType font, by its Unicode table of format 4: the whole Basic Multilingual Plane, which is all that PT fonts hold. */
export function charactersOf(font: Buffer): ReadonlySet<number> {
  const cmap = tableOf(font, "cmap");
  const start = unicodeTable(font, cmap);
  const segments = font.readUInt16BE(start + 6) / 2;
  const ends = start + 14;
  const begins = ends + segments * 2 + 2;
  const deltas = begins + segments * 2;
  const ranges = deltas + segments * 2;
  const found = new Set<number>();
  for (let segment = 0; segment < segments; segment++) {
    const at = segment * 2;
    const offset = font.readUInt16BE(ranges + at);
    const begin = font.readUInt16BE(begins + at);
    for (let code = begin; code <= font.readUInt16BE(ends + at) && code !== 0xffff; code++) {
      const glyph =
        offset === 0
          ? code + font.readUInt16BE(deltas + at)
          : font.readUInt16BE(ranges + at + offset + (code - begin) * 2);
      if ((glyph & 0xffff) !== 0) found.add(code);
    }
  }
  return found;
}

const longestWord = 28;
const breakHere = "\u200b";

/** Lets endless words (an address, a row of signs) break, so that no text leaves its column; a hyphen is a place to break already. */
export function breakLongWords(text: string): string {
  return text.replace(/[^\s\u200b-]{29,}/g, (word) =>
    (word.match(new RegExp(`.{1,${longestWord}}`, "gu")) ?? []).join(breakHere),
  );
}

/**
 * Makes texts printable: pictures (emoji) go, any other character that a font lacks becomes «?». PDF/A refuses characters without a glyph, and one
 * odd remark must not stop the print of a whole school.
 */
export function createPrintable(fonts: readonly Buffer[]): (text: string) => string {
  const known = fonts.map(charactersOf);
  const everywhere = (sign: string) => known.every((set) => set.has(sign.codePointAt(0) ?? 0));
  return (text) => {
    let out = "";
    for (const sign of text.normalize("NFC")) {
      if (sign === "\n" || sign === "\u00a0" || everywhere(sign)) out += sign;
      else if (!/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Cc}\p{Cf}\p{Mn}]/u.test(sign)) out += "?";
    }
    return out;
  };
}

function tableOf(font: Buffer, name: string): number {
  const tables = font.readUInt16BE(4);
  for (let table = 0; table < tables; table++) {
    const at = 12 + table * 16;
    if (font.toString("latin1", at, at + 4) === name) return font.readUInt32BE(at + 8);
  }
  throw new RangeError(`the font has no table ${name}`);
}

function unicodeTable(font: Buffer, cmap: number): number {
  const count = font.readUInt16BE(cmap + 2);
  for (let table = 0; table < count; table++) {
    const at = cmap + 4 + table * 8;
    const start = cmap + font.readUInt32BE(at + 4);
    const platform = font.readUInt16BE(at);
    if ((platform === 0 || (platform === 3 && font.readUInt16BE(at + 2) === 1)) && font.readUInt16BE(start) === 4)
      return start;
  }
  throw new RangeError("the font has no Unicode table of format 4");
}
