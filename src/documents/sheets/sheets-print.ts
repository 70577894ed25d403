import { fileURLToPath } from "node:url";
import type { PlainLetter } from "../../domain/report/plain-letter.ts";
import type { EpochMs } from "../../domain/time.ts";
import { print } from "../typst/print.ts";

const template = fileURLToPath(new URL("sheets.typ", import.meta.url));

/** The letters of teachers whom no letter reaches, to be handed out on paper; tagged PDF/A-2a dated `at`. */
export function printSheets(
  sheets: readonly { readonly teacher: string; readonly letter: PlainLetter }[],
  at: EpochMs,
): Promise<Uint8Array> {
  return print({ template, title: "Листы учителям", data: sheets, at });
}
