import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { SverkaError } from "../../src/domain/error.ts";
import type { Files } from "../../src/ports/files.ts";
import { writeWhole } from "../write-whole.ts";

/** Files in folders of this machine. */
export const folderFiles: Files = {
  async write(folder, name, content) {
    const path = resolve(join(folder, name));
    try {
      await mkdir(folder, { recursive: true });
      await writeWhole(path, content);
      return path;
    } catch (cause) {
      throw new SverkaError(
        "configuration",
        "file-write",
        `Файл «${path}» не записывается: проверьте, что папка есть, место на диске не кончилось и файл не открыт в другой программе.`,
        { cause },
      );
    }
  },
};
