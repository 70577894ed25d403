import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { SverkaError } from "../domain/error.ts";
import { withSchemaEngine } from "./schema-engine.ts";

const FOLDER = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const LOCK = 20_400_205;

interface AppliedRow {
  readonly name: string;
  readonly finished: boolean;
}

/**
 * Brings the database up to this program's schema by Prisma's own migration files and its own `_prisma_migrations` rows, so that
 * `prisma migrate deploy` accepts the same. Two processes may start at once; nothing to do costs one query.
 * Throws `migration-…` (configuration) for a database that is newer than the program or whose last migration failed.
 */
export async function migrate(url: string, folder = FOLDER): Promise<{ applied: readonly string[] }> {
  const names = migrationNames(folder);
  const client = new pg.Client({ connectionString: url, application_name: "sverka-migrate" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const done = await appliedMigrations(client);
    refuseBroken(done, names);
    if (names.every((name) => done.some((row) => row.name === name))) return { applied: [] };
    const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({
        migrationsList: listOf(folder, names),
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    return { applied: appliedMigrationNames };
  } catch (cause) {
    if (cause instanceof SverkaError) throw cause;
    throw new SverkaError(
      "configuration",
      "migration-failed",
      "Не удалось подготовить таблицы базы: верните базу из копии или покажите разработчикам вывод с LOG_LEVEL=debug.",
      { cause },
    );
  } finally {
    await client.end();
  }
}

/** The migrations as the schema engine takes them. */
function listOf(folder: string, names: readonly string[]): MigrationList {
  const lockfile = join(folder, "migration_lock.toml");
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

function migrationNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function appliedMigrations(client: pg.Client): Promise<AppliedRow[]> {
  const { rowCount } = await client.query(
    "SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = '_prisma_migrations'",
  );
  if (rowCount === 0) return [];
  const { rows } = await client.query<AppliedRow>(
    "SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return rows;
}

function refuseBroken(done: readonly AppliedRow[], known: readonly string[]): void {
  const broken = done.find((row) => !row.finished);
  if (broken) {
    throw new SverkaError(
      "configuration",
      "migration-broken",
      `Обновление базы «${broken.name}» раньше прервалось на середине: верните базу из копии, сделанной до него.`,
    );
  }
  const foreign = done.find((row) => !known.includes(row.name));
  if (foreign) {
    throw new SverkaError(
      "configuration",
      "migration-newer",
      `База новее программы (в ней есть «${foreign.name}»): обновите программу, старая с этой базой работать не может.`,
    );
  }
}
