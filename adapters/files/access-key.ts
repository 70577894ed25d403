import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SverkaError } from "../../src/domain/error.ts";

const BYTES = 32;

/**
 * The key that the secrets of people's phones are encrypted with: it lies beside the data, readable by its owner alone, and in no copy of the database. Made at the first
 * asking. Throws `access-key` (configuration).
 */
export function accessKey(dataFolder: string): Buffer {
  const path = join(dataFolder, "access.key");
  try {
    mkdirSync(dataFolder, { recursive: true });
    // Of two processes at once one makes it, and both read the same.
    writeFileSync(path, `${randomBytes(BYTES).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw unusable(path, cause);
  }
  let key: Buffer;
  try {
    key = Buffer.from(readFileSync(path, "utf8").trim(), "base64");
  } catch (cause) {
    throw unusable(path, cause);
  }
  if (key.length !== BYTES) throw unusable(path);
  return key;
}

function unusable(path: string, cause?: unknown): SverkaError {
  return new SverkaError(
    "configuration",
    "access-key",
    `Ключ учётных записей «${path}» не читается или испорчен: проверьте права или верните файл из копии. Без него всем придётся заново настроить вход по коду: тогда удалите файл и выдайте новые коды командой «sverka accounts link».`,
    { cause },
  );
}
