import pg from "pg";
import { createIppPrinter } from "../../adapters/print/ipp-printer.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import { connectStore } from "../../src/store/connect.ts";

// Follows prints once, and stops for ever before its n-th statement to the database: there the test kills it. 0: never by itself.
const [databaseUrl = "", printerUrl = "", schoolId = "", haltAt = "0"] = process.argv.slice(2);
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
let statements = 0;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  statements += 1;
  if (statements !== Number(haltAt)) return query.apply(this, args);
  process.stdout.write("here");
  setInterval(() => undefined, 60_000);
  return new Promise(() => undefined);
} as typeof pg.Client.prototype.query;

const store = connectStore(databaseUrl);
await followPrints({
  store,
  printer: createIppPrinter({ url: printerUrl }),
  clock: { now: () => Date.parse("2026-10-08T12:00:00Z") },
  schoolId: Number(schoolId),
  log: { info: () => undefined, warn: () => undefined },
  raise: async () => undefined,
});
await store.close();
