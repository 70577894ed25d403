import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";

/** The open store. Prisma for single rows; the pool for set-wise SQL over facts. Both use the same connections. */
export interface Store {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

// Facts are read by the hundred thousand: instants as epoch milliseconds and days as text cost neither objects nor zones.
const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;

/** Parsers for the pool's own queries; Prisma brings its own. Instants come as epoch milliseconds, days as `YYYY-MM-DD`. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === TIMESTAMPTZ)
      return (text: string) => Date.parse(text.length > 22 && !text.includes(":", 20) ? `${text}:00` : text);
    if (oid === DATE) return (text: string) => text;
    if (oid === INT8) return Number;
    return pg.types.getTypeParser(oid, format);
  },
};

/** Opens the store at a PostgreSQL address. The database has been migrated before. */
export function connectStore(url: string, options: { applicationName?: string; maxConnections?: number } = {}): Store {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.applicationName ?? "sverka",
    max: options.maxConnections ?? 8,
    options: "-c TimeZone=UTC",
  });
  // An idle connection that the server closes must not end the process; the next query reports it.
  pool.on("error", () => undefined);
  // Nor may one that is in use: its query fails, and whoever holds it is told so.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
