import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { SverkaError } from "../domain/error.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Any of these says where the store or the journal is, so that no folder has to be guessed. */
const TOLD = ["SVERKA_DATA", "DATABASE_URL", "DATABASE_URL_FILE", "AVERS_URL", "AVERS_URL_FILE"] as const;

/**
 * Started in a wrong folder, the program would make an empty store there and answer that all is well. Throws `store-not-here` (configuration) when nothing says where
 * the store is and the present folder has none.
 */
export function refuseWrongFolder(env: Variables): void {
  if (TOLD.some((name) => env[name]?.trim()) || existsSync("data")) return;
  throw new SverkaError(
    "configuration",
    "store-not-here",
    `В папке «${resolve(".")}» нет хранилища (папки data): перейдите в папку программы, укажите хранилище в SVERKA_DATA или создайте его здесь командой «sverka init».`,
  );
}
