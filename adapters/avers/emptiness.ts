/** How an answer looks before it is read: what decides whether it may be believed. */
export type Look = "empty" | "denied" | "list" | "broken";

const MAX_SMALL = 4096;

/**
 * Cheap, for answers of any length. Lists without a single cell (`[]`, `[[]]`) are empty: lost cookies get them too, so that nobody
 * may believe them without a proof (avers-protocol.md § 2). `[error_symbol]` is a plain no. A list of rows ends with two brackets: one
 * that does not was cut off, or is something else.
 */
export function lookOf(bytes: Buffer): Look {
  if (bytes.length <= MAX_SMALL) {
    const small = bytes.toString("utf8").replace(/[\s\uFEFF]+/g, "");
    if (/^\[(?:\[\],?)*\];*$/.test(small)) return "empty";
    if (/^\[?error_symbol\]?;*$/.test(small)) return "denied";
  }
  const head = bytes.toString("latin1", 0, 64).replace(/^\u00ef\u00bb\u00bf/, "");
  const tail = bytes.toString("latin1", Math.max(0, bytes.length - 64));
  return /^\s*\[/.test(head) && /\]\s*,?\s*\]\s*;*\s*$/.test(tail) ? "list" : "broken";
}
