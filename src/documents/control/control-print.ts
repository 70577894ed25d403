import { fileURLToPath } from "node:url";
import type { ControlDocument } from "../../domain/control/document.ts";
import type { EpochMs } from "../../domain/time.ts";
import { print } from "../typst/print.ts";

const template = fileURLToPath(new URL("control.typ", import.meta.url));

/** The control as tagged PDF/A-2a; `at` becomes its date. */
export function printControl(document: ControlDocument, at: EpochMs): Promise<Uint8Array> {
  return print({ template, title: document.title, data: document, at });
}
