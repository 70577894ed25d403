import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Emulator } from "../emulator/index.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
/** The launcher's own: dozens of processes begin in half the time. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/sverka", import.meta.url));

export interface Ran {
  /** Null: ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ran>;
  /** Resolves when the text has appeared on stdout or stderr. */
  said(text: string): Promise<void>;
}

export type Variables = Readonly<Record<string, string>>;

export interface RunOptions {
  readonly cwd?: string;
  /** Runs this instead of the command line's own file. */
  readonly program?: readonly [string, ...string[]];
}

/** The variables that the program reads, so that those of the machine do not get in. */
const OWN = /^(AVERS_|SVERKA_|DATABASE_URL|REDIS_URL|SMTP_URL|LOG_LEVEL)/;

/** Starts `sverka` as a process of its own with these variables and no others of its own. */
export function startSverka(args: readonly string[], env: Variables, { cwd, program }: RunOptions = {}): Running {
  const machine = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.test(name)));
  const [command, ...before] = program ?? [process.execPath, CLI];
  const child = spawn(command, [...before, ...args], {
    env: { ...machine, NODE_COMPILE_CACHE, ...env },
    ...(cwd ? { cwd } : {}),
  });
  let [stdout, stderr] = ["", ""];
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return {
    process: child,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text) || stderr.includes(text)) {
            listeners.delete(look);
            resolve();
          }
        };
        listeners.add(look);
        void ended.then((ran) => reject(new Error(`ended before «${text}»: ${JSON.stringify(ran)}`)), reject);
        look();
      }),
  };
}

export async function sverka(args: readonly string[], env: Variables, options: RunOptions = {}): Promise<Ran> {
  const running = startSverka(args, env, options);
  running.process.stdin?.end();
  return running.ended;
}

/** Where the journal is and how its administrator signs in. */
export function journalOf({ url, credentials: { administrator } }: Emulator): Variables {
  return { AVERS_URL: url, AVERS_LOGIN: administrator.login, AVERS_PASSWORD: administrator.password };
}
