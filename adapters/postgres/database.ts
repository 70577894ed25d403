import { join } from "node:path";
import pg from "pg";
import { SverkaError } from "../../src/domain/error.ts";
import { databaseAccount } from "./account.ts";
import {
  binariesFolder,
  type Cluster,
  clearStalePid,
  createCluster,
  listening,
  startCluster,
  stopCluster,
} from "./cluster.ts";

export interface Database {
  readonly url: string;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dataFolder: string;
  /** A PostgreSQL server; null means the embedded one in the data folder. */
  readonly databaseUrl: string | null;
  readonly log?: { info(object: object, message: string): void };
}

/** Whoever uses the server holds this lock shared; who gets it alone is the last and may stop the server. */
const PRESENCE = 20_400_204;
const DATABASE = "sverka";
const ATTEMPTS = 60;
const PAUSE_MS = 250;

/**
 * The database to work with: the server of `databaseUrl`, or an embedded PostgreSQL that is started when it does not run, shared with other
 * processes on the same folder, and stopped by the last one that leaves. Killed processes leave a server that the next one takes over.
 * Throws `SverkaError`s of kind `configuration`.
 */
export async function openDatabase({ dataFolder, databaseUrl, log }: DatabaseOptions): Promise<Database> {
  if (databaseUrl !== null) {
    await proveServer(databaseUrl);
    return { url: databaseUrl, close: async () => undefined };
  }
  const account = databaseAccount();
  const wanted = join(dataFolder, "postgres");
  const cluster: Cluster = { folder: account.placeFor(wanted), account, bin: binariesFolder(account) };
  if (cluster.folder !== wanted) {
    log?.info({ folder: cluster.folder }, "папка данных недоступна пользователю базы: база лежит отдельно");
  }
  const { url, presence } = await enter(cluster);
  return {
    url,
    async close() {
      await leave(cluster, presence);
    },
  };
}

/** Starts or joins the server. A server that is just being stopped or started by somebody else is waited for. */
async function enter(cluster: Cluster): Promise<{ url: string; presence: pg.Client }> {
  await createCluster(cluster);
  let failure: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const server = listening(cluster);
    const presence = server === null ? null : await joinServer(server.url);
    if (server !== null && presence !== null) {
      await ensureDatabase(presence);
      return { url: server.url.replace(/\/postgres$/, `/${DATABASE}`), presence };
    }
    if (server !== null) clearStalePid(cluster, server.pid);
    try {
      await startCluster(cluster);
    } catch (error) {
      // Somebody else may be starting it, or it is still going down.
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  throw failure;
}

/** A connection that holds the presence lock; null when nobody answers, or when the server is being stopped. */
async function joinServer(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "sverka-presence",
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ joined: boolean }>("SELECT pg_try_advisory_lock_shared($1) AS joined", [
      PRESENCE,
    ]);
    if (rows[0]?.joined) return client;
    await client.end();
  } catch {
    await client.end().catch(() => undefined);
  }
  return null;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
  if (rowCount !== 0) return;
  await client.query(`CREATE DATABASE ${DATABASE}`).catch((error: { code?: string }) => {
    // 42P04, 23505: another process was faster.
    if (error.code !== "42P04" && error.code !== "23505") throw error;
  });
}

async function leave(cluster: Cluster, presence: pg.Client): Promise<void> {
  try {
    await presence.query("SELECT pg_advisory_unlock_shared($1)", [PRESENCE]);
    const { rows } = await presence.query<{ last: boolean }>("SELECT pg_try_advisory_lock($1) AS last", [PRESENCE]);
    if (rows[0]?.last) await stopCluster(cluster);
  } catch {
    // The server is gone already, and that was the aim.
  } finally {
    await presence.end().catch(() => undefined);
  }
}

async function proveServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
  } catch (cause) {
    throw new SverkaError(
      "configuration",
      "database-unreachable",
      "База данных из DATABASE_URL не отвечает или не пускает: проверьте адрес, имя и пароль и что сервер включён.",
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
