import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../src/store/migrate.ts";
import { withSchemaEngine } from "../../src/store/schema-engine.ts";
import { emptyDatabase, freshDatabase } from "../support/postgres.ts";

const FOLDER = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const SCHEMA = readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8");
const NAMES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

async function empty(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  return url;
}

async function ask(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** The program's migrations and some of the test's own. */
function withMore(more: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sverka-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(FOLDER, folder, { recursive: true });
  for (const [name, sql] of Object.entries(more)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "migration.sql"), sql);
  }
  return folder;
}

describe("migrate", () => {
  it("makes an empty database whole, and finds nothing to do after that", async () => {
    const url = await empty();
    expect(await migrate(url)).toEqual({ applied: NAMES });
    const before = await ask(url, "SELECT id, finished_at FROM _prisma_migrations ORDER BY id");
    expect(await migrate(url)).toEqual({ applied: [] });
    expect(await ask(url, "SELECT id, finished_at FROM _prisma_migrations ORDER BY id")).toEqual(before);
  });

  it("leaves the rows that Prisma's own command would leave", async () => {
    const url = await empty();
    await migrate(url);
    const rows = await ask(url, "SELECT * FROM _prisma_migrations ORDER BY migration_name");
    expect(rows).toEqual(
      NAMES.map((name) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash("sha256")
          .update(readFileSync(join(FOLDER, name, "migration.sql")))
          .digest("hex"),
        migration_name: name,
        logs: null,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        applied_steps_count: 1,
      })),
    );
  });

  it("is done once by processes that start at the same time", async () => {
    const url = await empty();
    const program = fileURLToPath(new URL("migrate-once.ts", import.meta.url));
    const ran = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, [program, url])));
    const applied = ran.map(({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied);
    expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([NAMES, [], []]);
    expect(await ask(url, "SELECT count(*)::int AS n FROM _prisma_migrations")).toEqual([{ n: NAMES.length }]);
  });

  it("brings a database that an older program made up to date, keeping what is in it", async () => {
    const url = await empty();
    await migrate(url);
    await ask(url, "INSERT INTO origin (id, simulation, created_at) VALUES (1, false, now())");
    const newer = withMore({ "20990101000000_next": "CREATE TABLE next (id int PRIMARY KEY);" });
    expect(await migrate(url, newer)).toEqual({ applied: ["20990101000000_next"] });
    expect(await ask(url, "SELECT id, simulation FROM origin")).toEqual([{ id: 1, simulation: false }]);
  });

  it("refuses a database that a newer program made, and touches nothing", async () => {
    const url = await empty();
    await migrate(url, withMore({ "20990101000000_next": "CREATE TABLE next (id int PRIMARY KEY);" }));
    await expect(migrate(url)).rejects.toMatchObject({
      kind: "configuration",
      code: "migration-newer",
      message: expect.stringContaining("20990101000000_next"),
    });
    expect(await ask(url, "SELECT count(*)::int AS n FROM _prisma_migrations")).toEqual([{ n: NAMES.length + 1 }]);
  });

  it("says that a migration has failed, and then that the database needs its copy back", async () => {
    const { url, drop } = await freshDatabase();
    onTestFinished(drop);
    const broken = withMore({ "20990101000000_broken": "CREATE TABLE half (id int); SELECT nonsense FROM nowhere;" });
    await expect(migrate(url, broken)).rejects.toMatchObject({ kind: "configuration", code: "migration-failed" });
    await expect(migrate(url, broken)).rejects.toMatchObject({
      code: "migration-broken",
      message: expect.stringContaining("20990101000000_broken"),
    });
  });
});

/** All that makes a database what it is, but the order of columns: a column that came later stands at the end. */
async function shapeOf(url: string): Promise<readonly string[]> {
  const rows = await ask(
    url,
    `SELECT format('%s.%s %s%s default %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
              CASE WHEN a.attnotnull THEN ' not null' END, coalesce(pg_get_expr(d.adbin, d.adrelid), '-')) AS part
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
     UNION ALL SELECT format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('_prisma_migrations')::oid, 0) AND contype <> 'n'
     ORDER BY part`,
  );
  return rows.map(({ part }) => part as string);
}

/** A database made of a schema alone, by Prisma's own engine. */
async function madeOf(schema: string): Promise<string> {
  const url = await empty();
  const { stdout } = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  await ask(url, stdout ?? "");
  return url;
}

describe("schema.prisma", () => {
  // Prisma's adapter cannot read a whole PostgreSQL back yet (it knows no "char"), so the catalogues are compared.
  it("is exactly what the migrations make", async () => {
    const migrated = await empty();
    await migrate(migrated);
    const shape = await shapeOf(migrated);
    expect(shape.length).toBeGreaterThan(200);
    expect(shape).toEqual(await shapeOf(await madeOf(SCHEMA)));

    const another = await shapeOf(await madeOf(SCHEMA.replace("model Tick {", "model Tick {\n  more Int?")));
    expect(another.filter((part) => !shape.includes(part))).toEqual(["tick.more integer default -"]);
  });

  it("stands beside the newest migration, from which the next one begins", () => {
    expect(readFileSync(join(FOLDER, NAMES.at(-1) ?? "", "schema.prisma"), "utf8")).toBe(SCHEMA);
  });
});
