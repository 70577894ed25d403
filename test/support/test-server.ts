import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "../../adapters/postgres/database.ts";
import { migrate } from "../../src/store/migrate.ts";

/** Where copies of an empty, migrated database are made. */
export interface TestServer {
  readonly server: string;
  readonly template: string;
}

/**
 * A real PostgreSQL in a temporary folder, with a migrated database to copy; stopped and removed at the end, whatever came. One that is not `durable`
 * does not wait for the disk: tests kill processes, never the machine.
 */
export async function startTestServer({ durable = true } = {}): Promise<TestServer & { close(): Promise<void> }> {
  const dataFolder = mkdtempSync(join(tmpdir(), "sverka-test-"));
  // Root lends the server to a system user, who must be able to walk in.
  chmodSync(dataFolder, 0o755);
  const database = await openDatabase({ dataFolder, databaseUrl: null });
  if (!durable) {
    await ask(database.url, "ALTER SYSTEM SET fsync = off");
    await ask(database.url, "SELECT pg_reload_conf()");
  }
  await migrate(database.url);
  return {
    server: database.url.replace(/\/sverka$/, "/postgres"),
    template: "sverka",
    async close() {
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export interface OwnDatabase {
  readonly url: string;
  /** Runs a statement on the server beside it. */
  elsewhere(sql: string): Promise<void>;
  drop(): Promise<void>;
}

/** A database of its own, already migrated: a copy of the template. */
export async function copyTemplate({ server, template }: TestServer): Promise<OwnDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await ask(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    elsewhere: (sql) => ask(server, sql),
    drop: () => ask(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
