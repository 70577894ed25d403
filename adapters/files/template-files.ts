import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { SverkaError } from "../../src/domain/error.ts";
import type { TemplateTexts } from "../../src/domain/notice/templates.ts";
import type { Templates } from "../../src/ports/templates.ts";
import { writeWhole } from "../write-whole.ts";

const texts = z.record(z.string(), z.string());

/** `.typ` files in `config/templates`; the last good ones in the data folder, whatever becomes of those. Both may be missing. */
export function templateFiles({ config, data }: { config: string; data: string }): Templates {
  const folder = join(config, "templates");
  const good = join(data, "templates.json");
  return {
    async own() {
      const own: Record<string, string> = {};
      for (const name of (await namesIn(folder)).sort()) own[name] = await textOf(join(folder, name));
      return own;
    },
    async lastGood() {
      try {
        return texts
          .nullable()
          .catch(null)
          .parse(JSON.parse(await readFile(good, "utf8")));
      } catch {
        return null; // never kept, or harmed: the shipped ones are there
      }
    },
    async keepGood(templates: TemplateTexts) {
      await mkdir(dirname(good), { recursive: true });
      await writeWhole(good, JSON.stringify(templates));
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".typ"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unreadable(folder, error);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): SverkaError {
  return new SverkaError(
    "configuration",
    "template-unreadable",
    `Шаблон «${path}» не читается: это должен быть текст в кодировке UTF-8, доступный программе.`,
    { cause },
  );
}
