import { SverkaError } from "../../src/domain/error.ts";

export type TableErrorCode =
  | "table-unreadable"
  | "table-too-big"
  | "table-empty"
  | "table-kind"
  | "table-broken"
  | "table-locked"
  | "table-sheet"
  | "table-encoding";

/** A file that cannot be read as a table, in one sentence that begins with its name. */
export function refusal(code: TableErrorCode, fileName: string, sentence: string, cause?: unknown): SverkaError {
  return new SverkaError("input", code, `Файл «${fileName}» ${sentence}`, { cause });
}
