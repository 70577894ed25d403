/** Whom the trouble concerns decides the exit code of the command line: see `src/cli`. */
export type ErrorKind = "configuration" | "journal" | "input" | "trouble";

/**
 * An error that a school's administrator can read: `message` is one Russian sentence that says what, where, and what to do.
 * It holds ids, never names or marks. `code` is stable and meant for programs.
 */
export class SverkaError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "SverkaError";
    this.kind = kind;
    this.code = code;
  }
}
