import fc from "fast-check";
import { WireDate } from "../../../../adapters/avers/tokens.ts";

/** What a test writes: a day is a `WireDate`. */
export type Written = null | number | string | WireDate;

export interface Style {
  /** Old builds do not escape quotes inside texts. */
  readonly bareQuotes?: boolean;
  readonly between?: string;
}

/** Writes rows as the journal does: an own writer, so that the reader is not held against itself. */
export function written(
  rows: readonly (readonly Written[])[],
  { bareQuotes = false, between = "\r\n" }: Style = {},
): string {
  const cell = (value: Written): string => {
    if (value instanceof WireDate) {
      const [year, month, day] = value.day.split("-").map(Number);
      return `new Date(${year},${(month ?? 1) - 1},${day},0,0,0,0)`;
    }
    if (typeof value !== "string") return String(value);
    const text = value.replaceAll("\\", "\\\\").replaceAll("\t", "\\t");
    return `"${bareQuotes ? text : text.replaceAll('"', '\\"')}"`;
  };
  return `[${rows.map((row) => `[${row.map(cell).join(",")}]`).join(`,${between}`)}]`;
}

export const day = (iso: string) => new WireDate(iso);

/** Texts made of everything that could be taken for the language around them. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        ",",
        "[",
        "]",
        '","',
        '", "',
        '"],["',
        '"],\r\n["',
        ',"',
        '",',
        '",null,"',
        '",1,"',
        ",1,",
        "null",
        "new Date(2026,3,27,0,0,0,0)",
        '",new Date(2026,3,27),"',
        "\\",
        "\n",
        "\t",
        " ",
        ";",
        "]]",
        "0",
        "7",
        "Гроза",
        "«Лес»",
        "<b>",
        "\u2028",
        "\ufeff",
      ),
      fc.string({ maxLength: 4, unit: "binary" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
