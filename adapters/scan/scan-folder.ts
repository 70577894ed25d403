import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { ScanFolder, ScanSource } from "../../src/ports/scan-folder.ts";
import { writeWhole } from "../write-whole.ts";
import { LIMITS } from "./limits.ts";
import { refusal } from "./refusal.ts";

/** Names under which copiers and mail programs write what is not whole yet, and what people do not see. */
const UNFINISHED = /^[.~]|[.](part|partial|tmp|temp|crdownload|filepart)$|^(desktop[.]ini|thumbs[.]db)$/i;
const OURS = /^[0-9a-f]{32}([.][a-z]{3,4})?$/;

/** Of a name; a person opens the original by it. */
const ENDING = /[.](pdf|jpe?g|png|tiff?)$/i;

interface Sight {
  readonly bytes: number;
  readonly changed: number;
}

/** `data/scans` with `kept` and `refused` in it. Remembers between two looks how large each file was: one that still grows is left alone. */
export function createScanFolder(dataFolder: string): ScanFolder {
  const data = resolve(dataFolder);
  const [inbox, kept, refused] = [join(data, "scans"), join(data, "scans", "kept"), join(data, "scans", "refused")];
  const aside = (name: string, digest: string) => join(refused, `${digest.slice(0, 8)} ${name}`);
  let before: ReadonlyMap<string, Sight> = new Map();
  const measured = new Map<string, Sight>();
  const sight = async (path: string): Promise<Sight> => {
    const { size, mtimeMs } = await stat(path);
    return { bytes: size, changed: mtimeMs };
  };
  return {
    async arrived() {
      await Promise.all([kept, refused].map((folder) => mkdir(folder, { recursive: true })));
      const seen = new Map<string, Sight>();
      const ready: ScanSource[] = [];
      for (const entry of (await readdir(inbox, { withFileTypes: true })).toSorted(byName)) {
        if (!entry.isFile() || UNFINISHED.test(entry.name)) continue;
        const path = join(inbox, entry.name);
        const now = await sight(path).catch(() => null);
        if (now === null) continue;
        seen.set(path, now);
        if (same(before.get(path), now)) ready.push({ path, name: entry.name });
      }
      before = seen;
      return ready;
    },
    async measure({ path }) {
      try {
        const now = await sight(path);
        const hash = createHash("sha256");
        for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
        measured.set(path, now);
        return { digest: hash.digest("hex"), bytes: now.bytes };
      } catch (cause) {
        throw refusal("scan-unreadable", cause);
      }
    },
    async read({ path }) {
      const { bytes } = await sight(path).catch((cause: unknown) => {
        throw refusal("scan-unreadable", cause);
      });
      if (bytes > LIMITS.file) throw refusal("scan-too-big");
      if (bytes === 0) throw refusal("scan-empty");
      return readFile(path).catch((cause: unknown) => {
        throw refusal("scan-unreadable", cause);
      });
    },
    async keep(bytes, { digest, day, name }) {
      const folder = join(kept, day.slice(0, 7));
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${digest.slice(0, 32)}${ENDING.exec(name)?.[0].toLowerCase() ?? ""}`);
      await writeWhole(path, bytes);
      return relative(data, path);
    },
    asidePath: ({ name }, digest) => relative(data, aside(name, digest)),
    async setAside({ path, name }, digest) {
      await mkdir(refused, { recursive: true });
      await rename(path, aside(name, digest));
    },
    async remove({ path }) {
      const now = await sight(path).catch(() => null);
      if (now !== null && same(measured.get(path), now)) await rm(path, { force: true });
      measured.delete(path);
    },
    async destroy(path) {
      await rm(join(data, path), { force: true });
    },
    async kept() {
      const entries = await readdir(kept, { withFileTypes: true, recursive: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile() && OURS.test(entry.name))
        .map((entry) => relative(data, join(entry.parentPath, entry.name)));
    },
  };
}

const same = (one: Sight | undefined, other: Sight) =>
  one !== undefined && one.bytes === other.bytes && one.changed === other.changed;
const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
