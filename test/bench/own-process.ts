import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import heapFlags from "../../src/heap-flags.json" with { type: "json" };

/** Where `src/launch.mjs` has it too. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/sverka", import.meta.url));
const REPORT = new URL("./report-peak.ts", import.meta.url).href;

/**
 * One of these files in a process of its own, begun as a command of `sverka` is or as its service, on a store: what it tells as JSON, and the most memory that it
 * ever held, in MB of a million bytes.
 */
export async function ownProcess<Told>(
  file: string,
  {
    databaseUrl,
    folder,
    args,
    as = "command",
  }: { databaseUrl: string; folder: string; args: readonly string[]; as?: keyof typeof heapFlags },
): Promise<Told & { readonly peak: number }> {
  const peakFile = join(folder, "peak");
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [...heapFlags[as], "--import", REPORT, program, folder, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE, DATABASE_URL: databaseUrl, PEAK_FILE: peakFile },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return { ...(JSON.parse(said) as Told), peak: (Number(readFileSync(peakFile, "utf8")) * 1024) / 1e6 };
}
