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
  return padded(rows.map(cellsOf));
}

/** The text with these rows in its table between the markers, in the place of earlier ones of the same commands; the others stay. */
export function withTable(text: string, rows: readonly NamedRow[], commands: readonly string[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the README has no place «${BEGIN} … ${END}»`);
  const measured = new Set(rows.map(({ command }) => commandCell(command)));
  const kept = rowsIn(text.slice(begin, end)).filter((cells) => !measured.has(cells.at(-1) ?? ""));
  const order = commands.map(commandCell);
  const place = (cells: readonly string[]) => order.indexOf(cells.at(-1) ?? "");
  const all = [...kept, ...rows.map(cellsOf)].toSorted((one, other) => place(one) - place(other));
  const machine = `Node ${process.versions.node}, ${availableParallelism()} cores, everything on one machine.`;
  return `${text.slice(0, begin + BEGIN.length)}\n\n${machine}\n\n${padded(all)}\n\n${text.slice(end)}`;
}

function cellsOf(row: NamedRow): string[] {
  return [
    row.what,
    row.ours,
    row.rival,
    isMet(row) ? figure(row, row.reached) : `${figure(row, row.reached)}, missed`,
    row.target === null ? "–" : aim(row, row.target),
    commandCell(row.command),
  ];
}

const commandCell = (command: string) => `\`${command}\``;

/** The cells of a table that `padded` made, without its head. */
function rowsIn(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
}

function padded(cells: readonly (readonly string[])[]): string {
  const widths = HEAD.map((head, column) =>
    Math.max(...[HEAD, ...cells].map((line) => [...(line[column] ?? head)].length)),
  );
  const line = (parts: readonly string[]) =>
    `| ${parts.map((part, column) => part + " ".repeat((widths[column] ?? 0) - [...part].length)).join(" | ")} |`;
  return [line(HEAD), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
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
