import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

type Exports = Readonly<Record<string, unknown>>;

// Node has WebAssembly; the types that we take (no browser ones) do not name it.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Readonly<Record<string, unknown>>) => { readonly exports: Exports };
};

type Glue = typeof import("@prisma/schema-engine-wasm/schema_engine_bg") & { __wbg_set_wasm(exports: Exports): void };

/** Loaded once: the glue holds a single instance, and a second one would never get its answers. */
const loaded = lazily(async (): Promise<Glue> => {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as Glue;
  const module = new WebAssembly.Module(readFileSync(entry.replace(/\.js$/, ".wasm")));
  const { exports } = new WebAssembly.Instance(module, { "./schema_engine_bg.js": { ...glue, ...idleTimers(glue) } });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return glue;
});

/** Prisma's own schema engine as WebAssembly: it works without the network, unlike the program that `prisma migrate` downloads. */
export async function withSchemaEngine<Result>(
  url: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const glue = await loaded();
  const pool = new pg.Pool({ connectionString: url });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(withFunctions(new PrismaPg(pool), pool));
    return await work(await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory));
  } finally {
    await pool.end();
  }
}

/** The adapter cuts a script at each semicolon, inside a function's body too: a script that holds one goes to the server whole. */
function withFunctions(factory: PrismaPg, pool: pg.Pool): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const cut = adapter.executeScript.bind(adapter);
    adapter.executeScript = async (script) => {
      if (script.includes("$$")) await pool.query(script);
      else await cut(script);
    };
    return adapter;
  };
  return factory;
}

/** The engine leaves its ten-second timer for the advisory lock running: it may end the wait for a lock, but is no reason to keep a process alive. */
function idleTimers(glue: Glue): Readonly<Record<string, (callback: () => void, ms: number) => NodeJS.Timeout>> {
  const names = Object.keys(glue).filter((name) => name.startsWith("__wbg_setTimeout_"));
  return Object.fromEntries(names.map((name) => [name, (callback, ms) => setTimeout(callback, ms >>> 0).unref()]));
}

function lazily<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => {
    value ??= load();
    return value;
  };
}
