import { type Element, readXml } from "./xml.ts";

export interface SheetEntry {
  readonly name: string;
  /** The part's name within the package. */
  readonly part: string;
  readonly visible: boolean;
}

/** The sheets in their order, and whether days are counted from 1904. */
export async function readSheets(
  workbook: AsyncIterable<string>,
  relations: AsyncIterable<string>,
): Promise<{ sheets: SheetEntry[]; from1904: boolean }> {
  const targets = new Map<string, string>();
  await readXml(relations, {
    open: ({ name, attributes: { Id = "", Target = "" } }) => {
      if (name === "Relationship") targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  await readXml(workbook, {
    open: ({ name, attributes }) => {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      const part = targets.get(attributes.id ?? "");
      if (name === "sheet" && part !== undefined)
        sheets.push({ name: attributes.name ?? "", part, visible: (attributes.state ?? "visible") === "visible" });
    },
  });
  return { sheets, from1904 };
}

/** The texts that cells share, by their index. Readings for Japanese (`rPh`) are no text. */
export async function readSharedStrings(part: AsyncIterable<string>): Promise<string[]> {
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = false;
  await readXml(part, {
    open: ({ name }) => {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic = true;
      else if (name === "t") inText = !phonetic;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === "si") strings.push(current);
      else if (name === "rPh") phonetic = false;
      else if (name === "t") inText = false;
    },
  });
  return strings;
}

/** For each cell style, whether its number is shown as a day. */
export async function readDateStyles(part: AsyncIterable<string>): Promise<boolean[]> {
  const custom = new Map<string, string>();
  const styles: boolean[] = [];
  let inCells = false;
  await readXml(part, {
    open: ({ name, attributes }: Element) => {
      if (name === "numFmt") custom.set(attributes.numFmtId ?? "", attributes.formatCode ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) styles.push(isDate(attributes.numFmtId ?? "0", custom));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

function isDate(id: string, custom: ReadonlyMap<string, string>): boolean {
  const code = custom.get(id);
  if (code === undefined) {
    const number = Number(id);
    return (
      (number >= 14 && number <= 17) ||
      number === 22 ||
      (number >= 27 && number <= 36) ||
      (number >= 50 && number <= 58)
    );
  }
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "");
  return /[dy]/i.test(bare) && !/general/i.test(bare);
}
