// `npm run bench [-- NAME …] [--write]`: measures, each name in a process of its own, and prints a Markdown table; --write puts its rows into the README's.
import { fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { BenchRow } from "./row.ts";
import { type NamedRow, tableOf, withTable } from "./table.ts";

const BENCHES: Readonly<Record<string, () => Promise<{ run(): Promise<BenchRow[]> }>>> = {
  pass: () => import("./pass.ts"),
  memory: () => import("./memory.ts"),
  parsing: () => import("./parsing.ts"),
  rules: () => import("./rules.ts"),
  check: () => import("./check.ts"),
  control: () => import("./control.ts"),
  notices: () => import("./notices.ts"),
  sheets: () => import("./sheets.ts"),
  scans: () => import("./scans.ts"),
  pages: () => import("./pages.ts"),
};
const README = new URL("../../README.md", import.meta.url);

const asked = process.argv.slice(2);
const write = asked.includes("--write");
const names = asked.filter((name) => name !== "--write");
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
const here = process.send === undefined ? undefined : BENCHES[names[0] ?? ""];

if (here !== undefined) {
  const { run } = await here();
  process.send?.(await run());
  process.disconnect?.();
} else if (unknown.length > 0) {
  process.stderr.write(`npm run bench [-- ${Object.keys(BENCHES).join(" | ")}] [--write]\n`);
  process.exitCode = 2;
} else {
  await measureAll(names.length > 0 ? names : Object.keys(BENCHES));
}

async function measureAll(wanted: readonly string[]): Promise<void> {
  const rows: NamedRow[] = [];
  for (const name of wanted) {
    process.stderr.write(`${name} …\n`);
    const fresh = (await measured(name)).map((row) => ({ ...row, command: commandOf(name) }));
    rows.push(...fresh);
    if (write && fresh.length > 0)
      writeFileSync(README, withTable(readFileSync(README, "utf8"), fresh, Object.keys(BENCHES).map(commandOf)));
  }
  process.stdout.write(`${tableOf(rows)}\n`);
}

function commandOf(name: string): string {
  return `npm run bench -- ${name}`;
}

/** One bench in a process of its own, so that none inherits the memory and the warmth of another. */
async function measured(name: string): Promise<BenchRow[]> {
  const child = fork(import.meta.filename, [name], { execArgv: ["--expose-gc"] });
  const rows: BenchRow[] = [];
  child.on("message", (answer) => rows.push(...(answer as BenchRow[])));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) {
    process.stderr.write(`${name}: failed\n`);
    process.exitCode = 1;
  }
  return rows;
}
