#!/usr/bin/env node
// The door for whatever Node the machine has: hands over to the Node 26 that `npm ci` laid into node_modules.
// Plain JavaScript on purpose, because an old Node must be able to read it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
/**
 * Node lets the heap of a process grow as large as the machine allows before it clears up. A school's PC has other work to do: these make it clear up
 * earlier, which costs little time and sets no limit (`npm run bench -- memory`). The service, which lasts, does so less often: who waits for a page would wait for that too
 * (`npm run bench -- pages`).
 */
const heapFlags = createRequire(import.meta.url)("./heap-flags.json");

/** The Node of the `node` package, whatever folder npm put it in; this very Node when it is new enough. */
function modernNode() {
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
  const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
  const binary = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  process.stderr.write("Не найден Node 26: выполните «npm ci» в папке программы.\n");
  process.exit(2);
}

const [flag, ...rest] = process.argv.slice(2);
const flags = ["start", "worker"].includes(flag) ? heapFlags.service : heapFlags.command;
const target = flag === "--run" ? rest : [...flags, join(here, "cli.ts"), ...process.argv.slice(2)];
const env = { ...process.env };
// Halves the time that a command needs to begin; where the folder cannot be written, Node does without.
env.NODE_COMPILE_CACHE ??= join(here, "..", "node_modules", ".cache", "sverka");
// `prisma generate` would try to download an engine that it does not use; the name of any program stops that.
if (flag === "--run") env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

const child = spawn(modernNode(), target, { stdio: "inherit", env });
// On Windows the console gives Ctrl+C to the child itself, and a signal from here would end it unasked.
const pass = process.platform === "win32" ? () => undefined : (signal) => child.kill(signal);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
