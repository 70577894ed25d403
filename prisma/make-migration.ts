// Writes the next migration, from the schema that the last one led to (kept beside it) to schema.prisma, without the network:
//   node prisma/make-migration.ts name_in_snake_case
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDatabase } from "../adapters/postgres/database.ts";
import { withSchemaEngine } from "../src/store/schema-engine.ts";

const folder = fileURLToPath(new URL("migrations", import.meta.url));
const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write("usage: node prisma/make-migration.ts name_in_snake_case\n");
  process.exit(2);
}
const schema = readFileSync(new URL("schema.prisma", import.meta.url), "utf8");
const last = readdirSync(folder)
  .sort()
  .findLast((entry) => existsSync(join(folder, entry, "schema.prisma")));
const datamodel = (content: string) => ({
  tag: "schemaDatamodel" as const,
  files: [{ path: "schema.prisma", content }],
});

// The engine wants to be connected, although it compares nothing but the two files.
const dataFolder = mkdtempSync(join(tmpdir(), "sverka-migration-"));
chmodSync(dataFolder, 0o755);
const database = await openDatabase({ dataFolder, databaseUrl: null });
const { stdout } = await withSchemaEngine(database.url, (engine) =>
  engine.diff({
    from: last === undefined ? { tag: "empty" } : datamodel(readFileSync(join(folder, last, "schema.prisma"), "utf8")),
    to: datamodel(schema),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  }),
);
await database.close();
rmSync(dataFolder, { recursive: true, force: true });
const sql = stdout ?? "";
if (sql.trim() === "" || sql.includes("This is an empty migration")) {
  process.stdout.write("nothing has changed\n");
} else {
  const stamp = Temporal.Now.instant().toString().replace(/\D/g, "").slice(0, 14);
  const target = join(folder, `${stamp}_${name}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "migration.sql"), sql);
  writeFileSync(join(target, "schema.prisma"), schema);
  process.stdout.write(`${stamp}_${name}\n`);
}
