import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Emulator } from "../emulator/index.ts";

const AT = "2027-05-31T20:00:00+03:00";
const MAIN = fileURLToPath(new URL("../emulator/main.ts", import.meta.url));

export interface EmulatorProcess {
  /** The journal's own time, which stands still. */
  readonly at: number;
  readonly url: string;
  readonly login: string;
  readonly password: string;
  close(): Promise<void>;
}

/** An emulated journal at the end of its school year in a process of its own, so that what it costs is not counted as ours. */
export async function startEmulatorProcess(size: { classes: number; pupils: number }): Promise<EmulatorProcess> {
  const options = { port: 0, seed: 1, at: AT, ...size };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [MAIN, ...args, "--stand-still", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, at, credentials } = JSON.parse(line) as Pick<Emulator, "url" | "credentials"> & { at: number };
    return {
      at,
      url,
      ...credentials.administrator,
      async close() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error("the emulator did not start");
}
