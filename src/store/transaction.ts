import type { PoolClient } from "pg";
import type { Store } from "./connect.ts";

/** An open transaction, as the verbs of the store take it. */
export type Transaction = PoolClient;

/** What is to stand together with a change or not at all: a line of the audit. */
export type Also = (client: Transaction) => Promise<void>;

/**
 * Everything that `work` does through the client stands together or not at all. Without `waitsForDisk` a power cut may take back the last
 * milliseconds, in their order.
 */
export async function inTransaction<Result>(
  store: Store,
  work: (client: PoolClient) => Promise<Result>,
  { waitsForDisk = true }: { waitsForDisk?: boolean } = {},
): Promise<Result> {
  const client = await store.pool.connect();
  try {
    await client.query(waitsForDisk ? "BEGIN" : "BEGIN; SET LOCAL synchronous_commit = off");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** What `read` asks through the client is of one moment, whatever other processes write meanwhile. */
export async function inOneMoment<Result>(
  store: Store,
  read: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return inTransaction(store, async (client) => {
    await client.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    return read(client);
  });
}
