import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SverkaError } from "../../src/domain/error.ts";

/** What `sverka init` asks for and keeps beside the data, readable by its owner alone; the environment goes before it. */
const REMEMBERED = ["AVERS_URL", "AVERS_LOGIN", "AVERS_PASSWORD"] as const;

export type Remembered = Partial<Record<(typeof REMEMBERED)[number], string>>;

type Variables = Readonly<Record<string, string | undefined>>;

const pathIn = (dataFolder: string) => join(dataFolder, "journal.json");

/** The environment completed by what was asked at `sverka init`: a variable, or its `…_FILE`, that is set stays as it is. */
export function rememberedEnvironment(env: Variables): Variables {
  const kept = read(pathIn(env.SVERKA_DATA?.trim() || "./data"));
  const missing = REMEMBERED.filter((name) => !env[name] && !env[`${name}_FILE`] && kept[name] !== undefined);
  return { ...env, ...Object.fromEntries(missing.map((name) => [name, kept[name]])) };
}

/** What was answered before. */
export function remembered(dataFolder: string): Remembered {
  return read(pathIn(dataFolder));
}

/** Keeps the answers for later starts. Throws `data-folder` (configuration). */
export function remember(dataFolder: string, answers: Remembered): void {
  const path = pathIn(dataFolder);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify({ ...read(path), ...answers }, null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    const sentence = `Ответы не записаны в «${path}»: проверьте путь в SVERKA_DATA, права на него и место на диске.`;
    throw new SverkaError("configuration", "data-folder", sentence, { cause });
  }
}

function read(path: string): Remembered {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter(
        ([name, text]) => REMEMBERED.some((known) => known === name) && typeof text === "string",
      ),
    );
  } catch {
    // No file, or one that somebody spoiled: then what is missing is asked or named as usual.
    return {};
  }
}
