import type { PrintOrder } from "../../../src/ports/printer.ts";
import { one, type Values, words } from "./ask.ts";
import { type IppAttribute, TAG } from "./message.ts";

const LONGEST_NAME = 200;
const A4 = "iso_a4_210x297mm";

/** The name at the printer's panel, with the mark by which the job is found again; at most 255 octets (RFC 8011, 5.1.3). */
export function jobName({ name, mark }: Pick<PrintOrder, "name" | "mark">): string {
  let title = "";
  for (const letter of name) {
    if (Buffer.byteLength(title + letter) > LONGEST_NAME) break;
    title += letter;
  }
  return `${title} [${mark}]`;
}

/** How the pages lie, of what this printer can do: the right sides, A4, and no scaling, for the address has to stand in its envelope's window. */
export function wishes({ sides }: PrintOrder, printer: Values): IppAttribute[] {
  const wanted = [
    ["sides", sides === "two-sided" ? "two-sided-long-edge" : "one-sided"],
    ["media", A4],
    ["print-scaling", "none"],
  ] as const;
  return wanted
    .filter(([name, value]) => words(printer, `${name}-supported`).includes(value))
    .map(([name, value]) => one(name, TAG.keyword, value));
}
