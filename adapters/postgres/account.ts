import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, parse } from "node:path";

/** As whom PostgreSQL runs. It refuses to run as root, so root lends it a system user. */
export interface Account {
  readonly ids: { readonly uid: number; readonly gid: number } | Record<string, never>;
  /** The folder itself, or one that the account can reach and that stands for it. */
  placeFor(folder: string): string;
  binariesFrom(folder: string): string;
}

const SHARED = "/var/lib/sverka";

/** Nothing special for a plain user; for root the `postgres` user, made when there is none. */
export function databaseAccount(): Account {
  if (process.getuid?.() !== 0) return { ids: {}, placeFor: (folder) => folder, binariesFrom: (folder) => folder };
  const ids = postgresUser();
  return {
    ids,
    placeFor(folder) {
      if (reachable(dirname(folder))) return folder;
      const place = notedPlace(`${folder}.place`);
      mkdirSync(dirname(place), { recursive: true, mode: 0o755 });
      return place;
    },
    binariesFrom(folder) {
      if (reachable(folder)) return folder;
      const place = join(SHARED, `binaries-${hashOf(folder)}`);
      if (!existsSync(place)) copyWhole(folder, place);
      return place;
    },
  };
}

/** Gives a folder to the account, for it alone. */
export function own(folder: string, { ids }: Account): void {
  if ("uid" in ids && ids.uid !== undefined) chownSync(folder, ids.uid, ids.gid);
  chmodSync(folder, 0o700);
}

function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    execFileSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      { stdio: "ignore" },
    );
    return { uid: id("-u"), gid: id("-g") };
  }
}

/** Where the cluster of this data folder is: noted in the folder itself, so that who deletes the folder begins anew. */
function notedPlace(note: string): string {
  try {
    writeFileSync(note, join(SHARED, randomUUID()), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
  }
  return readFileSync(note, "utf8").trim();
}

/** Whether everybody may walk down to the folder: that is what the lent user has. */
function reachable(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false;
    if (path === parse(path).root) return true;
  }
}

// Copied aside and renamed, so that a copy that was cut off is never taken for a whole one.
function copyWhole(from: string, to: string): void {
  const half = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
