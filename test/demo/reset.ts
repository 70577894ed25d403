import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "../../adapters/postgres/database.ts";
import { SverkaError } from "../../src/domain/error.ts";
import { connectStore } from "../../src/store/connect.ts";
import { migrate } from "../../src/store/migrate.ts";
import { isSimulation } from "../../src/store/origin.ts";

/** Empties the store of an earlier demonstration, so that each begins alike. A real school's store is never touched: then it refuses. */
export async function resetDemo(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const database = await openDatabase({ dataFolder, databaseUrl: null });
  const store = connectStore(database.url);
  try {
    await migrate(database.url);
    const simulation = await isSimulation(store);
    if (simulation === false) {
      throw new SverkaError(
        "configuration",
        "demo-real-store",
        `В папке «${dataFolder}» лежат данные настоящей школы, показ их не тронет: задайте другую папку, например SVERKA_DATA=./demo.`,
      );
    }
    if (simulation)
      await store.pool.query("DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS queue CASCADE; CREATE SCHEMA public");
  } finally {
    await store.close();
    await database.close();
  }
  for (const folder of ["outbox", "print"]) await emptyFolder(join(dataFolder, folder));
}

async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (/\.(eml|pdf)$/.test(name)) await rm(join(folder, name));
  }
}
