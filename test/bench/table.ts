import { availableParallelism } from "node:os";
import type { BenchRow } from "./row.ts";

export interface NamedRow extends BenchRow {
  readonly command: string;
}

const HEAD = ["what", "ours", "rival in the same run", "reached", "to reach", "command"];
const BEGIN = "<!-- benchmarks -->";
const END = "<!-- /benchmarks -->";

/** A Markdown table, its columns padded as the formatter pads them. */
export function tableOf(rows: readonly NamedRow[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.ours,
    row.rival,
    isMet(row) ? figure(row, row.reached) : `${figure(row, row.reached)}, missed`,
    row.target === null ? "–" : aim(row, row.target),
    `\`${row.command}\``,
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(...[HEAD, ...cells].map((line) => [...(line[column] ?? head)].length)),
  );
  const line = (parts: readonly string[]) =>
    `| ${parts.map((part, column) => part + " ".repeat((widths[column] ?? 0) - [...part].length)).join(" | ")} |`;
  return [line(HEAD), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

/** The text with its table and the machine's kind between the markers. */
export function withTable(text: string, rows: readonly NamedRow[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the README has no place «${BEGIN} … ${END}»`);
  const machine = `Node ${process.versions.node}, ${availableParallelism()} cores, everything on one machine.`;
  return `${text.slice(0, begin + BEGIN.length)}\n\n${machine}\n\n${tableOf(rows)}\n\n${text.slice(end)}`;
}

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2);
const figure = ({ unit }: BenchRow, value: number) => `${value.toFixed(digits(value))}${unit === "" ? "" : ` ${unit}`}`;

function aim({ unit }: BenchRow, target: NonNullable<BenchRow["target"]>): string {
  const [sign, value] = "atLeast" in target ? ["≥", target.atLeast] : ["≤", target.atMost];
  return `${sign} ${value}${unit === "" ? "" : ` ${unit}`}`;
}

function isMet({ reached, target }: BenchRow): boolean {
  if (target === null) return true;
  return "atLeast" in target ? reached >= target.atLeast : reached <= target.atMost;
}
