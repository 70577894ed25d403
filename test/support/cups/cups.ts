import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);
const SYSTEM = "/usr/lib/cups";
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

export interface Cups {
  /** Of the printer «sheets». */
  readonly url: string;
  readonly port: number;
  /** What came out, job by job and page by page: «3 1» is page 1 of job 3. */
  printed(): string[];
  /** The PDF of a job as it went to the printer. */
  pdf(job: string): Uint8Array;
  /** How much paper is in, for a printer that does not wait for it. */
  layIn(sheets: number): void;
  /** Gives paper to a printer that waits for it. */
  refill(sheets: number): void;
  /** Resolves with the first line of CUPS's own log, from now on, that matches. */
  logged(pattern: RegExp): Promise<string>;
  close(): Promise<void>;
}

/** A real CUPS of Debian's on a free port and in a folder of its own, by this very user, with one printer that prints into that folder. */
export async function startCups({ sheets = 1_000_000 } = {}): Promise<Cups> {
  const root = mkdtempSync(join(tmpdir(), "sverka-cups-"));
  const at = (name: string) => join(root, name);
  for (const name of ["server", "cache", "state", "spool", "tmp", "bin", "bin/backend", "out"]) mkdirSync(at(name));
  chmodSync(root, 0o755);
  for (const name of readdirSync(SYSTEM)) if (name !== "backend") symlinkSync(join(SYSTEM, name), at(`bin/${name}`));
  copyFileSync(new URL("sheets.sh", import.meta.url), at("bin/backend/sheets"));
  chmodSync(at("bin/backend/sheets"), 0o700);
  writeFileSync(at("out/paper"), `${sheets}\n`);
  writeFileSync(at("out/log"), "");
  await run("mkfifo", [at("out/refill")]);
  const port = await freePort();
  writeFileSync(at("server/cups-files.conf"), filesConf(root));
  writeFileSync(at("server/cupsd.conf"), daemonConf(port));

  const daemon = spawn("cupsd", ["-f", "-c", at("server/cupsd.conf"), "-s", at("server/cups-files.conf")], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, PATH },
  });
  const lines = createInterface({ input: daemon.stderr });
  const logged = (pattern: RegExp) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const look = (line: string) => {
      if (pattern.test(line)) resolve(line);
    };
    lines.on("line", look);
    const ended = () => reject(new Error("CUPS ended"));
    daemon.once("exit", ended);
    return promise.finally(() => {
      lines.off("line", look);
      daemon.off("exit", ended);
    });
  };
  const cups: Cups = {
    url: `ipp://127.0.0.1:${port}/printers/sheets`,
    port,
    printed: () => readFileSync(at("out/log"), "utf8").split("\n").slice(0, -1),
    pdf: (job) => readFileSync(at(`out/${job}.pdf`)),
    layIn: (count) => writeFileSync(at("out/paper"), `${count}\n`),
    refill: (count) => writeFileSync(at("out/refill"), `${count}\n`),
    logged,
    async close() {
      await stop(daemon);
      rmSync(root, { recursive: true, force: true });
    },
  };
  try {
    await logged(/Resuming new connection processing|Listening to/);
    await run(
      "lpadmin",
      ["-p", "sheets", "-E", "-v", `sheets:${at("out")}`, "-P", join(import.meta.dirname, "sheets.ppd")],
      { env: { ...process.env, PATH, CUPS_SERVER: `127.0.0.1:${port}` } },
    );
    return cups;
  } catch (error) {
    await cups.close();
    throw error;
  }
}

async function stop(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const gone = once(daemon, "exit");
  daemon.kill("SIGTERM");
  await gone;
}

const filesConf = (root: string) => `ServerRoot ${root}/server
ServerBin ${root}/bin
CacheDir ${root}/cache
StateDir ${root}/state
RequestRoot ${root}/spool
TempDir ${root}/tmp
AccessLog ${root}/access
PageLog ${root}/pages
ErrorLog stderr
Printcap
Sandboxing relaxed
`;

const daemonConf = (port: number) => `Listen 127.0.0.1:${port}
LogLevel debug
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow 127.0.0.1
  </Limit>
</Policy>
`;

function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
  });
  return promise;
}
