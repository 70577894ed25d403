import { fileURLToPath } from "node:url";
import type { AnalysisDocument } from "../../domain/analysis/document.ts";
import type { EpochMs } from "../../domain/time.ts";
import { print } from "../typst/print.ts";

const template = fileURLToPath(new URL("analysis.typ", import.meta.url));

/** The analysis as tagged PDF/A-2a; `at` becomes its date. */
export function printAnalysis(document: AnalysisDocument, at: EpochMs): Promise<Uint8Array> {
  return print({ template, title: document.title, data: document, at });
}
