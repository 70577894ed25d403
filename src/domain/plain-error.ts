import { SverkaError } from "./error.ts";

/** What may be written down of an error. */
export interface PlainError {
  /** The error's class. */
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  /** Where it came from: frames only, without the message that heads a stack. */
  readonly stack: string;
  readonly cause?: { readonly type: string; readonly code: string | null };
}

/**
 * Any error without what it may quote. Our own sentences hold ids only; the words of others do not: a database repeats the row that it
 * refused, a mapper the whole call. Of those stays the kind, the code and the place. Pure.
 */
export function plainError(error: unknown): PlainError {
  const { type, code } = kindOf(error);
  const own = error instanceof SverkaError;
  const known = code === null ? type : `${type} ${code}`;
  return {
    type,
    code,
    message: own ? error.message : `Непредвиденная ошибка (${known}): покажите разработчикам журнал программы.`,
    stack: framesOf(error),
    ...(own && error.cause !== undefined ? { cause: kindOf(error.cause) } : {}),
  };
}

function kindOf(error: unknown): { type: string; code: string | null } {
  if (!(error instanceof Error)) return { type: typeof error, code: null };
  const code = "code" in error ? error.code : undefined;
  return { type: error.constructor.name, code: typeof code === "string" && /^[\w-]{1,60}$/.test(code) ? code : null };
}

function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { stack = "", message } = error;
  // A message may have lines that look like frames.
  return (stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : "")
    .split("\n")
    .filter((line) => /^\s+at \S/.test(line))
    .join("\n");
}
