import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../src/store/connect.ts";
import { inTransaction } from "../../src/store/transaction.ts";

/**
 * All rows of a store, written by the server into files of its own machine. `into` is the limit: the server's COPY from those files, with
 * no client, no wire and no question between.
 */
export async function copiedRows(from: Store): Promise<{ into(store: Store): Promise<void>; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "sverka-copy-"));
  // The server may run as another user.
  chmodSync(folder, 0o777);
  const filled: string[] = [];
  for (const table of await tablesOf(from)) {
    const { rowCount } = await from.pool.query(`COPY "${table}" TO '${join(folder, table)}'`);
    if (rowCount !== 0) filled.push(table);
  }
  return {
    into: (store) =>
      inTransaction(store, async (client) => {
        for (const table of filled) await client.query(`COPY "${table}" FROM '${join(folder, table)}'`);
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Each after those that it refers to. */
async function tablesOf({ pool }: Store): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  const first = ["school", "pass"];
  return [...first, ...rows.map(({ name }) => name).filter((name) => !first.includes(name))];
}
