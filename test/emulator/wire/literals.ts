import type { IsoDate } from "../../../src/domain/time.ts";

/** A value already written in the journal's language. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Value = string | number | null | Raw;

export const num = (id: string): Value => Number(id);

/** `new Date(…)` with its zero-based month. */
export function date(day: IsoDate): Raw {
  const [year, month, dayOfMonth] = day.split("-").map(Number);
  return new Raw(`new Date(${year},${(month ?? 1) - 1},${dayOfMonth},0,0,0,0)`);
}

/** Rows as the journal writes them: raw line breaks stand between them. */
export function rows(values: readonly (readonly Value[])[]): string {
  return `[${values.map((row) => `[${row.map(one).join(",")}]`).join(",\r\n")}]`;
}

function one(value: Value): string {
  if (value === null) return "null";
  if (value instanceof Raw) return value.text;
  if (typeof value === "number") return String(value);
  return `"${value.replace(/[\\"\n\r\t]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c] ?? c)}"`;
}
